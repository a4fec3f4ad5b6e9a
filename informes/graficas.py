"""Las gráficas del tablero."""

from functools import lru_cache

from programas.avance.consultas import Panorama
from vinculacion.nucleo.graficas import EJE, LILA, MORADO, REJILLA, TINTA, dibuja, en_uri
from vinculacion.nucleo.palabras import porcentaje


def cumplimiento_por_eje(panorama: Panorama) -> dict[str, str]:
    """``{"uri": …, "descripcion": …}`` con el porciento de la meta del año que lleva cada eje y el plan entero."""
    grupos = [
        (f"Eje {g.eje.numero}" if g.eje else "Todo el plan", g.cumplido) for g in (*panorama.ejes, panorama.total)
    ]
    datos = [(nombre, valor) for nombre, valor in grupos if valor is not None]
    descripcion = "; ".join(f"{nombre}, {porcentaje(valor)}" for nombre, valor in datos)
    svg = _barras(tuple((nombre, round(float(valor), 1)) for nombre, valor in datos))
    return {"uri": en_uri(svg), "descripcion": f"Porciento de la meta del año: {descripcion}."}


@lru_cache(maxsize=64)
def _barras(datos: tuple[tuple[str, float], ...]) -> str:
    import altair as alt

    orden = [nombre for nombre, _ in datos]
    renglones = [
        {"eje": nombre, "valor": valor, "escrito": f"{valor:g} %", "todo": nombre == orden[-1]}
        for nombre, valor in datos
    ]
    base = alt.Chart(alt.Data(values=renglones)).encode(
        y=alt.Y("eje:N", title=None, sort=orden, axis=alt.Axis(domainColor=EJE, ticks=False)),
        x=alt.X(
            "valor:Q",
            title="Porciento de la meta del año",
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(gridColor=REJILLA, domain=False, ticks=False, values=[0, 25, 50, 75, 100]),
        ),
    )
    barras = base.mark_bar(cornerRadiusEnd=3, height=16).encode(
        color=alt.Color("todo:N", scale=alt.Scale(domain=[False, True], range=[LILA, MORADO]), legend=None)
    )
    numeros = base.mark_text(align="left", dx=5, fontSize=12, color=TINTA).encode(text="escrito:N")
    return dibuja(alt.layer(barras, numeros).properties(width=260, height=26 * len(datos)))
