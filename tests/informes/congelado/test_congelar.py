"""Aprobar congela: bloques, archivos y huellas; después nada los cambia."""

import hashlib
import io
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pypdf import PdfReader

from informes import acciones, armado, exportacion
from informes.congelado import acciones as congelado
from informes.congelado import consultas
from informes.congelado.huellas import huella_de
from informes.congelado.limpieza import CARPETA, quitar_huerfanos
from informes.estados import ClaseDeVersion, EstadoDeInforme
from informes.models import ArchivoDeVersion, VersionDeInforme
from tests.fabricas import congelado as fabrica
from tests.fabricas import informes as de_informes
from tests.fabricas.congelado import HASTA_APROBADO, HASTA_PRESENTADO, HASTA_PUBLICADO, llevar
from tests.fabricas.personas import persona
from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.nucleo.salida import json

pytestmark = pytest.mark.django_db


def en_disco() -> list[Path]:
    return [ruta for ruta in (Path(settings.MEDIA_ROOT) / CARPETA).rglob("*") if ruta.is_file()]


@pytest.fixture(autouse=True)
def carpeta_limpia(settings, tmp_path):
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = tmp_path


def test_lo_mismo_da_la_misma_huella():
    informe = fabrica.informe()
    uno, otro = (json.a_datos(armado.armar(informe).documento) for _ in range(2))
    otro["creado"] = "2030-01-01T00:00:00+00:00"
    assert huella_de(uno) == huella_de(otro)
    otro["apartados"][0]["titulo"] = "Otro"
    assert huella_de(uno) != huella_de(otro)


def test_aprobar_congela_todo(tmp_path):
    informe = fabrica.informe()
    sesion = informe.punto.sesion.comision.sesiones.get(numero=11)
    quien = persona("informes.aprobar_informe")
    agregar_evidencia(registro=sesion, enlace="https://ejemplo.example/acta", titulo="Acta", por=quien)
    informe = llevar(informe, *HASTA_APROBADO, por=quien)
    version = consultas.vigente(informe)
    assert (version.clase, version.por, version.sustituye_a) == (ClaseDeVersion.APROBADA, quien, None)
    assert version.programa_version.startswith("código ")
    assert version.sha256 == huella_de(version.documento)
    assert {a.formato for a in version.archivos.all()} == {"pdf", "docx", "xlsx", "json"}
    for archivo in version.archivos.all():
        contenido = consultas.contenido(version, archivo.formato)
        assert hashlib.sha256(contenido).hexdigest() == archivo.sha256
        assert (len(contenido), exportacion.exportar(informe, archivo.formato)) == (archivo.tamano, contenido)
    assert [(e["titulo"], e["enlace"]) for e in version.evidencias] == [("Acta", "https://ejemplo.example/acta")]
    texto = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(consultas.contenido(version, "pdf"))).pages)
    plano = "".join(texto.split())
    assert informe.acuerdo.folio in plano
    assert version.sha256 in plano
    assert f"constancia/{version.clave_publica}" in plano
    documento = consultas.documento_de(version)
    assert documento.portada.acuerdo == informe.acuerdo.folio
    [colofon] = documento.apartados[-1].bloques
    assert dict(colofon.datos)["Acuerdo"] == informe.acuerdo.folio
    assert colofon.huella == version.sha256
    assert colofon.qr.startswith("<svg")


def test_editar_registros_despues_no_cambia_nada(imprenta_rapida, tmp_path):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    antes = {formato: exportacion.exportar(informe, formato) for formato in exportacion.FORMATOS}
    fabrica.sesion(informe.comision, numero=12, fecha=date(2020, 12, 15))
    informe.titulo = "Otro título"
    informe.save()
    assert {formato: exportacion.exportar(informe, formato) for formato in exportacion.FORMATOS} == antes
    salida = tmp_path / "informe.pdf"
    call_command("informe", informe.clave, salida=salida, verbosity=0)
    assert salida.read_bytes() == antes["pdf"]


