"""Las observaciones como las enseñan la lista, el informe, los avisos y el documento."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from .. import arbol
from ..estados import CONGELADOS, EstadoDeObservacion
from ..models import Informe, Observacion
from . import referencia

TODO_EL_INFORME = "Todo el informe"
REABIERTA = "Reabierta el "  # así empieza la razón que se agrega al texto
RESPONDIDAS = (EstadoDeObservacion.ATENDIDA, EstadoDeObservacion.NO_PROCEDE)


def observaciones() -> QuerySet[Observacion]:
    return Observacion.objects.select_related(
        "informe", "apartado", "oficina", "autor", "respondio", "version_vista"
    ).order_by("informe", "creado", "pk")


def donde(observacion: Observacion) -> str:
    """El apartado como se llama hoy, o el que había si ya no está."""
    if observacion.apartado is not None:
        return observacion.apartado.titulo
    return f"{observacion.lugar} (ya no está en el informe)" if observacion.lugar else TODO_EL_INFORME


@dataclass(frozen=True)
class Cuentas:
    total: int
    abiertas: int
    atendidas: int
    no_proceden: int


def cuentas(informe: Informe) -> Cuentas:
    """Las retiradas no cuentan."""
    suyas = informe.observaciones.exclude(estado=EstadoDeObservacion.RETIRADA)
    return Cuentas(
        **suyas.aggregate(
            total=Count("pk"),
            abiertas=Count("pk", filter=Q(estado=EstadoDeObservacion.ABIERTA)),
            atendidas=Count("pk", filter=Q(estado=EstadoDeObservacion.ATENDIDA)),
            no_proceden=Count("pk", filter=Q(estado=EstadoDeObservacion.NO_PROCEDE)),
        )
    )


def por_responder() -> Iterator[tuple[Informe, int]]:
    """Los informes con observaciones abiertas, con cuántas."""
    hallados = (
        Informe.objects.exclude(estado__in=CONGELADOS)
        .annotate(abiertas=Count("observaciones", filter=Q(observaciones__estado=EstadoDeObservacion.ABIERTA)))
        .filter(abiertas__gt=0)
    )
    yield from ((informe, informe.abiertas) for informe in hallados)


def en_orden(informe: Informe, estados: Iterable[str] = ()) -> list[tuple[str, Observacion]]:
    """(apartado con su número, observación) en el orden del informe: primero las de todo él, al final las sin lugar."""
    nodos = arbol.en_orden(informe)
    lugar = {nodo.apartado.pk: n for n, nodo in enumerate(nodos)}
    rotulo = {nodo.apartado.pk: f"{nodo.numero} {nodo.apartado.titulo}".strip() for nodo in nodos}
    suyas = observaciones().filter(informe=informe)
    suyas = suyas.filter(estado__in=estados) if estados else suyas.exclude(estado=EstadoDeObservacion.RETIRADA)

    def llave(observacion: Observacion) -> tuple:
        if observacion.apartado_id is None:
            return (len(nodos) if observacion.lugar else -1, observacion.creado)
        return (lugar.get(observacion.apartado_id, len(nodos)), observacion.creado)

    return [(rotulo.get(o.apartado_id or 0) or donde(o), o) for o in sorted(suyas, key=llave)]


@dataclass(frozen=True)
class PasoDelHilo:
    que: str
    quien: str
    cuando: Any
    texto: str
    enlace: tuple[str, int] | None = None


def hilo(observacion: Observacion) -> list[PasoDelHilo]:
    """Lo que se dijo y se contestó, en orden, de la historia del registro: una consulta."""
    pasos: list[PasoDelHilo] = []
    previo = None
    for foto in observacion.history.select_related("history_user").order_by("history_date", "history_id"):
        quien = foto.history_user.cargo or str(foto.history_user) if foto.history_user else "el sistema"
        if previo is None:
            pasos.append(PasoDelHilo("Se observó", quien, foto.history_date, foto.texto))
        elif foto.estado in RESPONDIDAS and (foto.estado, foto.respuesta) != (previo.estado, previo.respuesta):
            texto, titulo, clave = referencia.separar(foto.respuesta)
            que = EstadoDeObservacion(foto.estado).label
            pasos.append(PasoDelHilo(que, quien, foto.history_date, texto, (titulo, clave) if clave else None))
        elif foto.estado != previo.estado and foto.estado == EstadoDeObservacion.ABIERTA:
            razon = foto.texto.removeprefix(previo.texto).strip()
            if razon.startswith(REABIERTA):
                razon = razon.partition(": ")[2]
            pasos.append(PasoDelHilo("Se reabrió", quien, foto.history_date, razon))
        elif foto.estado == EstadoDeObservacion.RETIRADA != previo.estado:
            pasos.append(PasoDelHilo("Se retiró", quien, foto.history_date, ""))
        elif (foto.texto, foto.cita) != (previo.texto, previo.cita):
            if len(pasos) == 1:  # nadie había contestado a lo de antes
                pasos[0] = replace(pasos[0], texto=foto.texto)
            else:
                pasos.append(PasoDelHilo("Se corrigió", quien, foto.history_date, foto.texto))
        previo = foto
    return pasos


def por_apartado(informe: Informe) -> dict[int, list[Observacion]]:
    """Las que se leen junto a su apartado; las retiradas, no."""
    suyas: dict[int, list[Observacion]] = {}
    for observacion in observaciones().filter(informe=informe).exclude(estado=EstadoDeObservacion.RETIRADA):
        if observacion.apartado_id:
            suyas.setdefault(observacion.apartado_id, []).append(observacion)
    return suyas
