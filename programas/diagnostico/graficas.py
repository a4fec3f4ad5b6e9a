"""Los dibujos del diagnóstico: la cuadrícula de poder e interés y la estructura del programa."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from programas.estados import Involucra
from programas.models import Accion, Involucramiento, banda
from vinculacion.nucleo.graficas import EJE, LETRA, LILA, MORADO, TINTA, dibuja
from vinculacion.nucleo.palabras import cuenta, enumera

from . import consultas
from .consultas import Componente, Estructura
from .dibujo import ANCHO, PUNTO, RELLENO, RENGLON, renglones

# Del más claro al más hondo; cada celda dice también su palabra.
TONOS = {Involucra.BAJO: "#f4f2f8", Involucra.MEDIO: "#e0d6ef", Involucra.ALTO: "#c4b0e2"}
UNO_A_CINCO = range(1, 6)


# -- poder e interés ---------------------------------------------------------------
def poder_e_interes(filas: Iterable[Involucramiento]) -> tuple[str, str]:
    """El SVG y su descripción: cuántos hay en cada cruce de interés (→) y fuerza (↑)."""
    celdas = consultas.celdas(filas)
    return _cuadricula(tuple(sorted(celdas.items()))), describe(celdas)


def describe(celdas: dict[tuple[int, int], int]) -> str:
    por_valor = sorted(celdas.items(), key=lambda par: (-par[0][0] * par[0][1], par[0]))
    partes = [f"{cuantos} con interés {i} y fuerza {f} ({banda(i * f).label.lower()})" for (i, f), cuantos in por_valor]
    total = cuenta(sum(celdas.values()), "área u organismo", "áreas y organismos")
    return f"{total} por su interés y su fuerza: {enumera(partes)}." if partes else "Sin población involucrada."


@lru_cache(maxsize=64)
def _cuadricula(celdas: tuple[tuple[tuple[int, int], int], ...]) -> str:
    import altair as alt

    cuantos = dict(celdas)
    fondo = [
        {"interes": i, "fuerza": f, "banda": banda(i * f).label, "rotulo": f"{banda(i * f).label} · {i * f}"}
        for i in UNO_A_CINCO
        for f in UNO_A_CINCO
    ]
    puntos = [{"interes": i, "fuerza": f, "cuantos": n} for (i, f), n in cuantos.items()]
    eje: dict[str, Any] = {"labelAngle": 0, "ticks": False, "domain": False, "titlePadding": 8}
    x = alt.X("interes:O", title="Interés, de 1 a 5", sort=[*UNO_A_CINCO], axis=alt.Axis(**eje))
    y = alt.Y("fuerza:O", title="Fuerza, de 1 a 5", sort=[*reversed(UNO_A_CINCO)], axis=alt.Axis(**eje, titleAngle=-90))
    base = alt.Chart(alt.Data(values=fondo)).encode(x=x, y=y)
    bandas = base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color(
            "banda:N",
            scale=alt.Scale(domain=[b.label for b in TONOS], range=list(TONOS.values())),
            legend=alt.Legend(
                title="Involucramiento (interés × fuerza)",
                orient="top",
                titleLimit=400,
                symbolType="square",
                symbolStrokeColor=EJE,
                symbolStrokeWidth=1,
            ),
        )
    )
    rotulos = base.mark_text(dy=-25, fontSize=11, color=TINTA).encode(text="rotulo:N")
    capas = [bandas, rotulos]
    if puntos:
        encima = alt.Chart(alt.Data(values=puntos)).encode(x=x, y=y)
        capas.append(
            encima.mark_circle(color=MORADO, opacity=1, yOffset=7).encode(
                # Por área y desde cero: el doble de gente, el doble de tinta, sin salirse de la celda.
                size=alt.Size(
                    "cuantos:Q", scale=alt.Scale(domain=[0, max(cuantos.values())], range=[320, 1500]), legend=None
                )
            )
        )
        capas.append(encima.mark_text(color="#ffffff", fontSize=14, fontWeight=700, dy=7).encode(text="cuantos:Q"))
    return dibuja(alt.layer(*capas).properties(width=500, height=365))


# -- estructura --------------------------------------------------------------------
ALTO_DE_HOJA = 880  # lo que cabe en una hoja A4 con su rótulo, sin encoger la letra
ANCHO_EJE, SEPARA, HUECO = 230, 30, 7
X_ACCION = ANCHO_EJE + 2 * SEPARA
ANCHO_ACCION = ANCHO - X_ACCION


def dibujos_de_estructura(estructura: Estructura) -> list[tuple[str, str, str]]:
    """``[(título, svg, descripción)]``: objetivo, ejes y acciones, en tantos dibujos como hojas pida."""
    hojas = _en_hojas(estructura)
    return [
        (
            "Estructura del programa" + (f" ({n} de {len(hojas)})" if len(hojas) > 1 else ""),
            _dibujo(estructura, hoja),
            _dicho(estructura, hoja),
        )
        for n, hoja in enumerate(hojas, 1)
    ]


def _partido_en(texto: str, ancho: float, negritas: bool = False) -> list[str]:
    return renglones(texto, (ancho - 2 * RELLENO) / (1.17 if negritas else 1))


def _alto(partes: list[str]) -> int:
    return len(partes) * RENGLON + 2 * RELLENO - 2


def _objetivo(estructura: Estructura) -> list[str]:
    return _partido_en(estructura.programa.objetivo or str(estructura.programa), ANCHO, negritas=True)


def _eje(componente: Componente) -> list[str]:
    return _partido_en(str(componente), ANCHO_EJE, negritas=True)


def _accion(accion: Accion) -> list[str]:
    return _partido_en(str(accion), ANCHO_ACCION)


def _alto_de(componente: Componente) -> int:
    acciones = sum(_alto(_accion(a)) + HUECO for a in componente.acciones) - HUECO
    return max(acciones, _alto(_eje(componente)))


def _en_hojas(estructura: Estructura) -> list[list[Componente]]:
    """Reparte los ejes; uno tan largo que no cabe solo se parte entre sus acciones."""
    disponible = ALTO_DE_HOJA - _alto(_objetivo(estructura)) - 24
    hojas: list[list[Componente]] = []
    queda = 0
    for entero in estructura.componentes:
        for componente in _partido(entero, disponible):
            if not hojas or _alto_de(componente) > queda:
                hojas.append([])
                queda = disponible
            hojas[-1].append(componente)
            queda -= _alto_de(componente) + 2 * HUECO
    return hojas


def _partido(componente: Componente, disponible: int) -> list[Componente]:
    trozos: list[Componente] = []
    for accion in componente.acciones:
        ultimo = Componente(componente.eje, (*trozos[-1].acciones, accion)) if trozos else None
        if ultimo is not None and _alto_de(ultimo) <= disponible:
            trozos[-1] = ultimo
        else:
            trozos.append(Componente(componente.eje, (accion,)))
    return trozos or [componente]


def _dibujo(estructura: Estructura, componentes: list[Componente]) -> str:
    objetivo = _objetivo(estructura)
    abajo = _alto(objetivo)
    piezas = [_caja(0, 0, ANCHO, objetivo, MORADO, "#ffffff", negritas=True)]
    lineas: list[str] = []
    y: float = abajo + 20
    for componente in componentes:
        alto, eje = _alto_de(componente), _eje(componente)
        centro = y + alto / 2
        lineas.append(f"M{SEPARA / 2} {abajo}V{centro}H{SEPARA}")
        piezas.append(_caja(SEPARA, centro - _alto(eje) / 2, ANCHO_EJE, eje, LILA, TINTA, negritas=True))
        arriba = y
        for accion in componente.acciones:
            texto = _accion(accion)
            lineas.append(
                f"M{SEPARA + ANCHO_EJE} {centro}H{X_ACCION - SEPARA / 2}V{arriba + _alto(texto) / 2}H{X_ACCION}"
            )
            piezas.append(_caja(X_ACCION, arriba, ANCHO_ACCION, texto, "#ffffff", TINTA))
            arriba += _alto(texto) + HUECO
        y += alto + 2 * HUECO
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{ANCHO}" height="{y:.0f}" viewBox="0 0 {ANCHO} {y:.0f}" '
        f'font-family="{LETRA}" font-size="{PUNTO}">'
        f'<path d="{"".join(lineas)}" fill="none" stroke="{EJE}" stroke-width="1.5"/>{"".join(piezas)}</svg>'
    )


def _caja(x: float, y: float, ancho: float, partes: list[str], fondo: str, tinta: str, negritas: bool = False) -> str:
    peso = ' font-weight="700"' if negritas else ""
    textos = "".join(
        f'<text x="{x + RELLENO}" y="{y + RELLENO + PUNTO - 1 + n * RENGLON}" fill="{tinta}"{peso}>{escape(parte)}</text>'
        for n, parte in enumerate(partes)
    )
    return (
        f'<rect x="{x + 0.5}" y="{y + 0.5}" width="{ancho - 1}" height="{_alto(partes) - 1}" rx="5" '
        f'fill="{fondo}" stroke="{EJE}"/>{textos}'
    )


def _dicho(estructura: Estructura, componentes: list[Componente]) -> str:
    partes = [
        f"{c} ({enumera([str(a) for a in c.acciones])})" if c.acciones else f"{c} (sin acciones)" for c in componentes
    ]
    return f"Del objetivo del programa dependen: {'; '.join(partes)}."