def test_si_algo_cambia_mientras_se_imprime_no_se_aprueba(imprenta_rapida, monkeypatch):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    escribir, vez = exportacion.escribir, []

    def imprime_y_cambia(*argumentos, **mas):
        if not vez:
            vez.append(fabrica.sesion(informe.comision, numero=12, fecha=date(2020, 12, 15)))
        return escribir(*argumentos, **mas)

    monkeypatch.setattr(exportacion, "escribir", imprime_y_cambia)
    with pytest.raises(ValidationError, match="Desde que se pidió cambió algo"):
        llevar(informe, EstadoDeInforme.APROBADO)
    informe.refresh_from_db()
    assert informe.estado == EstadoDeInforme.PRESENTADO
    assert not informe.versiones.exclude(clase=ClaseDeVersion.TRABAJO).exists()
    assert en_disco() == []
    assert llevar(informe, EstadoDeInforme.APROBADO).estado == EstadoDeInforme.APROBADO


@pytest.mark.parametrize("donde", ["_guardar", "evidencias_de"])
def test_si_falla_a_la_mitad_no_queda_nada(imprenta_rapida, monkeypatch, donde):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)

    def falla(*_argumentos, **_mas):
        raise RuntimeError("se fue la luz")

    monkeypatch.setattr(congelado, donde, falla)
    with pytest.raises(RuntimeError):
        llevar(informe, EstadoDeInforme.APROBADO)
    informe.refresh_from_db()
    assert not VersionDeInforme.objects.exclude(clase=ClaseDeVersion.TRABAJO).exists()
    assert (informe.estado, en_disco()) == (EstadoDeInforme.PRESENTADO, [])


def test_si_la_conexion_se_pierde_al_confirmar_los_archivos_quedan(imprenta_rapida, monkeypatch):
    informe = llevar(fabrica.informe(), *HASTA_PRESENTADO)
    original = congelado.en_disco

    @contextmanager
    def se_pierde_despues(preparada):
        with original(preparada) as rutas:
            yield rutas
            raise OperationalError("la conexión se cerró")

    monkeypatch.setattr(congelado, "en_disco", se_pierde_despues)
    with pytest.raises(OperationalError):
        llevar(informe, EstadoDeInforme.APROBADO)
    informe.refresh_from_db()
    assert consultas.contenido(consultas.vigente(informe), "pdf")


def test_lo_que_deja_un_proceso_muerto_se_limpia(imprenta_rapida):
    import os

    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    suelto = Path(settings.MEDIA_ROOT) / CARPETA / "abc" / "informe-v1.pdf"
    suelto.parent.mkdir(parents=True)
    suelto.write_bytes(b"a medias")
    assert quitar_huerfanos() == 0  # puede ser de quien está congelando ahora
    for ruta in en_disco():
        os.utime(ruta, (1, 1))
    assert quitar_huerfanos() == 1
    assert not suelto.parent.exists()
    assert exportacion.exportar(informe, "pdf")


def test_un_acuerdo_no_aprueba_dos_informes(imprenta_rapida):
    primero = fabrica.informe()
    with pytest.raises(ValidationError, match="un acuerdo aprueba un solo informe") as error:
        de_informes.informe(clave="otro", acuerdo=primero.acuerdo)
    assert "acuerdo" in error.value.error_dict
    otro = de_informes.informe(clave="otro", punto=primero.punto)
    type(otro).objects.filter(pk=otro.pk).update(estado=EstadoDeInforme.PRESENTADO, acuerdo=primero.acuerdo)
    llevar(primero, *HASTA_PRESENTADO[:1])
    otro.refresh_from_db()
    with pytest.raises(ValidationError, match="un acuerdo aprueba un solo informe"):
        llevar(otro, EstadoDeInforme.APROBADO)


def test_el_acuerdo_de_una_version_corregida_sigue_usado(imprenta_rapida):
    informe = llevar(fabrica.informe(), *HASTA_APROBADO)
    usado = informe.acuerdo
    acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.REVISION, por=None, nota="Una cifra")
    with pytest.raises(ValidationError, match="ya aprobó"):
        de_informes.informe(clave="otro", acuerdo=usado)
    informe.refresh_from_db()
    informe.acuerdo, informe.punto = usado, usado.punto
    with pytest.raises(ValidationError, match="la corrección lleva el suyo"):
        acciones.guardar_informe(informe=informe, por=None)


