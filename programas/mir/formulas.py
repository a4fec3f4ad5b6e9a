"""Las fórmulas de los indicadores (documento 000, §3.2), sin base de datos.

Todo entra y sale como ``Decimal`` y se redondea una sola vez, al final, a la precisión del
contexto (28 cifras): por eso doblar lo logrado y lo programado da exactamente lo mismo.
Cantidades y tiempos son mayores o iguales que cero. ``None`` quiere decir que no hay razón que
calcular (nada programado); nunca hay una división entre cero.
"""

from decimal import Decimal
from fractions import Fraction

from programas.estados import Sentido

Numero = Decimal | int

CIEN = Decimal(100)
TOPE = Decimal(1000)
"""Lo más que vale el cumplimiento de un indicador descendente, en porciento: con valor cero sería infinito."""


def eficacia(L: Numero, Tp: Numero, M: Numero, Tr: Numero) -> Decimal | None:
    """A = (L × Tp) / (M × Tr). ``L`` y ``M`` en unidades de meta; ``Tp`` y ``Tr`` en fracción del año.

    Crece con lo logrado y baja con el tiempo real: 1 es todo lo programado, a tiempo.
    """
    return _cociente(Fraction(L) * Fraction(Tp), Fraction(M) * Fraction(Tr))


def impacto(R: Numero, O: Numero) -> Decimal | None:  # noqa: E741  # el símbolo de la fuente
    """I = R / O × 100: porciento de las unidades programadas que se lograron."""
    return _cociente(Fraction(R) * 100, Fraction(O))


def razon(N: Numero, D: Numero) -> Decimal | None:
    """N / D, sin más."""
    return _cociente(Fraction(N), Fraction(D))


def cumplimiento(valor: Numero | None, meta: Numero, sentido: str) -> Decimal | None:
    """Porciento de la meta que representa ``valor``; de él sale la luz.

    Ascendente: valor / meta × 100; con meta cero nada se espera y no hay porciento.
    Descendente: meta / valor × 100, a lo más ``TOPE``; quien esperaba cero y tuvo cero cumple (100)
    y quien tuvo algo no cumple nada (0).
    """
    if valor is None:
        return None
    if sentido == Sentido.DESCENDENTE:
        if meta == 0:
            return Decimal(0) if valor else CIEN
        inverso = _cociente(Fraction(meta) * 100, Fraction(valor))
        return TOPE if inverso is None else min(inverso, TOPE)
    return _cociente(Fraction(valor) * 100, Fraction(meta))


def fraccion_del_anio(cuantos: int, de: int) -> Decimal:
    """Tiempo con el año como 1: 1 de 4 trimestres es 0.25; 1 de 12 meses, 0.0833…; 146 de 365 días, 0.4."""
    return Decimal(cuantos) / Decimal(de)


def tiempo_real(tp: Decimal, dias: int, del_anio: int) -> Decimal:
    """Tr deducido: los ``dias`` que tomó llegar a la última unidad que cuenta, y nunca menos que ``tp``."""
    return max(tp, fraccion_del_anio(dias, del_anio))


def _cociente(arriba: Fraction, abajo: Fraction) -> Decimal | None:
    if not abajo:
        return None
    exacto = arriba / abajo
    return Decimal(exacto.numerator) / Decimal(exacto.denominator)
