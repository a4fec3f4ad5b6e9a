"""Las metas de un plan en una sola tabla, listas para pintarse."""

from collections.abc import Iterable
from dataclasses import dataclass

from programas import consultas as de_programas
from programas.models import Accion, Eje, Programa
from vinculacion.nucleo.palabras import mes

from . import consultas


@dataclass(frozen=True)
class Celda:
    trimestre: int
    cantidad: int | None
    meses: tuple[int | None, ...]  # las tres; None si no se reparte
    marcados: tuple[bool, ...]  # los del cronograma
    antes: str  # lo que decía el plan al aprobarse, si ya no lo dice

    @property
    def meses_cortos(self) -> str:
        """Los marcados en el cronograma: «ene–mar», «feb, mar»."""
        nombres = [mes(3 * self.trimestre - 2 + n)[:3] for n, marcado in enumerate(self.marcados) if marcado]
        return f"{nombres[0]}–{nombres[-1]}" if len(nombres) == 3 else ", ".join(nombres)


@dataclass(frozen=True)
class Fila:
    accion: Accion
    celdas: tuple[Celda, ...]

    @property
    def anual(self) -> int | None:
        return self.accion.programado

    @property
    def reprogramada(self) -> bool:
        return any(c.antes for c in self.celdas)


@dataclass(frozen=True)
class Grupo:
    """Un eje con sus acciones."""

    eje: Eje
    filas: tuple[Fila, ...]

    @property
    def subtotal(self) -> tuple[int, ...] | None:
        """Por trimestre y del año; sólo si hay qué sumar y todas se miden en lo mismo."""
        con_cantidad = [f for f in self.filas if f.anual is not None]
        if len(con_cantidad) < 2 or len({f.accion.unidad.strip().lower() for f in con_cantidad}) > 1:
            return None
        por_trimestre = [sum(f.celdas[n].cantidad or 0 for f in con_cantidad) for n in range(4)]
        return (*por_trimestre, sum(por_trimestre))

    @property
    def unidad(self) -> str:
        return next((f.accion.unidad for f in self.filas if f.anual is not None), "")


def grupos(programa: Programa) -> list[Grupo]:
    """Cada eje con sus metas, en un número fijo de consultas."""
    originales = consultas.originales(programa)
    acciones = list(de_programas.acciones().filter(eje__programa=programa))
    return [
        Grupo(eje, tuple(_fila(a, originales) for a in acciones if a.eje_id == eje.pk))
        for eje in programa.ejes.order_by("numero")
    ]


def _fila(accion: Accion, originales: dict[tuple[int, int], str]) -> Fila:
    metas = {m.trimestre: m for m in accion.metas.all()}
    celdas = []
    for n in range(1, 5):
        meta = metas.get(n)
        celdas.append(
            Celda(
                n,
                meta.cantidad if meta else None,
                (meta.meses if meta else None) or (None,) * 3,
                tuple(m in accion.meses for m in range(3 * n - 2, 3 * n + 1)),
                originales.get((accion.pk, n), ""),
            )
        )
    return Fila(accion, tuple(celdas))


def hay_meses(de: Iterable[Grupo]) -> bool:
    return any(m is not None for g in de for f in g.filas for c in f.celdas for m in c.meses)
