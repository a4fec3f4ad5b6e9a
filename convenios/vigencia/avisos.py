"""Lo que vence, en el inicio de quien lo atiende; si es mucho, un solo renglón por plazo."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import cuenta

from ..consultas import convenios_visibles
from ..models import Convenio
from ..permisos import VER
from . import consultas, reglas
from .permisos import DECIDIR

DE_UNO_EN_UNO = 5
CLASES = {
    reglas.VENCIDO: "Convenio vencido",
    30: "Convenio por vencer",
    60: "Convenio por vencer",
    90: "Convenio por vencer",
}
GRAVEDAD = {reglas.VENCIDO: "vencido", 30: "atencion", 60: "info", 90: "info"}
FRASES = {
    reglas.VENCIDO: "vencidos sin concluir",
    30: "que vencen en 30 días o menos",
    60: "que vencen en 31 a 60 días",
    90: "que vencen en 61 a 90 días",
}


@avisos
def de_vigencia(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(VER):
        return
    visibles = convenios_visibles(usuario).prefetch_related(None).select_related(None)
    cercanos = list(consultas.por_avisar(visibles.select_related("renovacion__sucesor"), fecha))
    if usuario.has_perm(DECIDIR):
        sin_decidir = [c for c in cercanos if consultas.por_decidir(c, fecha)]
        yield from _sin_decidir(sin_decidir)
        # De cada instrumento, un renglón: el que pide algo de quien lo lee.
        cercanos = [c for c in cercanos if c not in sin_decidir]
    for plazo, grupo in groupby(cercanos, key=lambda c: reglas.plazo(c.vigencia_hasta or fecha, fecha)):
        yield from _de_un_plazo(plazo or reglas.VENCIDO, list(grupo))


def _sin_decidir(convenios: list[Convenio]) -> Iterator[Aviso]:
    if len(convenios) > DE_UNO_EN_UNO:
        cuantos = cuenta(len(convenios), "instrumento", "instrumentos")
        url = reverse("convenios:vencimientos")
        yield Aviso("Renovación sin decidir", f"{cuantos} por vencer o vencidos", url, _primera(convenios), "atencion")
        return
    for c in convenios:
        renovacion = reglas.renovacion_de(c)
        url = (renovacion or c).get_absolute_url()
        yield Aviso("Renovación sin decidir", c.titulo, url, c.vigencia_hasta, "atencion")


def _de_un_plazo(plazo: int, convenios: list[Convenio]) -> Iterator[Aviso]:
    if len(convenios) > DE_UNO_EN_UNO:
        clave = "vencidos" if plazo == reglas.VENCIDO else str(plazo)
        url = f"{reverse('convenios:vencimientos')}?grupo={clave}"
        titulo = f"{cuenta(len(convenios), 'convenio', 'convenios')} {FRASES[plazo]}"
        yield Aviso(CLASES[plazo], titulo, url, _primera(convenios), GRAVEDAD[plazo])
        return
    for c in convenios:
        yield Aviso(CLASES[plazo], c.titulo, c.get_absolute_url(), c.vigencia_hasta, GRAVEDAD[plazo])


def _primera(convenios: Iterable[Convenio]) -> date | None:
    return min((c.vigencia_hasta for c in convenios if c.vigencia_hasta), default=None)
