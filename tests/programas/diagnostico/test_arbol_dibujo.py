"""El dibujo de los árboles: cabe, se lee, no se rompe con nada y siempre sale igual."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from programas.diagnostico import dibujo
from programas.diagnostico.arbol import Rama
from programas.diagnostico.secciones_arbol import bloques_arbol
from programas.estados import Arbol, RolDeNodo
from programas.models import Nodo
from tests.fabricas import arboles as fabrica
from tests.fabricas import programas
from vinculacion.nucleo.bloques import Grafica
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import SECCIONES, Contexto

LARGO = ("Los organismos públicos locales carecen de canales estables de vinculación con el instituto nacional. " * 4)[
    :300
]
NS = "{http://www.w3.org/2000/svg}"


def rama(clave: str, rol: str, texto: str, *hijos: Rama, pk=[0]) -> Rama:  # noqa: B006
    pk[0] += 1
    nodo = Nodo(pk=pk[0], clave=clave, rol=rol, texto=texto)
    for hijo in hijos:
        hijo.nodo.padre_id = nodo.pk
    return Rama(nodo, hijos)


def causas(cuantas: int, texto: str, cada_una: int = 0) -> list[Rama]:
    return [
        rama(f"C{n}", "causa", texto, *(rama(f"C{n}.{m}", "causa", texto) for m in range(1, cada_una + 1)))
        for n in range(1, cuantas + 1)
    ]


def cajas(svg: str) -> list[tuple[float, float, float, float]]:
    return [
        tuple(float(r.get(k)) for k in ("x", "y", "width", "height"))
        for r in ElementTree.fromstring(svg).iter(f"{NS}rect")
    ]


def letreros(svg: str) -> list[str]:
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{NS}text")]


def bien_puesto(svg: str) -> None:
    """Todo dentro del lienzo y ninguna caja sobre otra."""
    alto = float(ElementTree.fromstring(svg).get("height"))
    puestas = cajas(svg)
    assert alto <= dibujo.ALTO + 1
    for x, y, ancho, largo in puestas:
        assert x >= 0 and y >= 0 and x + ancho <= dibujo.ANCHO and y + largo <= alto + 1
    for n, (x, y, ancho, largo) in enumerate(puestas):
        for x2, y2, ancho2, largo2 in puestas[n + 1 :]:
            assert x + ancho <= x2 or x2 + ancho2 <= x or y + largo <= y2 or y2 + largo2 <= y


def test_el_de_la_fuente_va_de_pie_con_los_efectos_arriba():
    central = rama("P1", "problema", "Escasa vinculación", *causas(2, LARGO[:110]))
    central = Rama(central.nodo, (*central.hijos, rama("E1", "efecto", "Desinterés"), rama("E2", "efecto", "Costo")))
    (hecho,) = dibujo.dibuja(central, "Árbol de problemas")
    bien_puesto(hecho.svg)
    e1, e2, p1, c1, c2 = cajas(hecho.svg)
    assert e1[1] + e1[3] == e2[1] + e2[3] < p1[1] and p1[1] + p1[3] < c1[1] == c2[1]
    assert {"Efectos", "Causas", "P1", "C1", "C2", "E1", "E2"} <= set(letreros(hecho.svg))
    titulo, descripcion = (ElementTree.fromstring(hecho.svg).find(f"{NS}{n}").text for n in ("title", "desc"))
    assert (titulo, descripcion) == (hecho.titulo, hecho.descripcion)
    assert descripcion.startswith("Problema central P1, Escasa vinculación. Efectos: E1, Desinterés; E2, Costo. Causas")


def test_lo_que_no_cabe_de_pie_pasa_a_esquema_en_varias_hojas():
    central = rama("P1", "problema", LARGO, *causas(8, LARGO, 3))
    partes = dibujo.dibuja(central, "Árbol de problemas")
    assert len(partes) > 1
    assert [p.titulo for p in partes][:1] == [f"Árbol de problemas (parte 1 de {len(partes)})"]
    for parte in partes:
        bien_puesto(parte.svg)
    dichos = [texto for parte in partes for texto in letreros(parte.svg)]
    for n in range(1, 9):
        assert f"C{n}" in dichos and all(f"C{n}.{m}" in dichos for m in (1, 2, 3))
    # Cada parte recuerda de qué árbol es.
    assert all("P1" in letreros(parte.svg) for parte in partes)
    assert len(ElementTree.fromstring(partes[1].svg).findall(f".//{NS}desc")[0].text) < 200


def test_un_esquema_que_cabe_conserva_los_efectos_encima():
    central = rama("P1", "problema", "Problema", *causas(8, "Causa"), rama("E1", "efecto", "Efecto"))
    (hecho,) = dibujo.dibuja(central, "Árbol")
    bien_puesto(hecho.svg)
    dichos = letreros(hecho.svg)
    assert dichos.index("E1") < dichos.index("P1") < dichos.index("C1")


def test_un_problema_solo():
    (hecho,) = dibujo.dibuja(rama("P1", "problema", "Sólo el problema"), "Árbol")
    bien_puesto(hecho.svg)
    assert letreros(hecho.svg) == ["P1", "Sólo el problema"]
    assert hecho.descripcion == "Problema central P1, Sólo el problema."


def test_el_rotulo_de_un_lado_de_un_solo_piso_no_se_sale():
    (hecho,) = dibujo.dibuja(rama("P1", "problema", "Problema", rama("E1", "efecto", "Efecto")), "Árbol")
    rotulo = next(t for t in ElementTree.fromstring(hecho.svg).iter(f"{NS}text") if t.text == "Efectos")
    assert float(rotulo.get("y")) >= dibujo.mide("Efectos", negrita=True) / 2


TEXTOS = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300)


@given(st.lists(TEXTOS, min_size=1, max_size=9), TEXTOS, st.integers(0, 3))
def test_ningun_texto_lo_rompe(textos, central, cada_una):
    ramas = [
        rama(f"C{n}", "causa" if n % 3 else "efecto", t, *causas(cada_una, t)) for n, t in enumerate(textos, start=1)
    ]
    arbol = rama("P1", "problema", central, *ramas)
    primera, otra = dibujo.dibuja(arbol, central), dibujo.dibuja(arbol, central)
    assert primera == otra
    for parte in primera:
        bien_puesto(parte.svg)


@given(TEXTOS, st.integers(60, 600))
def test_los_renglones_no_pierden_letras(texto, ancho):
    hechos = dibujo.renglones(texto, ancho)
    assert "".join("".join(hechos).split()) == "".join("".join(c if c.isprintable() else " " for c in texto).split())
    assert all(dibujo.mide(r) <= ancho or len(r) == 1 for r in hechos)


def test_la_medida_alcanza_para_la_letra_mas_ancha():
    """Con DejaVu Sans, la que ponen los equipos sin Arial ni Source Sans."""
    for archivo, negrita in (("DejaVuSans.ttf", False), ("DejaVuSans-Bold.ttf", True)):
        ruta = Path("/usr/share/fonts/truetype/dejavu") / archivo
        if not ruta.exists():
            pytest.skip("Este equipo no tiene DejaVu.")
        fuente = TTFont(ruta)
        nombres, unidades = fuente.getBestCmap(), fuente["head"].unitsPerEm
        for letra in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZáéíóúüñÁÉÍÓÚÑ0123456789.,;:()¿?¡!«»%&/-":
            real = fuente["hmtx"][nombres[ord(letra)]][0] / unidades * dibujo.PUNTO
            assert dibujo.mide(letra, negrita) >= real * 0.97, letra


@pytest.mark.django_db
def test_seccion(django_assert_num_queries):
    de = programas.programa(clave="pe-2021")
    assert bloques_arbol(de, Arbol.PROBLEMAS) == []
    fabrica.problemas(de)
    fabrica.nodo(de=de, texto="Otro problema")
    with django_assert_num_queries(1):
        bloques = bloques_arbol(de, Arbol.PROBLEMAS)
    assert [type(b) for b in bloques] == [Grafica, Grafica]
    assert [b.titulo for b in bloques] == ["Árbol de problemas: P1", "Árbol de problemas: P2"]
    seccion = SECCIONES["programas.arbol"]
    contexto = Contexto(Periodo(date(2021, 1, 1), date(2021, 12, 31)))
    assert seccion.bloques(contexto, {"programa": "pe-2021", "cual": "problemas"}) == bloques
    assert seccion.bloques(contexto, {"programa": "pe-2021", "cual": "objetivos"}) == []


def test_cada_rol_tiene_su_plural():
    assert set(dibujo.PLURAL) == set(RolDeNodo) - {RolDeNodo.PROBLEMA, RolDeNodo.OBJETIVO}
