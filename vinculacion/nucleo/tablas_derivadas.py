"""Cuadros que se hacen de otros: por grupos, con totales o de doble entrada por año."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .bloques import Celda, Columna, Grupo, Tabla
from .periodos import Periodo
from .salida.documento import celda_escrita

Numero = int | float | Decimal
# Sumar porcentajes o promedios no dice nada.
_NO_SE_SUMA = ("%", "porcent", "porciento", "promedio", "avance", "no.", "núm.")


def cruce_por_anio(
    encabezado: str,
    hechos: Iterable[tuple[str, date, Numero]],
    periodo: Periodo,
    *,
    titulo: str = "",
    notas: tuple[str, ...] = (),
) -> Tabla:
    """Renglón × año con su total: «2020 (octubre–diciembre)», «2021»…

    ``hechos``: (renglón, cuándo, cuánto). Los renglones salen en el orden en que aparecen. Lo de una fecha
    fuera del periodo no se pierde: va en la columna de su año, que lo dice.
    """
    cuentas: dict[str, dict[str, Numero]] = {}
    partes = periodo.por_anio()
    ajenas: set[str] = set()
    for renglon, fecha, cantidad in hechos:
        etiqueta = next((e for e, parte in partes if fecha in parte), "")
        if not etiqueta:
            etiqueta = f"{fecha.year} (fuera del periodo)"
            ajenas.add(etiqueta)
        fila = cuentas.setdefault(renglon, {})
        fila[etiqueta] = fila.get(etiqueta, 0) + cantidad  # type: ignore[operator]
    anios = [*(e for e, _ in partes), *sorted(ajenas)]
    columnas = (Columna(encabezado), *(Columna(e, "numero") for e in (*anios, "Total")))
    filas = tuple((renglon, *(fila.get(e, 0) for e in anios), sum(fila.values())) for renglon, fila in cuentas.items())
    return con_totales(Tabla(columnas, filas, titulo=titulo, notas=notas))


def con_totales(tabla: Tabla) -> Tabla:
    """Con la suma de sus columnas de números; igual, si no hay qué sumar."""
    sumas = _sumas(tabla, tabla.filas, "Total")
    return tabla if sumas is None else replace(tabla, totales=sumas)


def agrupada(tabla: Tabla, columna: int, *, subtotales: bool = False) -> Tabla:
    """La misma tabla con ``columna`` como encabezado de cada grupo, sin perder ni repetir filas.

    Los grupos salen en el orden en que aparecen, y dentro de cada uno las filas en el suyo.
    """

    def sin(fila: tuple) -> tuple:
        return (*fila[:columna], *fila[columna + 1 :])

    lugares: dict[str, list[int]] = {}
    for lugar, fila in enumerate(tabla.filas):
        lugares.setdefault(_rotulo(fila[columna]), []).append(lugar)
    orden = [lugar for suyos in lugares.values() for lugar in suyos]
    suelta = Tabla(
        sin(tabla.columnas),
        tuple(sin(tabla.filas[lugar]) for lugar in orden),
        titulo=tabla.titulo,
        totales=None if tabla.totales is None else sin(tabla.totales),
        notas=tabla.notas,
        combinar=tuple(c - (c > columna) for c in tabla.combinar if c != columna),
        enlaces=tuple(tabla.enlaces[lugar] for lugar in orden) if tabla.enlaces else (),
        agrupada_por=tabla.columnas[columna].titulo,
    )
    grupos, inicio = [], 0
    for rotulo, suyos in lugares.items():
        filas = suelta.filas[inicio : inicio + len(suyos)]
        grupos.append(Grupo(rotulo, len(suyos), _sumas(suelta, filas, "Subtotal") if subtotales else None))
        inicio += len(suyos)
    return replace(suelta, grupos=tuple(grupos))


def _rotulo(celda: Celda) -> str:
    return celda_escrita(celda) or "Sin dato"


def _sumas(tabla: Tabla, filas: tuple[tuple[Celda, ...], ...], rotulo: str) -> tuple[Celda, ...] | None:
    sumas: list[Celda] = []
    for indice, columna in enumerate(tabla.columnas):
        valores = [fila[indice] for fila in filas if fila[indice] not in (None, "")]
        suma = columna.clase == "numero" and not any(p in columna.titulo.casefold() for p in _NO_SE_SUMA)
        numeros = [v for v in valores if isinstance(v, int | float | Decimal) and not isinstance(v, bool)]
        sumas.append(sum(numeros) if suma and numeros and len(numeros) == len(valores) else None)
    if all(suma is None for suma in sumas):
        return None
    libre = next((i for i, suma in enumerate(sumas) if suma is None), None)
    if libre is not None:
        sumas[libre] = rotulo
    return tuple(sumas)