def test_los_errores_del_verificador_impiden_presentar():
    informe = fabrica.informe()
    de_informes.apartado(informe, "Fechas", narrativa="El lunes 25 de noviembre de 2020 hubo sesión.")
    informe = llevar(informe, EstadoDeInforme.REVISION)
    with pytest.raises(ValidationError, match="El verificador señala un error"):
        llevar(informe, EstadoDeInforme.PRESENTADO)
    from informes.verificador.consultas import errores_sin_aceptar

    [error] = errores_sin_aceptar(informe)
    acciones.aceptar_hallazgo(informe=informe, hallazgo=error, razon="Así lo dice el original", por=None)
    assert llevar(informe, EstadoDeInforme.PRESENTADO).estado == EstadoDeInforme.PRESENTADO


def test_los_pasos_dados_dicen_quien_y_por_que(imprenta_rapida):
    quien = persona("informes.aprobar_informe")
    informe = llevar(fabrica.informe(), EstadoDeInforme.REVISION, por=quien)
    with pytest.raises(ValidationError, match="Diga por qué"):
        acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.BORRADOR, por=quien)
    with pytest.raises(ValidationError, match="100 letras"):
        acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.BORRADOR, por=quien, nota="x" * 101)
    acciones.pasar_informe(informe=informe, estado=EstadoDeInforme.BORRADOR, por=quien, nota="Falta un anexo")
    informe.refresh_from_db()
    informe.titulo = "Con otro título"
    acciones.guardar_informe(informe=informe, por=quien)
    pasos = consultas.pasos_dados(informe)
    assert [(p.estado, p.nota, p.atras) for p in pasos] == [
        ("borrador", "", False),
        ("revision", "", False),
        ("borrador", "Falta un anexo", True),
    ]
    assert pasos[-1].por == str(quien)


def test_una_version_de_trabajo_no_lleva_archivos():
    informe = fabrica.informe()
    version = congelado.fotografiar(informe=informe, por=None, nota="Antes de la revisión")
    assert (version.numero, version.clase, version.congelada) == (1, ClaseDeVersion.TRABAJO, False)
    assert [a["titulo"] for a in version.estructura["apartados"]] == ["Introducción", "Sesiones"]
    assert not ArchivoDeVersion.objects.exists()
    assert congelado.fotografiar(informe=informe, por=None).numero == 2


def test_verificar_congelados_dice_cual_no_coincide(imprenta_rapida, capsys):
    version = consultas.vigente(llevar(fabrica.informe(), *HASTA_PUBLICADO))
    call_command("verificar_congelados")
    assert "5 huellas comprobadas" in capsys.readouterr().out
    pdf, docx = consultas.archivo_de(version, "pdf"), consultas.archivo_de(version, "docx")
    Path(pdf.archivo.path).write_bytes(b"otra cosa")
    Path(docx.archivo.path).unlink()
    with pytest.raises(CommandError, match="2 huellas no coinciden de 5"):
        call_command("verificar_congelados")
    dicho = capsys.readouterr().err
    assert f"{pdf.nombre}: La huella del archivo no coincide" in dicho
    assert f"{docx.nombre}: El archivo no está" in dicho


@pytest.mark.django_db(transaction=True)  # el respaldo abre su propia transacción
def test_lo_congelado_va_en_el_respaldo(imprenta_rapida, tmp_path_factory):
    import tarfile

    from vinculacion.archivo.respaldo import respaldar

    version = consultas.vigente(llevar(fabrica.informe(), *HASTA_APROBADO))
    destino = tmp_path_factory.mktemp("respaldo") / "todo.tar.gz"
    respaldar(destino)
    with tarfile.open(destino) as tar:
        nombres = set(tar.getnames())
    assert {f"archivos/{a.archivo.name}" for a in version.archivos.all()} <= nombres
