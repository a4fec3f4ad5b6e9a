"""Las gráficas del tablero."""

from functools import lru_cache

from vinculacion.nucleo.graficas import EJE, LILA, MORADO, REJILLA, TINTA, dibuja, en_uri


def avance_por_trimestre(avance) -> dict[str, str]:
    """``{"uri": …, "descripcion": …}`` con lo programado y lo alcanzado en cada trimestre de un ``Avance``."""
    datos = tuple((f"{n}T", c.programado, c.alcanzado) for n, c in enumerate(avance.trimestres, 1))
    descripcion = "; ".join(f"{trimestre}, {hecho} de {meta}" for trimestre, meta, hecho in datos)
    return {"uri": en_uri(_barras(datos)), "descripcion": f"Alcanzado y programado por trimestre: {descripcion}."}


@lru_cache(maxsize=64)
def _barras(datos: tuple) -> str:
    import altair as alt

    renglones = [
        {"trimestre": trimestre, "serie": serie, "unidades": valor}
        for trimestre, meta, hecho in datos
        for serie, valor in (("Programado", meta), ("Alcanzado", hecho))
    ]
    base = alt.Chart(alt.Data(values=renglones)).encode(
        x=alt.X("trimestre:N", title=None, axis=alt.Axis(labelAngle=0, domainColor=EJE, ticks=False)),
        xOffset=alt.XOffset("serie:N", sort=["Programado", "Alcanzado"]),
        y=alt.Y("unidades:Q", title=None, axis=alt.Axis(gridColor=REJILLA, domain=False, ticks=False, tickCount=4)),
    )
    barras = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.Color(
            "serie:N",
            scale=alt.Scale(domain=["Programado", "Alcanzado"], range=[LILA, MORADO]),
            legend=alt.Legend(title=None, orient="top"),
        )
    )
    numeros = base.mark_text(dy=-6, fontSize=12, color=TINTA).encode(text="unidades:Q")
    return dibuja(alt.layer(barras, numeros).properties(width=260, height=150))
