"""Dos personas aprueban a la vez, y otra captura mientras se imprime."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from informes import exportacion
from informes.congelado import consultas
from informes.congelado.limpieza import CARPETA
from informes.estados import EstadoDeInforme
from informes.models import Informe
from tests.comision.test_concurrencia import a_la_vez
from tests.fabricas import congelado as fabrica
from tests.fabricas import informes as de_informes
from tests.fabricas.congelado import HASTA_PRESENTADO, llevar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def carpeta_limpia(settings, tmp_path, imprenta_rapida):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path


def test_dos_aprueban_a_la_vez_y_queda_una_version(tmp_path):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    resultados = a_la_vez(2, lambda n: llevar(informe, EstadoDeInforme.APROBADO))
    errores = [r for r in resultados if isinstance(r, Exception)]
    assert [type(e) for e in errores] == [ValidationError]
    [version] = consultas.congeladas(informe)
    en_disco = {r.relative_to(tmp_path).as_posix() for r in (tmp_path / CARPETA).rglob("*") if r.is_file()}
    assert en_disco == {a.archivo.name for a in version.archivos.all()}


def test_dos_informes_no_se_aprueban_con_el_mismo_acuerdo():
    uno = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    otro = de_informes.informe(clave="otro", punto=uno.punto)
    de_informes.apartado(otro, "Uno", narrativa="Texto.")
    Informe.objects.filter(pk=otro.pk).update(estado=EstadoDeInforme.PRESENTADO, acuerdo=uno.acuerdo)
    resultados = a_la_vez(2, lambda n: llevar((uno, otro)[n], EstadoDeInforme.APROBADO))
    assert all(isinstance(r, ValidationError) for r in resultados)  # mientras los dos lo tengan, ninguno


def test_mientras_se_imprime_los_demas_guardan(monkeypatch):
    """Con la imprenta detenida otra conexión escribe; si la transacción estuviera abierta, esperaría."""
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    ajeno = de_informes.informe(clave="ajeno")
    escribir, guardado = exportacion.escribir, []

    def captura():
        guardado.append(de_informes.apartado(ajeno, "Otro", narrativa="Texto."))
        connection.close()

    def imprime(*argumentos, **mas):
        assert not connection.in_atomic_block
        if not guardado:
            hilo = threading.Thread(target=captura)
            hilo.start()
            hilo.join(timeout=10)
        return escribir(*argumentos, **mas)

    monkeypatch.setattr(exportacion, "escribir", imprime)
    llevar(informe, EstadoDeInforme.APROBADO)
    assert len(guardado) == 1
