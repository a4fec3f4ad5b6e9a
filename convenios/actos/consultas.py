"""Los actos que preguntan la lista, el informe, el calendario y los avisos."""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Prefetch, Q, QuerySet

from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.texto import busca

from ..consultas import convenios_visibles
from ..estados import SIN_FIRMA, Ambito, Asistio, EstadoDeActo
from ..models import ActoProtocolario, Convenio, InvitadoDeActo
from ..permisos import solo_su_area

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def actos_visibles(usuario) -> QuerySet[ActoProtocolario]:
    """Los que ``usuario`` puede ver; de sus instrumentos trae sólo los que también puede ver.

    Todo lo que enseña un acto (lista, detalle, hoja, calendario) lee ``convenios.all()`` de aquí: el
    instrumento de otra área no llega a salir.
    """
    visibles = convenios_visibles(usuario).order_by("folio")
    consulta = ActoProtocolario.objects.prefetch_related(
        Prefetch("convenios", visibles.select_related("tipo").prefetch_related(None))
    )
    if solo_su_area(usuario):
        consulta = consulta.filter(pk__in=de_convenios(visibles))
    return consulta


def de_convenios(convenios: QuerySet[Convenio]) -> QuerySet:
    """Los ids de sus actos, como subconsulta: no repite filas."""
    puente = ActoProtocolario.convenios.through.objects
    return puente.filter(convenio__in=convenios.order_by().values("pk")).values("actoprotocolario")


def ajenos(acto: ActoProtocolario) -> int:
    """Cuántos instrumentos tiene además de los que trae."""
    total = ActoProtocolario.convenios.through.objects.filter(actoprotocolario=acto.pk).count()
    return total - len(acto.convenios.all())


def busca_actos(usuario, texto: str) -> QuerySet[ActoProtocolario]:
    """Por lo que dice el acto o por los instrumentos que ``usuario`` puede ver."""
    todos = actos_visibles(usuario)
    por_acto = busca(todos, ("titulo", "lugar"), texto).values("pk")
    por_convenio = de_convenios(busca(convenios_visibles(usuario), ("folio", "titulo"), texto))
    return todos.filter(pk__in=por_acto) | todos.filter(pk__in=por_convenio)


def celebrados(periodo: Periodo, ambito: str = "") -> QuerySet[ActoProtocolario]:
    """Los del periodo, por fecha; de un ámbito si alguno de sus instrumentos es de él."""
    consulta = ActoProtocolario.objects.filter(
        estado=EstadoDeActo.CELEBRADO, fecha__gte=periodo.inicio, fecha__lte=periodo.fin
    ).order_by("fecha", "hora", "pk")
    if not ambito:
        return consulta
    if ambito not in Ambito.values:
        raise ValueError(f"«{ambito}» no vale como ámbito; use {' o '.join(Ambito.values)}")
    return consulta.filter(pk__in=de_convenios(Convenio.objects.filter(ambito=ambito)))


# -- lo que pide atención ------------------------------------------------------


class ConObjeto(TypedDict):
    sin_objeto: bool


def programados(consulta: QuerySet[ActoProtocolario]) -> "QuerySet[WithAnnotations[ActoProtocolario, ConObjeto]]":
    """Por fecha; ``sin_objeto``: uno de sus instrumentos después no se firmó."""
    suyos = de_convenios(Convenio.objects.filter(etapa__in=SIN_FIRMA))
    todos = consulta.filter(estado=EstadoDeActo.PROGRAMADO).annotate(sin_objeto=Q(pk__in=suyos))
    return todos.order_by("fecha", "hora", "pk")


# -- invitados -----------------------------------------------------------------


def invitados(acto: ActoProtocolario) -> QuerySet[InvitadoDeActo]:
    return acto.invitados.select_related("organismo", "area").order_by("orden", "pk")


def invitados_visibles(usuario) -> QuerySet[InvitadoDeActo]:
    de_actos = actos_visibles(usuario).order_by().values("pk")
    consulta = InvitadoDeActo.objects.select_related("acto", "organismo", "area").filter(acto__in=de_actos)
    return consulta.order_by("-acto__fecha", "acto", "orden", "pk")


def asistencia(lista: list[InvitadoDeActo]) -> tuple[int, int]:
    """(cuántos fueron o enviaron representante, de cuántos se anotó algo)."""
    anotados = [i.asistio for i in lista if i.asistio != Asistio.SIN_ANOTAR]
    return sum(a in (Asistio.SI, Asistio.REPRESENTADO) for a in anotados), len(anotados)


def con_lista(usuario) -> QuerySet[ActoProtocolario]:
    """Los actos que ya tienen invitados, para copiarlos; del más reciente al más antiguo."""
    consulta = actos_visibles(usuario).prefetch_related(None)
    return consulta.annotate(cuantos=Count("invitados")).filter(cuantos__gt=0).order_by("-fecha", "-pk")
