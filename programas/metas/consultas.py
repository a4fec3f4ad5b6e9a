"""Las metas de un plan vistas de una vez: su fotografía, sus candados, sus reprogramaciones y su peso."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from programas.consultas import AvanceDeEje, ponderado
from programas.models import Accion, Candado, Programa, Reprogramacion, TextoDePrograma
from vinculacion.nucleo.palabras import enumera, mes, numero


def foto(accion: Accion) -> dict[str, Any]:
    """Las metas como se guardan en una reprogramación; un trimestre sin meta no aparece."""
    return {
        "metas": {
            str(m.trimestre): {"cantidad": m.cantidad, "meses": list(m.meses) if m.meses else None}
            for m in sorted(accion.metas.all(), key=lambda m: m.trimestre)
        },
        "meses": sorted(accion.meses),
    }


@dataclass(frozen=True)
class Cambio:
    """Un renglón de una reprogramación: qué decía y qué dice, ya escrito."""

    trimestre: int | None  # None: los meses marcados del cronograma
    antes: str
    despues: str

    @property
    def cambia(self) -> bool:
        return self.antes != self.despues


SIN_META = "sin meta"


def escrita(meta: dict[str, Any] | None) -> str:
    """«4», o «4 (1 + 1 + 2)» si se reparte por mes."""
    if meta is None:
        return SIN_META
    reparto = f" ({' + '.join(numero(m) for m in meta['meses'])})" if meta["meses"] else ""
    return f"{numero(meta['cantidad'])}{reparto}"


def cambios(reprogramacion: Reprogramacion) -> list[Cambio]:
    """Los cuatro trimestres, y los meses marcados si alguno los tiene."""
    antes, despues = reprogramacion.antes, reprogramacion.despues
    renglones = [
        Cambio(n, escrita(antes["metas"].get(str(n))), escrita(despues["metas"].get(str(n)))) for n in range(1, 5)
    ]
    if antes["meses"] or despues["meses"]:
        renglones.append(Cambio(None, *(enumera([mes(m) for m in f["meses"]]) or "ninguno" for f in (antes, despues))))
    return renglones


def originales(programa: Programa) -> dict[tuple[int, int], str]:
    """(acción, trimestre) → lo que decía el plan al aprobarse, sólo donde hoy dice otra cosa."""
    primeras: dict[int, Reprogramacion] = {}
    ultimas: dict[int, Reprogramacion] = {}
    for una in programa_reprogramado(programa):
        primeras.setdefault(una.accion_id, una)
        ultimas[una.accion_id] = una
    return {
        (accion, n): escrita(primera.antes["metas"].get(str(n)))
        for accion, primera in primeras.items()
        for n in range(1, 5)
        if primera.antes["metas"].get(str(n)) != ultimas[accion].despues["metas"].get(str(n))
    }


def programa_reprogramado(programa: Programa) -> QuerySet[Reprogramacion]:
    """En el orden en que se hicieron."""
    return reprogramaciones_de(programa).order_by("pk")


def candados(programa: Programa) -> dict[int, Candado]:
    """Trimestre → su candado; el que nunca se ha cerrado no aparece."""
    return {c.trimestre: c for c in programa.candados.all()}


def cerrados(programa: Programa) -> dict[int, Candado]:
    return {n: c for n, c in candados(programa).items() if c.cerrado}


def pasos_de_candados(programa: Programa) -> dict[int, list]:
    """Trimestre → cada vez que se cerró o se abrió, de la última a la primera."""
    pasos: dict[int, list] = {}
    for paso in Candado.history.filter(programa=programa).select_related("history_user").order_by("-history_id"):
        pasos.setdefault(paso.trimestre, []).append(paso)
    return pasos


def reprogramaciones() -> QuerySet[Reprogramacion]:
    """De la primera a la última: así una hoja exportada puede repetirse en otro sistema."""
    return Reprogramacion.objects.select_related("accion__eje__programa", "acuerdo").order_by("fecha", "pk")


def reprogramaciones_de(programa: Programa) -> QuerySet[Reprogramacion]:
    return reprogramaciones().filter(accion__eje__programa=programa)


def textos() -> QuerySet[TextoDePrograma]:
    return TextoDePrograma.objects.select_related("programa").order_by(
        "-programa__anio", "programa__clave", "lugar", "orden", "pk"
    )


def cumplimiento_ponderado(programa: Programa, ejes: Iterable[AvanceDeEje]) -> dict[Any, Decimal | None]:
    """Porciento de la meta del año, pesado: una entrada por ``eje.pk`` y otra, ``"programa"``.

    Σ peso × min(alcanzado / programado, 1). Sin pesos, todas pesan igual. Lo que no tiene
    cantidad programada no entra y los demás se reparten su peso; ``None`` si nada la tiene.
    """
    resultado: dict[Any, Decimal | None] = {}
    de_ejes = []
    for eje in ejes:
        valor = ponderado([(a.accion.peso, a.cumplido) for a in eje.acciones])
        resultado[eje.eje.pk] = valor
        de_ejes.append((eje.eje.peso, valor))
    resultado["programa"] = ponderado(de_ejes)
    return resultado
