"""El mapa de los países con que se ha suscrito. El color nunca va solo: cada país lleva su número.

Las fronteras vienen de ``world-atlas`` (Natural Earth, dominio público), que se instala con lo demás de
``package-lock.json``; sin ese archivo no hay mapa y las barras dicen lo mismo.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from babel.core import get_global
from django.conf import settings

from vinculacion.nucleo.bloques import Grafica
from vinculacion.nucleo.graficas import EJE, TINTA, dibuja

ARCHIVO = settings.NODE_MODULES / "world-atlas" / "countries-110m.json"
# (hasta cuántos, cómo se dice, tono): del más claro al más oscuro, para que se distingan sin color.
CLASES = (
    (1, "1", "#e0d8ec"),
    (5, "2 a 5", "#b9aecb"),
    (20, "6 a 20", "#8f7bb3"),
    (None, "Más de 20", "#4a2a6b"),
)
TIERRA, ANCHO, ALTO = "#f7f6fa", 680, 320
ANTARTIDA = "010"
# Sus territorios de ultramar sacarían el número de Francia de Europa.
CENTROS = {"250": (2.5, 46.6)}
DECIMALES_DE_MAS = re.compile(r"(\d\.\d)\d+")


@lru_cache(maxsize=1)
def _atlas() -> dict:
    if not ARCHIVO.is_file():
        return {"objects": {"countries": {"geometries": []}}}
    return json.loads(ARCHIVO.read_text(encoding="utf-8"))


def _geometrias() -> list[dict]:
    return _atlas()["objects"]["countries"]["geometries"]


@lru_cache(maxsize=1)
def _en_el_atlas() -> dict[str, str]:
    """ISO 3166 de dos letras → de tres cifras, que es como el atlas nombra a los países que dibuja."""
    dibujados = {g.get("id") for g in _geometrias()}
    alias = get_global("territory_aliases").items()
    return {actual[0]: clave for clave, actual in alias if clave in dibujados and len(actual) == 1}


def sin_dibujar(paises: Mapping[str, int]) -> list[str]:
    """Los que por su tamaño no están en un mapa de esta escala."""
    return [pais for pais in paises if pais not in _en_el_atlas()]


def mapa(titulo: str, nombres: Mapping[str, str], paises: Mapping[str, int]) -> Grafica | None:
    """``paises``: código ISO → cuántos; ``None`` si no hay atlas o ningún país que pintar."""
    pintados = {pais: n for pais, n in paises.items() if n and pais in _en_el_atlas()}
    if not pintados:
        return None
    descripcion = "; ".join(f"{nombres[pais]}, {n}" for pais, n in pintados.items())
    return Grafica(titulo, f"{titulo}: {descripcion}.", _dibuja(tuple(sorted(pintados.items()))))


def _clase(n: int) -> str:
    return next(nombre for hasta, nombre, _ in CLASES if hasta is None or n <= hasta)


def _propiedades(pais: str | None, cuentas: Mapping[str, int]) -> dict:
    if pais is None or pais not in cuentas:
        return {}
    suyas = {"n": cuentas[pais], "clase": _clase(cuentas[pais])}
    return suyas | ({"centro": CENTROS[pais]} if pais in CENTROS else {})


@lru_cache(maxsize=32)
def _dibuja(pintados: tuple[tuple[str, int], ...]) -> str:
    import altair as alt

    cuentas = {_en_el_atlas()[pais]: n for pais, n in pintados}
    geometrias = [
        {**g, "properties": _propiedades(g.get("id"), cuentas)} for g in _geometrias() if g.get("id") != ANTARTIDA
    ]
    paises_del_mundo = {"type": "GeometryCollection", "geometries": geometrias}
    datos = alt.Data(
        values={**_atlas(), "objects": {"countries": paises_del_mundo}},
        format=alt.TopoDataFormat(feature="countries", type="topojson"),
    )
    base = alt.Chart(datos).project("naturalEarth1")
    tierra = base.mark_geoshape(fill=TIERRA, stroke=EJE, strokeWidth=0.4)
    con_cuenta = base.transform_filter("isValid(datum.properties.n)")
    usadas = [clase for clase in CLASES if any(_clase(n) == clase[1] for n in cuentas.values())]
    color = alt.Color(
        "properties.clase:N",
        scale=alt.Scale(domain=[nombre for _, nombre, _ in usadas], range=[tono for _, _, tono in usadas]),
        legend=alt.Legend(title="Instrumentos", orient="bottom", direction="horizontal", symbolType="square"),
    )
    paises = con_cuenta.mark_geoshape(stroke=TINTA, strokeWidth=0.8).encode(color=color)
    # El borde blanco deja leer el número también fuera de un país chico.
    en_su_centro = con_cuenta.transform_calculate(centro="datum.properties.centro || geoCentroid(null, datum)").encode(
        longitude="centro[0]:Q", latitude="centro[1]:Q", text="properties.n:Q"
    )
    numeros = [
        en_su_centro.mark_text(fontSize=12, fontWeight="bold", stroke="white", strokeWidth=3, strokeJoin="round"),
        en_su_centro.mark_text(fontSize=12, fontWeight="bold", color=TINTA),
    ]
    svg = dibuja(alt.layer(tierra, paises, *numeros).properties(width=ANCHO, height=ALTO))
    return DECIMALES_DE_MAS.sub(r"\1", svg)
