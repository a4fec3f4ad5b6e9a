"""Gráficas de barras como un SVG que sirve igual en la página y en el PDF.

Altair describe y vl-convert dibuja, sin navegador ni red. Ojo: vl-convert no
soporta que se haga ``fork`` después de usarlo, por eso se importa al pedirlo.
"""

import base64
from functools import lru_cache

COLORES = ["#b9aecb", "#4a2a6b"]


def avance_por_trimestre(avance) -> dict[str, str]:
    """``{"uri": …, "descripcion": …}`` con lo programado y lo alcanzado en cada trimestre de un ``Avance``."""
    datos = tuple((f"{n}T", c.programado, c.alcanzado) for n, c in enumerate(avance.trimestres, 1))
    descripcion = "; ".join(f"{trimestre}, {hecho} de {meta}" for trimestre, meta, hecho in datos)
    return {"uri": en_uri(_barras(datos)), "descripcion": f"Alcanzado y programado por trimestre: {descripcion}."}


def en_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@lru_cache(maxsize=64)
def _barras(datos: tuple) -> str:
    import altair as alt
    import vl_convert

    renglones = [
        {"trimestre": trimestre, "serie": serie, "unidades": valor}
        for trimestre, meta, hecho in datos
        for serie, valor in (("Programado", meta), ("Alcanzado", hecho))
    ]
    base = alt.Chart(alt.Data(values=renglones)).encode(
        x=alt.X("trimestre:N", title=None, axis=alt.Axis(labelAngle=0, domainColor="#8a8398", ticks=False)),
        xOffset=alt.XOffset("serie:N", sort=["Programado", "Alcanzado"]),
        y=alt.Y("unidades:Q", title=None, axis=alt.Axis(gridColor="#e6e2ee", domain=False, ticks=False, tickCount=4)),
    )
    barras = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.Color(
            "serie:N",
            scale=alt.Scale(domain=["Programado", "Alcanzado"], range=COLORES),
            legend=alt.Legend(title=None, orient="top"),
        )
    )
    numeros = base.mark_text(dy=-6, fontSize=12, color="#2b2438").encode(text="unidades:Q")
    grafica = (
        alt.layer(barras, numeros)
        .properties(width=260, height=150)
        .configure(font="'Source Sans 3', 'Liberation Sans', Arial, sans-serif")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, labelColor="#2b2438")
        .configure_legend(labelFontSize=13, labelColor="#2b2438")
    )
    return vl_convert.vegalite_to_svg(grafica.to_dict())
