"""Barras horizontales. El color nunca va solo: cada barra lleva su número y la tabla va al lado."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .bloques import Grafica
from .graficas import EJE, ESCALA, REJILLA, TINTA, dibuja

LETRA_CLARA = 1  # los primeros tonos llevan el número en blanco
ANCHO, RENGLON = 420, 26
LARGO_DE_ETIQUETA = 330
SIN_LUGAR = 0.045  # una parte más chica que ésta del total no deja leer su número

Serie = Mapping[str, int]


def barras(titulo: str, filas: Sequence[tuple[str, Serie]]) -> Grafica | None:
    """Barras horizontales apiladas: cada fila es ``(nombre, {serie: cuántos})``. ``None`` si no hay nada que dibujar."""
    datos = tuple((nombre, tuple(serie.items())) for nombre, serie in filas)
    if not any(n for _, serie in datos for _, n in serie):
        return None
    return Grafica(titulo, _descripcion(titulo, datos), _dibuja(datos))


def _descripcion(titulo: str, datos) -> str:
    renglones = []
    for nombre, serie in datos:
        partes = [(etiqueta, n) for etiqueta, n in serie if n]
        if len(serie) == 1:
            renglones.append(f"{nombre}, {serie[0][1]}")
        else:
            renglones.append(f"{nombre}, {', '.join(f'{n} {e.lower()}' for e, n in partes) or 'nada'}")
    return f"{titulo}: {'; '.join(renglones)}."


@lru_cache(maxsize=64)
def _dibuja(datos: tuple) -> str:
    import altair as alt

    series = list(dict.fromkeys(etiqueta for _, serie in datos for etiqueta, _ in serie))
    mayor = max(sum(n for _, n in serie) for _, serie in datos)
    renglones = []
    for nombre, serie in datos:
        desde = 0
        for etiqueta, n in serie:
            numero = str(n) if n > mayor * SIN_LUGAR else ""
            clara = series.index(etiqueta) < LETRA_CLARA
            renglones.append(
                {"fila": nombre, "serie": etiqueta, "desde": desde, "hasta": desde + n}
                | {"medio": desde + n / 2, "numero": numero, "clara": clara}
            )
            desde += n
    base = alt.Chart(alt.Data(values=renglones)).encode(
        y=alt.Y(
            "fila:N",
            sort=[nombre for nombre, _ in datos],
            title=None,
            axis=alt.Axis(labelLimit=LARGO_DE_ETIQUETA, domainColor=EJE, ticks=False, labelPadding=8),
        )
    )
    tramos = base.mark_bar(height={"band": 0.75}, stroke=EJE, strokeWidth=0.7).encode(
        x=alt.X(
            "desde:Q",
            title=None,
            scale=alt.Scale(domain=[0, mayor], nice=False),
            axis=alt.Axis(gridColor=REJILLA, domain=False, ticks=False, tickCount=min(mayor, 5), format="d"),
        ),
        x2="hasta:Q",
        color=alt.Color(
            "serie:N",
            scale=alt.Scale(domain=series, range=list(ESCALA[: len(series)])),
            legend=alt.Legend(title=None, orient="top", columns=4, labelLimit=200, symbolStrokeColor=EJE)
            if len(series) > 1
            else None,
        ),
    )
    if len(series) > 1:
        color = alt.condition("datum.clara", alt.value("white"), alt.value(TINTA))
        numeros = base.mark_text(fontSize=12).encode(x="medio:Q", text="numero:N", color=color)
    else:  # al final de la barra, por corta que sea
        numeros = base.mark_text(fontSize=12, align="left", dx=5, color=TINTA).encode(x="hasta:Q", text="hasta:Q")
    return dibuja(alt.layer(tramos, numeros).properties(width=ANCHO, height=RENGLON * len(datos)))
