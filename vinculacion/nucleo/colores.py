"""Cuentas con colores ``#rrggbb``: cuánta luz dan y cuánto contrastan (WCAG 2.2)."""

from functools import lru_cache


def _canales(color: str) -> tuple[int, int, int]:
    rojo, verde, azul = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return rojo, verde, azul


def luminancia(color: str) -> float:
    """Relativa, de 0 (negro) a 1 (blanco)."""

    def canal(valor: int) -> float:
        parte = valor / 255
        return parte / 12.92 if parte <= 0.04045 else ((parte + 0.055) / 1.055) ** 2.4

    rojo, verde, azul = map(canal, _canales(color))
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def contraste_con_blanco(color: str) -> float:
    """De 1 (no se distingue) a 21."""
    return 1.05 / (luminancia(color) + 0.05)


def mezcla(color: str, otro: str, parte: float) -> str:
    """``parte``: cuánto se lleva del otro, de 0 a 1."""
    pares = zip(_canales(color), _canales(otro), strict=True)
    return "#" + "".join(f"{round(uno + (dos - uno) * parte):02x}" for uno, dos in pares)


@lru_cache(maxsize=256)
def con_la_luz_de(color: str, tono: str) -> str:
    """``color`` aclarado hasta dar tanta luz como ``tono``; el que ya da más se queda como está."""
    meta = luminancia(tono)
    desde, hasta = 0.0, 1.0
    if luminancia(color) >= meta:
        return color
    for _ in range(12):
        medio = (desde + hasta) / 2
        desde, hasta = (medio, hasta) if luminancia(mezcla(color, "#ffffff", medio)) < meta else (desde, medio)
    return mezcla(color, "#ffffff", hasta)
