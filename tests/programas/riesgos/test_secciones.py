"""Lo que los riesgos cuentan a un informe, y sus avisos."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from programas.models import Candado
from programas.riesgos import graficas
from programas.riesgos.avisos import notas_que_faltan, tratamientos
from programas.riesgos.secciones import bloques_mapa, bloques_riesgos
from tests.fabricas import programas as de_programas
from tests.fabricas import riesgos as fabrica
from tests.fabricas.base import con_papel
from vinculacion.cuentas import roles
from vinculacion.nucleo.bloques import a_json, desde_json
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.secciones import CIFRAS, SECCIONES, Contexto

pytestmark = pytest.mark.django_db


@pytest.fixture
def programa():
    programa = de_programas.programa(2021)
    uno = fabrica.riesgo(programa, probabilidad_residual=1, impacto_residual=2, respuesta_final="asumir")
    fabrica.tratamiento(uno, estado="concluido", concluido_el=date(2021, 8, 3))
    fabrica.tratamiento(uno, termino=date(2021, 12, 31), estado="en_proceso")
    fabrica.riesgo(programa, probabilidad=1, impacto=3, descripcion="Se atrasa el convenio")
    fabrica.seguimiento(uno, 3, nota="Bajó", probabilidad=1, impacto=1)
    return programa


def test_la_matriz_en_dos_tablas_y_las_notas_del_periodo(programa):
    evaluacion, tratamiento, notas = bloques_riesgos(programa, Trimestre(2021, 3).periodo)
    assert evaluacion.filas[0][4:] == ("2 × 3 = 6 alto", "1 × 2 = 2 bajo", "Asumir el riesgo")
    assert evaluacion.filas[1][1] == "Riesgo 2. Se atrasa el convenio"
    assert evaluacion.filas[1][4:] == ("1 × 3 = 3 medio", "Sin evaluar", "")
    assert [fila[-1] for fila in tratamiento.filas] == ["Concluido tarde", "En curso", ""]
    assert tratamiento.filas[0][:3] == (
        "1. Reducir el riesgo",
        "Calendario de trabajo con responsables",
        "1° de enero al 31 de julio de 2021",
    )
    assert tratamiento.filas[2][1] == "Sin acciones de tratamiento."
    assert notas.filas == (("Tercer", 1, "Bajó", "1 × 1 = 1 bajo", "No"),)
    assert notas.notas == ("Sin nota del tercer trimestre de 2021: riesgo 2.",)
    for tabla in (evaluacion, tratamiento, notas):
        assert sum(c.ancho for c in tabla.columnas) == 100


def test_sin_periodo_es_el_plan_y_sin_riesgos_no_hay_nada(programa):
    _, tratamiento = bloques_riesgos(programa)
    assert "Situación" not in [c.titulo for c in tratamiento.columnas]
    assert sum(c.ancho for c in tratamiento.columnas) == 100
    vacio = de_programas.programa(2021)
    assert bloques_riesgos(vacio) == bloques_mapa(vacio) == []
    assert len(bloques_riesgos(programa, Periodo.anual(2020))) == 2  # otro año: no hay notas que contar


def test_las_secciones_registradas_se_congelan_y_vuelven_iguales(programa):
    contexto = Contexto(periodo=Trimestre(2021, 3).periodo)
    for clave in ("programas.riesgos", "programas.mapa_de_riesgos"):
        bloques = SECCIONES[clave].bloques(contexto, {"programa": programa.clave})
        assert bloques
        assert desde_json(a_json(bloques)) == tuple(bloques)


def test_las_cifras_vivas(programa):
    contexto = Contexto(periodo=Trimestre(2021, 3).periodo)
    assert CIFRAS["programas.riesgos"].funcion(contexto, programa=programa.clave) == 2
    assert CIFRAS["programas.riesgos_altos"].funcion(contexto, programa=programa.clave) == 1
    for mala in ("", "no-existe"):
        with pytest.raises(ValueError, match=r"\w"):
            CIFRAS["programas.riesgos"].funcion(contexto, programa=mala)


def test_el_dibujo_dice_nivel_y_numeros_sin_depender_del_color(programa):
    (grafica,) = bloques_mapa(programa)
    textos = [t.text for t in ElementTree.fromstring(grafica.svg).iter() if t.text]
    assert [t for t in textos if re.fullmatch(r"\d \w+", t)].count("6 alto") == 4  # 2 × 3 y 3 × 2, dos cuadros
    assert {"Impacto", "Probabilidad", "Antes del tratamiento", "Después del tratamiento"} <= set(textos)
    assert sorted(t for t in textos if t.isdigit()) == ["1", "1", "2"]
    assert "Antes del tratamiento: nivel 6 (alto), riesgo 1; nivel 3 (medio), riesgo 2." in grafica.descripcion
    assert "Sin volver a evaluar: 2." in grafica.descripcion


def test_el_dibujo_crece_con_30_en_una_celda():
    programa = de_programas.programa(2021)
    riesgos = [fabrica.riesgo(programa) for _ in range(30)]
    raiz = ElementTree.fromstring(graficas.dibujo(riesgos))
    alto = float(raiz.get("height"))
    assert all(float(e.get("y", 0)) + float(e.get("height", 0)) <= alto for e in raiz.iter() if e.tag.endswith("rect"))
    assert graficas.dibujo([])


# -- avisos -----------------------------------------------------------------------
def test_los_vencidos_van_uno_por_uno_y_despues_juntos():
    riesgo = fabrica.riesgo()
    for mes in range(1, 9):
        fabrica.tratamiento(riesgo, termino=date(2021, mes, 20))
    avisos = list(tratamientos(con_papel(roles.DIRECCION), date(2021, 12, 1)))
    assert [a.gravedad for a in avisos] == ["vencido"] * 6
    assert avisos[0].fecha == date(2021, 1, 20)
    assert avisos[-1].titulo == "Tres tratamientos más sin concluir"
    assert avisos[-1].url.endswith("?vence=vencidos")


def test_que_avisos_ve_cada_papel():
    riesgo = fabrica.riesgo()
    fabrica.tratamiento(riesgo, termino=date(2021, 4, 1))
    fabrica.tratamiento(riesgo, termino=date(2021, 4, 20))
    fecha = date(2021, 4, 10)
    vistos = {
        papel: [a.clase for f in (tratamientos, notas_que_faltan) for a in f(p, fecha)]
        for papel in roles.ROLES
        for p in [con_papel(papel)]
    }
    vencido, pronto, nota = (
        "Tratamiento de riesgo vencido", "Tratamiento de riesgo por vencer", "Seguimiento de riesgos",
    )  # fmt: skip
    assert vistos.pop(roles.DIRECCION) == [vencido, pronto, nota]
    assert vistos.pop(roles.SECRETARIA) == [vencido]
    assert not any(vistos.values())


def test_las_notas_que_faltan_se_juntan_por_programa():
    riesgo = fabrica.riesgo()
    fabrica.riesgo(riesgo.programa)
    direccion = con_papel(roles.DIRECCION)
    (aviso,) = notas_que_faltan(direccion, date(2021, 4, 1))
    assert aviso.titulo == f"{riesgo.programa.clave}: dos riesgos sin nota del primer trimestre de 2021"
    Candado.objects.create(programa=riesgo.programa, trimestre=1, razon="Informe")
    assert not list(notas_que_faltan(direccion, date(2021, 4, 1)))
