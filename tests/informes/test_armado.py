"""Del árbol al documento: textos, secciones y lo que se dice cuando no hay nada."""

import pytest
from django import forms

from informes import acciones, armado
from informes.models import UsoDeSeccion
from tests.fabricas import informes as fabrica
from vinculacion.nucleo import secciones
from vinculacion.nucleo.bloques import Columna, Lista, Parrafo, SinActividades, Tabla
from vinculacion.nucleo.secciones import CifraViva, Seccion

pytestmark = pytest.mark.django_db


class Cuantas(forms.Form):
    filas = forms.IntegerField(min_value=0)


def una_tabla(contexto, filas):
    return [Tabla((Columna("No."),), tuple((n,) for n in range(filas)))] if filas else []


@pytest.fixture(autouse=True)
def registro(monkeypatch):
    monkeypatch.setitem(secciones.SECCIONES, "prueba.tabla", Seccion("prueba.tabla", "Tabla", una_tabla, Cuantas))
    monkeypatch.setitem(
        secciones.CIFRAS, "prueba.tres", CifraViva("prueba.tres", "Tres", lambda contexto: 3, "f", "sesión", "sesiones")
    )


@pytest.fixture
def informe():
    return fabrica.informe()


def usar(apartado, filas, **mas):
    uso = UsoDeSeccion(apartado=apartado, seccion="prueba.tabla", parametros={"filas": filas}, **mas)
    return acciones.guardar_uso(uso=uso, por=None)


def bloques(informe):
    return armado.armar(informe).exigir().apartados[0].bloques


def test_el_texto_toma_su_cifra_de_los_registros(informe):
    fabrica.apartado(informe, "Sesiones", narrativa="Hubo {{ prueba.tres | concuerda }} en el {{ trimestre }}.")
    assert bloques(informe) == (Parrafo("Hubo tres sesiones en el cuarto trimestre de 2020.", "markdown"),)


def test_el_titulo_del_apartado_manda_en_la_tabla(informe):
    apartado = fabrica.apartado(informe, "Tablas", narrativa="Texto.")
    usar(apartado, 2, titulo="Mi título", texto_previo="Antes.")
    texto, previo, tabla = bloques(informe)
    assert (texto.texto, previo.texto, tabla.titulo, len(tabla.filas)) == ("Texto.", "Antes.", "Mi título", 2)


def test_sin_filas_lo_dice_solo_y_calla_la_narrativa(informe):
    apartado = fabrica.apartado(informe, "Foros", narrativa="Se asistió a foros.", explicacion="Se cancelaron.")
    usar(apartado, 0)
    assert bloques(informe) == (
        SinActividades("No se reportan actividades en el periodo."),
        Parrafo("Se cancelaron.", "markdown"),
    )


def test_un_apartado_vacio_tambien_lo_dice(informe):
    fabrica.apartado(informe, "Vacío")
    assert bloques(informe) == (SinActividades("No se reportan actividades en el periodo."),)


def test_un_apartado_que_sólo_agrupa_no_dice_nada(informe):
    rubro = fabrica.apartado(informe, "Rubro")
    fabrica.apartado(informe, "Inciso", rubro, narrativa="Algo.")
    assert bloques(informe) == ()


def test_lo_que_no_se_puede_armar_se_dice_todo_junto(informe):
    uno = fabrica.apartado(informe, "Uno", narrativa="{{ nada.existe }}")
    acciones.guardar_uso(uso=UsoDeSeccion(apartado=uno, seccion="no.existe"), por=None)
    usar(fabrica.apartado(informe, "Dos"), "muchas")
    with pytest.raises(armado.InformeConProblemas) as error:
        armado.armar(informe).exigir()
    mensajes = [str(p) for p in error.value.problemas]
    assert len(mensajes) == 3
    assert any("nada.existe" in m and "«Uno»" in m for m in mensajes)
    assert any("no.existe" in m for m in mensajes)
    assert any("«Dos»" in m and "número entero" in m for m in mensajes)


def test_el_titulo_tambien_llega_a_las_listas():
    assert armado.con_titulo([Parrafo("x"), Lista(("a",))], "Título")[1].titulo == "Título"


def test_la_portada_sale_de_los_registros(informe):
    portada = armado.portada(informe, "Instituto")
    assert portada.periodo == "Octubre a diciembre de 2020"
    assert portada.estado == "Borrador"
    assert not portada.aprobado
