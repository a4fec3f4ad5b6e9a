"""Lo que la lista, el informe, el tablero y la hoja preguntan de los convenios, preguntado una vez."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from vinculacion.nucleo.periodos import Periodo, hoy

from .estados import EN_TRAMITE, FIRMADAS, SIN_FIRMA, Ambito, Etapa, Gestion, Situacion, Vigencia
from .models import CambioDeEtapa, Convenio, TipoInstrumento
from .permisos import solo_su_area
from .reglas import DIAS_POR_VENCER, DIAS_SIN_MOVIMIENTO

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class ConSituacion(TypedDict):
    situacion: str


class ConEtapaEntonces(TypedDict):
    etapa_entonces: str | None


class ConUltimoPaso(TypedDict):
    ultimo_paso: date


def con_situacion(
    consulta: QuerySet[Convenio], fecha: date, *, etapa: str = "etapa"
) -> "QuerySet[WithAnnotations[Convenio, ConSituacion]]":
    """Anota ``situacion`` en ``fecha``: el único lugar que decide qué es vigente, por vencer y vencido.

    ``etapa`` es el campo que dice en cuál está: la de hoy, o ``etapa_entonces`` (ver ``situacion_en``).
    """
    con_fecha = Q(vigencia=Vigencia.FECHA)
    return consulta.annotate(
        situacion=Case(
            When(**{f"{etapa}__isnull": True}, then=Value("")),
            When(**{f"{etapa}__in": EN_TRAMITE}, then=Value(Situacion.TRAMITE.value)),
            When(**{f"{etapa}__in": SIN_FIRMA}, then=Value(Situacion.SIN_FIRMA.value)),
            When(**{etapa: Etapa.CONCLUIDO}, then=Value(Situacion.CONCLUIDO.value)),
            When(vigencia_desde__gt=fecha, then=Value(Situacion.POR_INICIAR.value)),
            When(con_fecha & Q(vigencia_hasta__lt=fecha), then=Value(Situacion.VENCIDO.value)),
            When(
                con_fecha & Q(vigencia_hasta__lte=fecha + timedelta(days=DIAS_POR_VENCER)),
                then=Value(Situacion.POR_VENCER.value),
            ),
            default=Value(Situacion.VIGENTE.value),
            output_field=CharField(),
        )
    )


def _ultimo_paso(fecha: date, campo: str) -> Subquery:
    pasos = CambioDeEtapa.objects.filter(convenio=OuterRef("pk"), fecha__lte=fecha).order_by("-fecha", "-pk")
    return Subquery(pasos.values(campo)[:1])


def con_etapa_en(consulta: QuerySet[Convenio], fecha: date) -> "QuerySet[WithAnnotations[Convenio, ConEtapaEntonces]]":
    """Anota ``etapa_entonces``: la de su último paso hasta ``fecha``; ``None`` si aún no existía."""
    return consulta.annotate(etapa_entonces=_ultimo_paso(fecha, "etapa"))


def con_desde(consulta: QuerySet[Any], fecha: date) -> QuerySet[Any]:
    """Anota ``desde``: la fecha de su último paso hasta ``fecha``, desde cuándo estaba en su etapa."""
    return consulta.annotate(desde=_ultimo_paso(fecha, "fecha"))


def situacion_en(consulta: QuerySet[Convenio], fecha: date) -> "QuerySet[WithAnnotations[Convenio, ConSituacion]]":
    """Anota la ``situacion`` que tenía en ``fecha``, según sus pasos; vacía si aún no existía."""
    return con_situacion(con_etapa_en(consulta, fecha), fecha, etapa="etapa_entonces")


def convenios_visibles(usuario) -> QuerySet[Convenio]:
    """Los que ``usuario`` puede ver, listos para una lista: tipo, contrapartes, áreas y situación de hoy."""
    consulta = con_situacion(Convenio.objects.all(), hoy()).select_related("tipo", "padre")
    # Lo que está en trámite va primero, igual en SQLite y en PostgreSQL.
    consulta = consulta.prefetch_related("contrapartes", "areas").order_by(
        F("fecha_firma").desc(nulls_first=True), "folio"
    )
    if solo_su_area(usuario):
        suyos = de_su_area(usuario)
        # La hoja de cálculo no sabe quién la baja: aquí queda dicho qué origen no debe nombrar.
        oculto = Q(padre__isnull=False) & ~Q(padre__in=suyos)
        consulta = consulta.filter(pk__in=suyos).annotate(padre_oculto=oculto)
    return consulta


def de_su_area(usuario) -> QuerySet:
    """Las llaves de los instrumentos de su área. Subconsulta, no cruce: la lista que la usa no repite filas."""
    propios = Convenio.areas.through.objects.filter(area=usuario.area_id)
    return (propios if usuario.area_id else propios.none()).values("convenio")


def tipos_elegibles(actual: TipoInstrumento | None = None) -> QuerySet[TipoInstrumento]:
    """Los activos, y el que el registro ya tiene aunque se haya retirado."""
    return TipoInstrumento.objects.filter(Q(activo=True) | Q(pk=actual.pk if actual else None))


# -- cifras de un periodo o de un día -----------------------------------------


def corte_de(periodo: Periodo) -> date:
    """El último día del periodo que ya llegó: nadie sabe cómo va a terminar uno en curso."""
    return max(periodo.inicio, min(periodo.fin, hoy()))


def acotados(consulta: QuerySet[Convenio], *, ambito: str | None = "", gestion: str | None = "") -> QuerySet[Convenio]:
    """Los de ese ámbito y esa gestión, si se dicen. Lanza ``ValueError`` si no existen."""
    for campo, valor, validos in (("ambito", ambito, Ambito), ("gestion", gestion, Gestion)):
        if valor:
            if valor not in validos.values:
                raise ValueError(f"«{valor}» no vale como {campo}; use {' o '.join(validos.values)}")
            consulta = consulta.filter(**{campo: valor})
    return consulta


def suscritos(
    periodo: Periodo, ambito: str | None = None, gestion: str | None = None, consulta: QuerySet[Convenio] | None = None
) -> QuerySet[Convenio]:
    """Firmados en ``periodo``, por fecha."""
    todos = acotados(Convenio.objects.all() if consulta is None else consulta, ambito=ambito, gestion=gestion)
    firmados = todos.filter(etapa__in=FIRMADAS, fecha_firma__gte=periodo.inicio, fecha_firma__lte=periodo.fin)
    return firmados.order_by("fecha_firma", "folio")


def vigentes(fecha: date, consulta: QuerySet[Convenio] | None = None) -> QuerySet[Convenio]:
    """En vigor en ``fecha``, la que sea: firmados, ya en vigor, sin vencer y sin concluir ese día."""
    firmados = (Convenio.objects.all() if consulta is None else consulta).filter(fecha_firma__lte=fecha)
    return situacion_en(firmados, fecha).filter(situacion__in=(Situacion.VIGENTE, Situacion.POR_VENCER))


def vigentes_entre(inicio: date, fin: date, consulta: QuerySet[Convenio]) -> QuerySet[Convenio]:
    """En vigor algún día de ``inicio`` a ``fin``, ambos incluidos."""
    firmado_entonces = CambioDeEtapa.objects.filter(
        convenio=OuterRef("pk"), etapa=Etapa.SUSCRITO, fecha__gte=inicio, fecha__lte=fin
    )
    return (
        con_etapa_en(consulta.filter(fecha_firma__lte=fin), inicio)
        .filter(Q(etapa_entonces=Etapa.SUSCRITO) | Exists(firmado_entonces))
        .exclude(vigencia_desde__gt=fin)
        .filter(~Q(vigencia=Vigencia.FECHA) | Q(vigencia_hasta__gte=inicio))
    )


def en_tramite(fecha: date, consulta: QuerySet[Convenio] | None = None) -> QuerySet[Convenio]:
    """Los que en ``fecha`` estaban en negociación, validación o suscripción, según sus pasos."""
    todos = Convenio.objects.all() if consulta is None else consulta
    return con_etapa_en(todos, fecha).filter(etapa_entonces__in=EN_TRAMITE)


# -- lo que pide atención -----------------------------------------------------


def detenidos(consulta: QuerySet[Convenio], fecha: date) -> "QuerySet[WithAnnotations[Convenio, ConUltimoPaso]]":
    """En trámite y sin un paso nuevo en mucho tiempo; anota ``ultimo_paso``."""
    return (
        consulta.filter(etapa__in=EN_TRAMITE)
        .annotate(ultimo_paso=Max("cambios__fecha", output_field=DateField()))
        .filter(ultimo_paso__lt=fecha - timedelta(days=DIAS_SIN_MOVIMIENTO))
        .order_by("ultimo_paso", "folio")
    )


# -- la familia de un instrumento ---------------------------------------------


@dataclass(frozen=True)
class Nodo:
    convenio: Convenio
    hijos: tuple["Nodo", ...]


def familia(convenio: Convenio, usuario) -> Nodo | None:
    """El árbol entero al que pertenece, hasta donde ``usuario`` puede ver; ``None`` si está solo."""
    visibles = convenios_visibles(usuario).order_by("fecha_firma", "folio")
    raiz = convenio
    while raiz.padre_id and (padre := visibles.filter(pk=raiz.padre_id).first()):
        raiz = padre
    de_quien: dict[int | None, list[Convenio]] = {}
    nivel, vistos = [raiz.pk], {raiz.pk}
    while nivel:
        hijos = [h for h in visibles.filter(padre__in=nivel) if h.pk not in vistos]
        for hijo in hijos:
            de_quien.setdefault(hijo.padre_id, []).append(hijo)
        nivel = [h.pk for h in hijos]
        vistos.update(nivel)

    def nodo(c: Convenio) -> Nodo:
        return Nodo(c, tuple(nodo(h) for h in de_quien.get(c.pk, ())))

    return nodo(raiz) if len(vistos) > 1 else None
