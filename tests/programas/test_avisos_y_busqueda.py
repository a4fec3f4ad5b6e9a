"""Lo que la sala pide atender en el tablero y lo que encuentra la búsqueda global."""

from datetime import date

import pytest

from programas import acciones
from tests.fabricas import programas as fabrica
from tests.fabricas.base import con_papel
from tests.fabricas.directorio import organismo
from vinculacion.cuentas import roles
from vinculacion.nucleo import avisos, busqueda

pytestmark = pytest.mark.django_db
CLASES = {"Actividad rechazada", "Validación", "Meta del trimestre"}


def mios(persona, fecha=date(2020, 11, 1)) -> list[avisos.Aviso]:
    return [a for a in avisos.reunir(persona, fecha) if a.clase in CLASES]


def test_cada_quien_ve_lo_que_le_toca():
    captura, colega, direccion = con_papel(roles.CAPTURA), con_papel(roles.CAPTURA), con_papel(roles.DIRECCION)
    fabrica.actividad(por=colega)
    mala = acciones.rechazar_actividad(actividad=fabrica.actividad(por=captura), razon="Falta la lista", por=direccion)
    (mio,) = mios(captura)
    assert (mio.clase, mio.url) == ("Actividad rechazada", mala.get_absolute_url())
    assert "Falta la lista" in mio.titulo
    assert mios(colega) == []
    assert [a.titulo for a in mios(direccion)] == ["Espera validación una actividad"]
    assert mios(con_papel(roles.CONSEJERIA)) == mios(con_papel(roles.AREA)) == []


def test_cerca_del_cierre_avisa_de_la_meta_que_no_llega():
    direccion = con_papel(roles.DIRECCION)
    eje = fabrica.eje(fabrica.programa(2020, clave="pat-2020"))
    atrasada, cumplida = fabrica.accion(eje, metas={4: 3}), fabrica.accion(eje, metas={4: 1})
    for accion in (atrasada, cumplida):
        acciones.validar_actividad(actividad=fabrica.actividad(accion), por=direccion)
    assert mios(direccion, date(2020, 11, 1)) == []
    (aviso,) = mios(direccion, date(2020, 12, 15))
    assert (aviso.titulo, aviso.fecha) == ("pat-2020:1A: lleva 1 de 3", date(2020, 12, 31))
    assert aviso.url == atrasada.get_absolute_url()


def test_desde_mediados_de_mes_recuerda_lo_que_nadie_captura():
    direccion = con_papel(roles.DIRECCION)
    eje = fabrica.eje(fabrica.programa(2020, clave="pat-2020"))
    fabrica.accion(eje, meses=[11])
    fabrica.actividad(fabrica.accion(eje, meses=[11]), el=date(2020, 11, 5))

    def recordados(persona, dia):
        return [a.titulo for a in avisos.reunir(persona, dia) if a.clase == "Sin captura este mes"]

    assert recordados(direccion, date(2020, 11, 14)) == []
    assert recordados(direccion, date(2020, 11, 15)) == ["Una acción sin registros: pat-2020:1A"]
    assert recordados(con_papel(roles.CAPTURA), date(2020, 11, 15)) == []
    (aviso,) = [a for a in avisos.reunir(direccion, date(2020, 11, 15)) if a.clase == "Sin captura este mes"]
    assert aviso.url == "/programas/sin-captura/?mes=2020-11"


def test_la_busqueda_encuentra_por_palabras_organismo_y_clave():
    persona = con_papel(roles.CONSEJERIA)
    accion = fabrica.accion(fabrica.eje(fabrica.programa(2020, clave="pat-2020")), nombre="Pláticas en universidades")
    fabrica.actividad(accion, titulo="Plática de observación", organismos=[organismo(nombre="Casa de Estudios")])

    def titulos(texto):
        return {r.titulo for _, resultados in busqueda.buscar(persona, texto) for r in resultados}

    assert {"Plática de observación", "Pláticas en universidades"} <= titulos("platica")
    assert "Plática de observación" in titulos("casa de estudios")
    assert titulos("pat-2020:1a") == {"Pláticas en universidades"}
    assert busqueda.buscar(con_papel(roles.AREA), "platica") == []
