"""Gráficas de barras como un SVG que sirve igual en la página y en el PDF.

Altair describe y vl-convert dibuja, sin navegador ni red. Ojo: vl-convert no
soporta que se haga ``fork`` después de usarlo, por eso se importa al pedirlo.
"""

import base64
from functools import lru_cache

COLORES = ["#b9aecb", "#4a2a6b"]


def avance_por_trimestre(programas) -> dict[str, str]:
    """``{"uri": …, "descripcion": …}`` con lo programado y lo alcanzado por trimestre de cada programa."""
    datos = tuple(
        (p.programa.get_tipo_display(), f"{n}T", cuenta.programado, cuenta.alcanzado)
        for p in programas
        for n, cuenta in enumerate(p.total.trimestres, 1)
    )
    descripcion = "; ".join(f"{plan} {t}: {hecho} de {meta}" for plan, t, meta, hecho in datos)
    return {"uri": en_uri(_barras(datos)), "descripcion": f"Alcanzado y programado. {descripcion}."}


def en_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@lru_cache(maxsize=64)
def _barras(datos: tuple) -> str:
    import altair as alt
    import vl_convert

    renglones = [
        {"plan": plan, "trimestre": trimestre, "serie": serie, "unidades": valor}
        for plan, trimestre, meta, hecho in datos
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
    numeros = base.mark_text(dy=-6, fontSize=11, color="#2b2438").encode(text="unidades:Q")
    grafica = (
        alt.layer(barras, numeros)
        .properties(width=230, height=150)
        .facet(
            facet=alt.Facet("plan:N", title=None, header=alt.Header(labelFontWeight="bold", labelFontSize=13)),
            columns=2,
        )
        .resolve_scale(y="independent")
        .configure(font="'Source Sans 3', 'Liberation Sans', Arial, sans-serif")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, labelColor="#2b2438")
    )
    return vl_convert.vegalite_to_svg(grafica.to_dict())
