"""Lo que los actos cuentan a un informe, y sus hojas de cálculo."""

import io
from datetime import date

import pytest

from convenios.actos import acciones
from convenios.models import ActoProtocolario, InvitadoDeActo
from tests.fabricas import actos as fabrica
from tests.fabricas import convenios, directorio
from tests.fabricas.actos import FIRMA
from vinculacion.nucleo import hojas
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db
PERIODO = Periodo(date(2024, 1, 1), date(2024, 3, 31))


@pytest.fixture
def actos():
    nacional = convenios.convenio(fecha_firma=FIRMA, titulo="Convenio con la Universidad")
    de_fuera = convenios.convenio(fecha_firma=FIRMA, titulo="Memorando con el consulado", ambito="internacional")
    conjunto = fabrica.acto(
        titulo="Firma conjunta", instrumentos=[nacional, de_fuera], estado="celebrado", fecha=date(2024, 3, 31)
    )
    solo = fabrica.acto(
        titulo="Firma del convenio con la universidad", instrumentos=[nacional], estado="celebrado", modalidad="virtual"
    )
    fabrica.acto(instrumentos=[nacional])
    fabrica.acto(instrumentos=[nacional], estado="cancelado", motivo="x")
    fabrica.acto(instrumentos=[nacional], estado="celebrado", fecha=date(2024, 4, 1))
    return conjunto, solo


def test_la_seccion(actos):
    _conjunto, solo = actos
    seccion = SECCIONES["convenios.actos"]
    (tabla,) = seccion.bloques(Contexto(PERIODO), {})
    assert [c.titulo for c in tabla.columnas] == ["No.", "Fecha", "Acto e instrumentos", "Modalidad", "Lugar"]
    assert tabla.filas[0] == (1, FIRMA, solo.titulo, "Virtual", "Sala de consejo")
    assert tabla.filas[1][2] == "Firma conjunta\nConvenio con la Universidad\nMemorando con el consulado"
    (internacional,) = seccion.bloques(Contexto(PERIODO), {"ambito": "internacional"})
    assert [f[2] for f in internacional.filas] == ["Firma conjunta\nMemorando con el consulado"]
    assert seccion.bloques(Contexto(Periodo(date(2023, 1, 1), date(2023, 12, 31))), {}) == []


def test_la_cifra_y_la_fuente_son_la_misma_cuenta(actos):
    cifra = CIFRAS["convenios.actos"].funcion
    assert (cifra(Contexto(PERIODO)), cifra(Contexto(PERIODO), ambito="internacional")) == (2, 1)
    with pytest.raises(ValueError, match="lunar"):
        cifra(Contexto(PERIODO), ambito="lunar")
    hechos = FUENTES["convenios.actos"].detallar(PERIODO.inicio, PERIODO.fin)
    assert [(h.fecha, h.unidades, h.url) for h in hechos] == [
        (a.fecha, 1, a.get_absolute_url()) for a in sorted(actos, key=lambda a: a.fecha)
    ]


# -- hojas ---------------------------------------------------------------------


def importa(clave, encabezados, *filas):
    contenido = hojas.a_csv(encabezados, filas)
    return hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.csv")


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_lo_que_sale_vuelve_a_entrar_sin_cambios(actos, formato):
    unam, area = directorio.organismo(), directorio.area()
    repetido = fabrica.acto(titulo="Firma conjunta", invitados=["Prensa"], fecha=date(2024, 5, 1))
    for n, suyos in enumerate(({"organismo": unam}, {"area": area}, {}), start=1):
        invitado = InvitadoDeActo(acto=actos[0], cargo="Titular", asistio="si", calidad="firmante", **suyos)
        assert acciones.guardar_invitado(invitado=invitado, por=None).orden == n
    antes = ActoProtocolario.history.count(), InvitadoDeActo.history.count()
    for clave, total in (("actos", 6), ("invitados_de_actos", 4)):
        recurso = hojas.recurso_por_clave(clave)
        contenido = hojas.exportar(recurso, recurso().get_queryset(), formato)
        resultado = hojas.importar_archivo(clave, io.BytesIO(contenido), nombre=f"{clave}.{formato}")
        assert not resultado.errores, [str(e) for e in resultado.errores]
        assert resultado.iguales == total
    assert antes == (ActoProtocolario.history.count(), InvitadoDeActo.history.count())
    assert repetido.invitados.count() == 1


def test_se_importan_con_varios_folios_y_lo_que_contradice_se_dice():
    uno, dos = convenios.convenio(fecha_firma=FIRMA), convenios.convenio(fecha_firma=FIRMA)
    sin_firmar = convenios.convenio()
    encabezados = ["Fecha", "Título", "Instrumentos", "Lugar", "Estado"]
    malo = importa(
        "actos", encabezados, ["01/02/2024", "Firma", f"{uno.folio}; {sin_firmar.folio}", "Sala", "Celebrado"]
    )
    assert {e.columna for e in malo.errores} == {"Instrumentos"}
    assert sum(f.folio in str(e) for e in malo.errores for f in (uno, sin_firmar)) >= 2
    assert not ActoProtocolario.objects.exists()
    bueno = importa("actos", encabezados, ["01/03/2024", "Firma", f"{uno.folio}; {dos.folio}", "Sala", "Celebrado"])
    assert bueno.correcto, [str(e) for e in bueno.errores]
    acto = ActoProtocolario.objects.get()
    assert {c.pk for c in acto.convenios.all()} == {uno.pk, dos.pk}
    con_rareza = importa("actos", encabezados, ["01/03/2024", "Otra firma", uno.folio, "Sala", "Celebrado"])
    assert con_rareza.correcto
    assert "Ese día ya hay otro acto" in con_rareza.rarezas[0].motivo
    invitados = importa(
        "invitados_de_actos",
        ["Acto", "Oficina o cargo", "Organismo", "Área", "En calidad de", "Asistió"],
        ["Firma", "Presidencia", "", "", "Testigo de honor", "Sí"],
        ["01/03/2024:Firma", "Rectoría", "", "", "Firmante", "Envió representante"],
    )
    assert invitados.correcto, [str(e) for e in invitados.errores]
    assert [(i.cargo, i.orden, i.asistio) for i in acto.invitados.all()] == [
        ("Presidencia", 1, "si"), ("Rectoría", 2, "suplente"),
    ]  # fmt: skip
