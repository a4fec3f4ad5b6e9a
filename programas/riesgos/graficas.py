"""El mapa de riesgos antes y después del tratamiento, como un solo dibujo.

Es una retícula fija de 3 × 3: se escribe directamente, sin pasar por Altair. Cada celda
lleva su nivel y su palabra, de modo que se lee igual impresa en blanco y negro.
"""

from collections.abc import Sequence
from html import escape

from programas.estados import Escala
from programas.models import Riesgo
from vinculacion.nucleo.graficas import CLARO, EJE, LETRA, TINTA

from .consultas import ESCALA, mapa_de, severidad

CELDA, MARGEN, ENTRE = 150, 104, 30
CABEZA, PIE, ROTULO = 44, 70, 38
FICHA, ALTO_FICHA, POR_RENGLON = 42, 34, 3
ANCHO = MARGEN + 3 * CELDA
NOMBRES = {e.value: e.label.split(" (")[0] for e in Escala}
Celdas = dict[tuple[int, int], list[Riesgo]]


def dibujo(riesgos: Sequence[Riesgo]) -> str:
    """El SVG; crece hacia abajo lo que pida la celda más poblada."""
    antes, despues = mapa_de(riesgos, False), mapa_de(riesgos, True)
    mayor = max(len(en_celda) for celdas in (antes, despues) for en_celda in celdas.values())
    renglones = max(2, -(-mayor // POR_RENGLON))
    alto_celda = ROTULO + renglones * (ALTO_FICHA + 4) + 6
    ancho, alto = 2 * ANCHO + ENTRE + 2, CABEZA + 3 * alto_celda + PIE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ancho} {alto}" width="{ancho}" height="{alto}" '
        f'font-family="{escape(LETRA)}" fill="{TINTA}" role="img"><title>{escape(descripcion(riesgos))}</title>'
        f'<rect width="{ancho}" height="{alto}" fill="#ffffff"/>'
        f"{_cuadro(antes, 'Antes del tratamiento', 0, alto_celda)}"
        f"{_cuadro(despues, 'Después del tratamiento', ANCHO + ENTRE, alto_celda)}</svg>"
    )


def _cuadro(celdas: Celdas, titulo: str, x: int, alto: int) -> str:
    izquierda = x + MARGEN
    piezas = [_texto(izquierda + 1.5 * CELDA, 26, titulo, 24, negrita=True)]
    for renglon, probabilidad in enumerate(reversed(ESCALA)):
        arriba = CABEZA + renglon * alto
        piezas.append(_texto(izquierda - 10, arriba + alto / 2, NOMBRES[probabilidad], 19, "end"))
        piezas.append(_texto(izquierda - 10, arriba + alto / 2 + 22, f"({probabilidad})", 19, "end"))
        for columna, impacto in enumerate(ESCALA):
            piezas.append(
                _celda(probabilidad * impacto, celdas[probabilidad, impacto], izquierda + columna * CELDA, arriba, alto)
            )
    abajo = CABEZA + 3 * alto
    for columna, impacto in enumerate(ESCALA):
        piezas.append(_texto(izquierda + (columna + 0.5) * CELDA, abajo + 24, f"{NOMBRES[impacto]} ({impacto})", 19))
    piezas.append(_texto(izquierda + 1.5 * CELDA, abajo + 54, "Impacto", 20, negrita=True))
    medio = CABEZA + 1.5 * alto
    piezas.append(
        f'<g transform="rotate(-90 {x + 18} {medio})">{_texto(x + 18, medio + 6, "Probabilidad", 20, negrita=True)}</g>'
    )
    return "".join(piezas)


def _celda(nivel: int, riesgos: list[Riesgo], x: int, y: int, alto: int) -> str:
    palabra = severidad(nivel)
    piezas = [
        f'<rect x="{x}" y="{y}" width="{CELDA}" height="{alto}" fill="{CLARO[palabra.clase]}" stroke="{EJE}"/>',
        _texto(x + 10, y + 26, f"{nivel} {palabra.texto.lower()}", 18, "start"),
    ]
    for lugar, riesgo in enumerate(riesgos):
        renglon, columna = divmod(lugar, POR_RENGLON)
        a_la_izquierda = x + 8 + columna * (FICHA + 4)
        arriba = y + ROTULO + renglon * (ALTO_FICHA + 4)
        piezas.append(
            f'<rect x="{a_la_izquierda}" y="{arriba}" width="{FICHA}" height="{ALTO_FICHA}" rx="17" '
            f'fill="#ffffff" stroke="{TINTA}" stroke-width="1.5"/>'
        )
        piezas.append(_texto(a_la_izquierda + FICHA / 2, arriba + 25, str(riesgo.numero), 22, negrita=True))
    return "".join(piezas)


def _texto(x: float, y: float, texto: str, tamano: int, ancla: str = "middle", *, negrita: bool = False) -> str:
    peso = ' font-weight="700"' if negrita else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{tamano}" text-anchor="{ancla}"{peso}>{escape(texto)}</text>'


def descripcion(riesgos: Sequence[Riesgo]) -> str:
    """Lo que el dibujo enseña, dicho con palabras."""
    frases = [
        f"{cuando}: {_contenido(mapa_de(riesgos, residual))}."
        for cuando, residual in (("Antes del tratamiento", False), ("Después del tratamiento", True))
    ]
    sin_evaluar = [str(r.numero) for r in riesgos if r.nivel_residual is None]
    if sin_evaluar:
        frases.append(f"Sin volver a evaluar: {', '.join(sin_evaluar)}.")
    return "Mapa de riesgos, probabilidad por impacto. " + " ".join(frases)


def _contenido(celdas: Celdas) -> str:
    por_nivel: dict[int, list[int]] = {}
    for (probabilidad, impacto), riesgos in celdas.items():
        por_nivel.setdefault(probabilidad * impacto, []).extend(r.numero for r in riesgos)
    dichos = [
        f"nivel {nivel} ({severidad(nivel).texto.lower()}), {'riesgos' if len(n) > 1 else 'riesgo'} {', '.join(map(str, sorted(n)))}"
        for nivel, n in sorted(por_nivel.items(), reverse=True)
        if n
    ]
    return "; ".join(dichos) or "ninguno"
