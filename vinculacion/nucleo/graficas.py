"""Dibujos como SVG, iguales en la página y en el PDF.

Altair describe y vl-convert dibuja, sin navegador ni red. Ojo: vl-convert no
soporta que se haga ``fork`` después de usarlo, por eso se importa al pedirlo.
"""

import base64
import re

from .colores import con_la_luz_de

LETRA = "'Source Sans 3', 'Liberation Sans', Arial, sans-serif"
TINTA, EJE, REJILLA = "#2b2438", "#8a8398", "#e6e2ee"
MORADO, LILA = "#4a2a6b", "#b9aecb"
# Relleno claro de cada luz, con TINTA encima; el texto siempre la nombra también.
CLARO = {"verde": "#d8efdf", "ambar": "#fdebc8", "rojo": "#f8d7d5", "azul": "#dbe7f8", "": "#f1eff5"}
# Del más oscuro al más claro, tan separados que se distinguen en gris.
ESCALA = (MORADO, "#9a85bd", "#cfc5df", "#f4f2f8")
# Los tonos de la casa: en un documento con otra identidad, toman su color.
DE_LA_CASA = frozenset({*ESCALA, LILA, CLARO[""], "#c4b0e2", "#e0d6ef", "#e0d8ec", "#8f7bb3"})
_COLOR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


def en_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def con_color(svg: str, color: str) -> str:
    """El mismo dibujo con el color de una institución: cambia el tono y queda la luz, de la que depende que se lea."""
    if color.lower() == MORADO:
        return svg

    def otro(hallado: re.Match) -> str:
        suyo = hallado[0].lower()
        return con_la_luz_de(color, suyo) if suyo in DE_LA_CASA else hallado[0]

    return _COLOR.sub(otro, svg)


def dibuja(grafica) -> str:
    """El SVG de una gráfica de Altair, con la letra y los colores de la casa."""
    import vl_convert

    con_estilo = (
        grafica.configure(font=LETRA)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, titleFontSize=13, labelColor=TINTA, titleColor=TINTA)
        .configure_legend(labelFontSize=13, titleFontSize=13, labelColor=TINTA, titleColor=TINTA)
    )
    return vl_convert.vegalite_to_svg(con_estilo.to_dict())
