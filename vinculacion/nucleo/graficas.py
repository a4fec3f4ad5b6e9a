"""Dibujos como SVG, iguales en la página y en el PDF.

Altair describe y vl-convert dibuja, sin navegador ni red. Ojo: vl-convert no
soporta que se haga ``fork`` después de usarlo, por eso se importa al pedirlo.
"""

import base64

LETRA = "'Source Sans 3', 'Liberation Sans', Arial, sans-serif"
TINTA, EJE, REJILLA = "#2b2438", "#8a8398", "#e6e2ee"
MORADO, LILA = "#4a2a6b", "#b9aecb"
# Relleno claro de cada luz, con TINTA encima; el texto siempre la nombra también.
CLARO = {"verde": "#d8efdf", "ambar": "#fdebc8", "rojo": "#f8d7d5", "azul": "#dbe7f8", "": "#f1eff5"}


def en_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


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
