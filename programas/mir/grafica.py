"""El valor de un indicador contra su meta, periodo por periodo."""

from collections.abc import Iterator
from decimal import Decimal

from programas.estados import Sentido
from programas.models import Indicador
from vinculacion.nucleo import graficas
from vinculacion.nucleo.graficas import EJE, LILA, MORADO, REJILLA, TINTA, en_uri
from vinculacion.nucleo.palabras import capitaliza, enumera

from .consultas import FilaMIR
from .desarrollo import resultado
from .matriz import umbrales
from .periodos import nombre_corto

ANCHO, ALTO = 620, 260
ESTILO = {
    "Ámbar desde": ("#b77f0b", [3, 3]),
    "Verde desde": ("#2e7d4f", [6, 3]),
    "Rebasada arriba de": ("#3b6fb6", [2, 4]),
}


def dibujo(fila: FilaMIR) -> dict | None:
    """La imagen y lo que dice, en palabras; ``None`` si todavía no hay ningún valor."""
    medidas = [m for m in fila.mediciones if m.valor is not None]
    if not medidas:
        return None
    indicador = fila.indicador
    dicho = enumera([f"{m.rotulo} {resultado(indicador, m.valor)}" for m in medidas])
    return {
        "uri": en_uri(svg(fila)),
        "descripcion": f"Valor de {indicador} por periodo contra su meta de"
        f" {resultado(indicador, indicador.meta)}: {dicho}.",
    }


def svg(fila: FilaMIR) -> str:
    import altair as alt

    indicador = fila.indicador
    medidas = [m for m in fila.mediciones if m.valor is not None]
    orden = [capitaliza(nombre_corto(indicador, m.numero)) for m in fila.mediciones]
    datos = [
        {"periodo": rotulo, "valor": float(m.valor), "texto": [resultado(indicador, m.valor), m.luz.texto]}
        for rotulo, m in zip(orden, fila.mediciones, strict=True)
        if m.valor is not None
    ]
    eje_x = alt.X("periodo:N", sort=orden, scale=alt.Scale(domain=orden), title=None, axis=alt.Axis(labelAngle=0))
    eje_y = alt.Y("valor:Q", title=indicador.unidad, axis=alt.Axis(gridColor=REJILLA, domainColor=EJE))
    base = alt.Chart(alt.Data(values=datos))
    barras = base.mark_bar(color=LILA, stroke=MORADO, size=420 / max(len(orden), 4) / 2).encode(x=eje_x, y=eje_y)
    letra = 11 if len(orden) > 4 else 13
    textos = base.mark_text(dy=-letra - 11, fontSize=letra, lineHeight=letra + 2, color=TINTA).encode(
        x=eje_x, y=eje_y, text="texto:N"
    )
    rayas = list(_rayas(indicador))
    tope = max([m.valor for m in medidas if m.valor is not None] + [raya[1] for raya in rayas])
    letreros = _sin_encimarse([float(raya[1]) for raya in rayas], float(tope) * 16 / ALTO)
    capas = [barras, *(_raya(alt, *raya, letrero) for raya, letrero in zip(rayas, letreros, strict=True)), textos]
    return graficas.dibuja(alt.layer(*capas).properties(width=ANCHO, height=ALTO))


def _rayas(indicador: Indicador) -> Iterator[tuple[str, Decimal, str, list[int]]]:
    """(letrero, valor, color, trazo) de abajo arriba. Los umbrales, sólo si más es mejor: al revés no son un valor fijo."""
    rayas = [(f"Meta {resultado(indicador, indicador.meta)}", indicador.meta, MORADO, [1, 0])]
    if indicador.sentido == Sentido.ASCENDENTE:
        rayas += [
            (f"{nombre} {resultado(indicador, valor)}", valor, *ESTILO[nombre])
            for nombre, valor in umbrales(indicador)
            if valor != indicador.meta
        ]
    yield from sorted(rayas, key=lambda raya: raya[1])


def _sin_encimarse(alturas: list[float], paso: float) -> list[float]:
    """Las mismas alturas, de abajo arriba, separadas al menos un renglón."""
    puestas: list[float] = []
    for altura in alturas:
        puestas.append(max(altura, puestas[-1] + paso) if puestas else altura)
    return puestas


def _raya(alt, nombre: str, valor: Decimal, color: str, trazo: list[int], letrero: float):
    datos = alt.Chart(alt.Data(values=[{"valor": float(valor), "nombre": nombre, "letrero": letrero}]))
    regla = datos.mark_rule(color=color, strokeDash=trazo, strokeWidth=2).encode(y="valor:Q")
    letra = datos.mark_text(align="left", color=TINTA, fontSize=12)
    return regla + letra.encode(x=alt.value(ANCHO + 6), y="letrero:Q", text="nombre:N")
