"""El mismo evento con fechas distintas: la firma y su acto, el acto y la bitácora."""

from datetime import date

import pytest

from informes.verificador.hallazgos import Gravedad
from informes.verificador.revision import verificar
from programas.models import Actividad
from tests.fabricas import actos, convenios
from tests.fabricas import informes as fabrica
from tests.fabricas import programas as fabrica_programas

pytestmark = pytest.mark.django_db
FIRMA = date(2020, 10, 9)
TITULO = "Firma del convenio de colaboración académica con la Universidad"


@pytest.fixture
def informe():
    return fabrica.informe()


def de(informe):
    return [h for h in verificar(informe) if h.regla == "actos.dos_fechas"]


def acto(fecha, titulo=TITULO):
    convenio = convenios.convenio(fecha_firma=FIRMA, folio="C/1")
    return actos.acto(titulo=titulo, fecha=fecha, instrumentos=[convenio], estado="celebrado")


def actividad(titulo, el, **datos):
    eje = fabrica_programas.eje(fabrica_programas.programa(2020))
    nueva = fabrica_programas.actividad(fabrica_programas.accion(eje), el=el)
    Actividad.objects.filter(pk=nueva.pk).update(titulo=titulo, **datos)


def test_la_firma_de_otro_dia(informe):
    tarde = acto(date(2020, 10, 14))
    (hallazgo,) = de(informe)
    assert hallazgo.gravedad == Gravedad.ADVERTENCIA
    assert hallazgo.url == tarde.get_absolute_url()
    assert "miércoles 14 de octubre de 2020" in hallazgo.explicacion
    assert "C/1 consta como firmado el viernes 9 de octubre de 2020" in hallazgo.explicacion


def test_calla_si_es_el_mismo_dia_o_el_acto_no_dice_firma(informe):
    acto(FIRMA)
    assert not de(informe)


def test_calla_si_el_acto_no_es_la_firma(informe):
    acto(date(2020, 11, 14), "Presentación de resultados del convenio académico")
    assert not de(informe)


def test_la_bitacora_con_otra_fecha(informe):
    acto(FIRMA)
    actividad("Firma del Convenio de colaboracion academica con la Universidad", date(2020, 10, 12))
    (hallazgo,) = de(informe)
    assert "la bitácora lo tiene el lunes 12 de octubre de 2020" in hallazgo.explicacion


@pytest.mark.parametrize(
    ("titulo", "el", "datos"),
    [
        (TITULO, FIRMA, {}),
        (TITULO, date(2020, 10, 6), {"fecha_fin": FIRMA}),
        (TITULO, date(2020, 10, 6), {"fechas_sueltas": ["2020-10-09"]}),
        (TITULO, date(2020, 12, 1), {}),
        (TITULO, date(2020, 10, 12), {"estado": "rechazada"}),
        ("Firma del convenio de colaboración académica con el Colegio", date(2020, 10, 12), {}),
    ],
)
def test_calla_si_coincide_o_es_otro_evento(informe, titulo, el, datos):
    acto(FIRMA)
    actividad(titulo, el, **datos)
    assert not de(informe)
