"""Lo que el informe dice contra lo que los registros saben."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from informes import acciones
from informes.narrativa.usos import Texto
from informes.verificador import reglas_de_contraste
from informes.verificador.consultas import errores_sin_aceptar
from informes.verificador.fragmentos import Fragmento
from informes.verificador.hallazgos import Revision
from informes.verificador.revision import con_tecleadas, verificar
from tests.fabricas import convenios as fabrica_convenios
from tests.fabricas import directorio
from tests.fabricas import informes as fabrica
from tests.fabricas import programas as fabrica_programas
from vinculacion.comision.models import Convocatoria, Sesion
from vinculacion.nucleo.bloques import Parrafo

from .apoyo import tabla

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe():
    return fabrica.informe()


@pytest.fixture
def decima(informe):
    return Sesion.objects.create(comision=informe.comision, anio=2020, numero=10, fecha_programada=date(2020, 10, 26))


def de(informe, regla):
    return [h for h in verificar(informe) if h.regla == regla]


class TestSesionConOtraFecha:
    def test_senala_con_la_sesion(self, informe, decima):
        fabrica.apartado(informe, "A", narrativa="La décima sesión ordinaria, celebrada el 27 de octubre de 2020.")
        (hallazgo,) = de(informe, "sesion.otra_fecha")
        assert "lunes 26 de octubre" in hallazgo.explicacion
        assert hallazgo.url == decima.get_absolute_url()

    def test_calla(self, informe, decima):
        textos = (
            "La décima sesión ordinaria, celebrada el 26 de octubre de 2020.",
            "La novena sesión ordinaria, celebrada el 1 de octubre de 2020.",
            "La décima sesión ordinaria del Consejo General, celebrada el 28 de octubre de 2020.",
        )
        fabrica.apartado(informe, "A", narrativa="\n\n".join(textos))
        assert not de(informe, "sesion.otra_fecha")


class TestAvisoDeOtroDia:
    def convocar(self, sesion, dia):
        Convocatoria.objects.create(
            sesion=sesion, asunto="Convocatoria", mensaje="x", fecha_de_la_sesion=dia, emitida_el=timezone.now()
        )

    def test_senala_y_calla_si_se_corrigio(self, informe, decima):
        self.convocar(decima, date(2020, 10, 23))
        assert "23 de octubre" in de(informe, "sesion.convocada_otro_dia")[0].explicacion
        self.convocar(decima, date(2020, 10, 26))
        assert not de(informe, "sesion.convocada_otro_dia")


def test_instrumento_que_no_existe(informe):
    fabrica_convenios.convenio(folio="IECM/CONV/001/20")
    fabrica.apartado(informe, "A", narrativa="El IECM/CONV/001/20, el IECM/CONV/009/20 y el OTRO/009/20.")
    assert ["IECM/CONV/009/20" in h.explicacion for h in de(informe, "convenios.inexistente")] == [True]


class TestNombreDelDirectorio:
    def test_senala_el_que_no_lleva_sus_acentos(self, informe):
        directorio.organismo(nombre="Secretaría de Gobernación de la Ciudad")
        fabrica.apartado(informe, "A", narrativa="Se firmó con la Secretaria de Gobernación de la Ciudad.")
        assert "«Secretaría de Gobernación de la Ciudad»" in de(informe, "nombre.directorio")[0].explicacion

    def test_calla(self, informe):
        directorio.organismo(nombre="Secretaría de Gobernación de la Ciudad")
        fabrica.apartado(informe, "A", narrativa="La secretaría de Gobernación de la Ciudad y la Secretaria de Salud.")
        assert not de(informe, "nombre.directorio")


class TestCifraTecleada:
    def test_senala(self, informe):
        fabrica.apartado(informe, "A", narrativa="En el trimestre la comisión celebró tres sesiones. Nada más.")
        (hallazgo,) = de(informe, "cifra.contra_registros")
        assert "hay 0" in hallazgo.explicacion

    def test_calla(self, informe, decima):
        Sesion.objects.filter(pk=decima.pk).update(estado="celebrada", fecha_celebrada=date(2020, 10, 26))
        textos = (
            "La comisión celebró {{ comision.sesiones | en_palabras }} sesiones.",
            "Desde 2019 se celebraron 30 foros.",
            "Se suscribieron 75 convenios desde 2019.",
        )
        fabrica.apartado(informe, "A", narrativa="\n\n".join(textos))
        assert not de(informe, "cifra.contra_registros")


class TestAfirmacionSinRegistros:
    def test_senala_lo_que_no_va_a_salir(self, informe):
        accion = fabrica_programas.accion(fabrica_programas.eje(fabrica_programas.programa(2020)))
        fabrica.apartado(informe, "A", accion=accion, narrativa="El 4 de noviembre de 2020 hubo un foro.")
        assert de(informe, "registros.afirmacion_sin_registros")

    def test_calla_si_hay_o_si_no_afirma(self, informe):
        eje = fabrica_programas.eje(fabrica_programas.programa(2020))
        con, sin = fabrica_programas.accion(eje), fabrica_programas.accion(eje)
        fabrica_programas.actividad(con, el=date(2020, 11, 4))
        fabrica.apartado(informe, "A", accion=con, narrativa="El 4 de noviembre de 2020 hubo un foro.")
        fabrica.apartado(informe, "B", accion=sin, narrativa="Esta acción difunde materiales.")
        assert not de(informe, "registros.afirmacion_sin_registros")


class TestIgualAlAnterior:
    @pytest.fixture
    def anterior(self):
        return fabrica.informe(
            clave="anterior", titulo="Tercer informe", inicio=date(2020, 7, 1), fin=date(2020, 9, 30)
        )

    def test_anota_el_parrafo_que_se_copio(self, informe, anterior):
        for de_quien in (anterior, informe):
            fabrica.apartado(de_quien, "A", narrativa="El 4 de agosto de 2020 se enviaron 12 correos.")
        assert "Tercer informe" in de(informe, "informe.igual_al_anterior")[0].explicacion

    def test_advierte_la_tabla_que_se_copio(self, informe, anterior, monkeypatch):
        filas = (("Lunes 6 de julio de 2020", "Nota"), ("Martes 7 de julio de 2020", "Otra nota"))
        copiada = Fragmento("A", tabla("Fecha|Tema", *filas))
        monkeypatch.setattr(reglas_de_contraste, "de_documento", lambda documento: [copiada])
        regla = reglas_de_contraste.IgualAlAnterior()
        (hallazgo,) = regla.revisar(Revision([copiada], informe.periodo, informe))
        assert hallazgo.gravedad == "advertencia"
        assert "Tercer informe" in hallazgo.explicacion
        otra = Fragmento("A", tabla("Fecha|Tema", filas[0], ("Jueves 9 de julio de 2020", "Otra nota")))
        assert not list(regla.revisar(Revision([otra], informe.periodo, informe)))

    def test_calla_si_no_trae_cifras_o_no_hay_anterior(self, informe, anterior):
        fabrica.apartado(anterior, "A", narrativa="La Red difunde materiales.")
        fabrica.apartado(informe, "A", narrativa="La Red difunde materiales.")
        assert not de(informe, "informe.igual_al_anterior")
        assert not de(anterior, "informe.igual_al_anterior")


def test_sabe_que_cantidades_se_teclearon(informe):
    texto = "Hubo tres notas y {{ sesiones.celebradas | letra }} sesiones."
    partes = con_tecleadas(
        [Fragmento("A", Parrafo("x"), "apartado-1"), Fragmento("A", Parrafo("x"), "anexo-1")],
        [Texto("A", "", texto, 1), Texto("Balance", "", "Son **12 folios**.", None)],
    )
    assert [parte.tecleadas for parte in partes] == [{"tres notas", "12 folios"}, {"12 folios"}]


def test_errores_sin_aceptar(informe):
    fabrica.apartado(informe, "A", narrativa="Fue el martes 26 de octubre de 2020.")
    fabrica.apartado(informe, "Vacío")
    (error,) = errores_sin_aceptar(informe)
    acciones.aceptar_hallazgo(informe=informe, hallazgo=error, razon="Así dice el acta.", por=None)
    assert not errores_sin_aceptar(informe)


def test_las_consultas_no_crecen_con_los_apartados(informe, decima):
    from django.db import connection

    def cuantas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            verificar(informe)
        return len(hechas)

    def agrega(n: int) -> None:
        fabrica.apartado(informe, f"A{n}", narrativa=f"El CVOE/{n:03}/20, y la comisión celebró {n} sesiones.")

    agrega(2)
    verificar(informe)
    una = cuantas()
    for n in range(3, 12):
        agrega(n)
    assert cuantas() == una
