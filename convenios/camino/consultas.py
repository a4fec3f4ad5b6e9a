"""El camino recorrido por un instrumento: sus etapas, sus pasos con los días entre ellos y lo que se deshizo."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ..documentos.consultas import con_firmado
from ..estados import CAMINO, FIRMADAS, PASOS, Etapa
from ..models import CambioDeEtapa, Convenio
from . import reglas


@dataclass(frozen=True)
class Tramo:
    """Un paso y los días que duró su etapa; los del último corren hasta hoy, si la etapa sigue corriendo."""

    paso: CambioDeEtapa
    dias: int | None
    ultimo: bool


@dataclass(frozen=True)
class PasoPosible:
    etapa: str
    nombre: str
    requisitos: list[reglas.Requisito]
    pide_nota: str

    @property
    def listo(self) -> bool:
        return all(r.cumplido for r in self.requisitos)


def etapas(convenio: Convenio) -> list[dict[str, Any]]:
    """Las cinco etapas del camino, cada una con su última fecha y si ya pasó."""
    ultimas = {c.etapa: c.fecha for c in convenio.cambios.all()}
    en_camino = convenio.etapa in CAMINO
    actual = CAMINO.index(Etapa(convenio.etapa)) if en_camino else -1
    pasos = [
        {
            "nombre": etapa.label,
            "fecha": ultimas.get(etapa) if n <= actual or not en_camino else None,
            "marca": "actual" if n == actual else "hecha" if n < actual or (not en_camino and etapa in ultimas) else "",
        }
        for n, etapa in enumerate(CAMINO)
    ]
    if not en_camino:
        pasos = [p for p in pasos if p["marca"]]
        pasos.append({"nombre": convenio.get_etapa_display(), "fecha": ultimas.get(convenio.etapa), "marca": "actual"})
    return pasos


def tramos(convenio: Convenio, hoy: date) -> list[Tramo]:
    """Del primero al último. Donde el camino terminó ya no se cuentan días."""
    pasos = list(convenio.cambios.select_related("por"))
    fines = [p.fecha for p in pasos[1:]] + [hoy if PASOS[convenio.etapa] and convenio.etapa != Etapa.SUSCRITO else None]
    return [
        Tramo(paso, (fin - paso.fecha).days if fin is not None else None, n == len(pasos))
        for n, (paso, fin) in enumerate(zip(pasos, fines, strict=True), start=1)
    ]


def deshechos(convenio: Convenio) -> QuerySet:
    """Los pasos que se quitaron, lo más reciente primero; viven sólo en la historia."""
    historia = CambioDeEtapa.history.filter(convenio=convenio.pk, history_type="-")
    return historia.select_related("history_user").order_by("-history_date", "-history_id")


def pasos_posibles(convenio: Convenio, fecha: date) -> list[PasoPosible]:
    """A qué etapas puede ir, con todo lo que pide cada una en ``fecha``."""
    return [
        PasoPosible(
            etapa,
            Etapa(etapa).label,
            reglas.requisitos(convenio, etapa, fecha),
            reglas.pide_nota(convenio, etapa, fecha),
        )
        for etapa in PASOS[convenio.etapa]
    ]


def sin_archivo_firmado(consulta: QuerySet[Convenio]) -> QuerySet[Convenio]:
    """Los ya firmados a los que les falta el archivo con las firmas; los históricos no lo deben."""
    primero = CambioDeEtapa.objects.filter(convenio=OuterRef("pk")).order_by("fecha", "pk").values("etapa")[:1]
    return (
        consulta.filter(etapa__in=FIRMADAS)
        .annotate(primera_etapa=Subquery(primero))
        .exclude(primera_etapa__in=FIRMADAS)
        .filter(~Exists(con_firmado().filter(convenio=OuterRef("pk"))))
        .order_by("fecha_firma", "folio")
    )
