"""Lo que la lista, el informe, el tablero y la hoja preguntan de los convenios, preguntado una vez."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from vinculacion.comision.estados import EstadoDeSesion, TipoDeSesion
from vinculacion.comision.models import Comision, Sesion
from vinculacion.nucleo.periodos import Periodo, hoy

from .estados import EN_TRAMITE, FIRMADAS, SIN_FIRMA, Ambito, Etapa, Gestion, Situacion, Vigencia
from .models import Actualizacion, CambioDeEtapa, Convenio, TipoInstrumento
from .permisos import solo_su_area
from .reglas import DIAS_POR_VENCER, DIAS_SIN_MOVIMIENTO

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class ConSituacion(TypedDict):
    situacion: str


class ConUltimoPaso(TypedDict):
    ultimo_paso: date


class ConCuadricula(TypedDict):
    de_la_cuadricula: list[Actualizacion]


def con_situacion(consulta: QuerySet[Convenio], fecha: date) -> "QuerySet[WithAnnotations[Convenio, ConSituacion]]":
    """Anota ``situacion`` en ``fecha``: el único lugar que decide qué es vigente, por vencer y vencido."""
    con_fecha = Q(vigencia=Vigencia.FECHA)
    return consulta.annotate(
        situacion=Case(
            When(etapa__in=EN_TRAMITE, then=Value(Situacion.TRAMITE.value)),
            When(etapa__in=SIN_FIRMA, then=Value(Situacion.SIN_FIRMA.value)),
            When(etapa=Etapa.CONCLUIDO, then=Value(Situacion.CONCLUIDO.value)),
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


def convenios_visibles(usuario) -> QuerySet[Convenio]:
    """Los que ``usuario`` puede ver, listos para una lista: tipo, contrapartes, áreas y situación de hoy."""
    consulta = con_situacion(Convenio.objects.all(), hoy()).select_related("tipo", "padre")
    # Lo que está en trámite va primero, igual en SQLite y en PostgreSQL.
    consulta = consulta.prefetch_related("contrapartes", "areas").order_by(
        F("fecha_firma").desc(nulls_first=True), "folio"
    )
    if solo_su_area(usuario):
        # Subconsulta, no cruce: la lista no repite filas ni estorba a otros filtros por área.
        de_su_area = Convenio.areas.through.objects.filter(area=usuario.area_id).values("convenio")
        consulta = consulta.filter(pk__in=de_su_area) if usuario.area_id else consulta.none()
    return consulta


def actualizaciones_visibles(usuario) -> QuerySet[Actualizacion]:
    consulta = Actualizacion.objects.select_related("convenio__tipo", "sesion__comision", "reporto").order_by(
        "-sesion__fecha_programada", "convenio__folio"
    )
    if solo_su_area(usuario):
        de_su_area = Convenio.areas.through.objects.filter(area=usuario.area_id).values("convenio")
        consulta = consulta.filter(convenio__in=de_su_area) if usuario.area_id else consulta.none()
    return consulta


def tipos_elegibles(actual: TipoInstrumento | None = None) -> QuerySet[TipoInstrumento]:
    """Los activos, y el que el registro ya tiene aunque se haya retirado."""
    return TipoInstrumento.objects.filter(Q(activo=True) | Q(pk=actual.pk if actual else None))


# -- cifras de un periodo o de un día -----------------------------------------


def suscritos(periodo: Periodo, ambito: str | None = None, gestion: str | None = None) -> QuerySet[Convenio]:
    """Firmados en ``periodo``, por fecha. Lanza ``ValueError`` si el ámbito o la gestión no existen."""
    consulta = Convenio.objects.filter(
        etapa__in=FIRMADAS, fecha_firma__gte=periodo.inicio, fecha_firma__lte=periodo.fin
    ).order_by("fecha_firma", "folio")
    for campo, valor, validos in (("ambito", ambito, Ambito), ("gestion", gestion, Gestion)):
        if valor:
            if valor not in validos.values:
                raise ValueError(f"«{valor}» no vale como {campo}; use {' o '.join(validos.values)}")
            consulta = consulta.filter(**{campo: valor})
    return consulta


def vigentes(fecha: date) -> QuerySet[Convenio]:
    """En vigor en ``fecha``, la que sea: firmados, ya en vigor, sin vencer y sin concluir ese día."""
    concluido = CambioDeEtapa.objects.filter(convenio=OuterRef("pk"), etapa=Etapa.CONCLUIDO, fecha__lte=fecha)
    return (
        Convenio.objects.filter(etapa__in=FIRMADAS, fecha_firma__lte=fecha)
        .exclude(vigencia_desde__gt=fecha)
        .filter(~Q(vigencia=Vigencia.FECHA) | Q(vigencia_hasta__gte=fecha))
        .filter(~Exists(concluido))
    )


def en_tramite(fecha: date) -> QuerySet[Convenio]:
    """Los que en ``fecha`` estaban en negociación, validación o suscripción, según sus pasos."""
    ultimo = CambioDeEtapa.objects.filter(convenio=OuterRef("pk"), fecha__lte=fecha).order_by("-fecha", "-pk")
    return Convenio.objects.annotate(etapa_entonces=Subquery(ultimo.values("etapa")[:1])).filter(
        etapa_entonces__in=EN_TRAMITE
    )


@dataclass(frozen=True)
class ConAvance:
    """Un convenio y las sesiones, en orden, en que reportó avance."""

    convenio: Convenio
    sesiones: tuple[Sesion, ...]


def actualizaciones_en(periodo: Periodo, comision: Comision | None = None) -> QuerySet[Actualizacion]:
    """Avances reportados en sesiones celebradas en ``periodo``; de una sola comisión si se dice cuál."""
    consulta = Actualizacion.objects.filter(
        sesion__estado=EstadoDeSesion.CELEBRADA,
        sesion__fecha_celebrada__gte=periodo.inicio,
        sesion__fecha_celebrada__lte=periodo.fin,
    )
    return consulta.filter(sesion__comision=comision) if comision is not None else consulta


def actualizados(periodo: Periodo, comision: Comision | None = None) -> list[ConAvance]:
    """En el orden de su primer reporte; a igual fecha, por folio."""
    consulta = (
        actualizaciones_en(periodo, comision)
        .select_related("convenio__tipo", "sesion")
        .prefetch_related("convenio__contrapartes__nombres")
        .order_by("sesion__fecha_celebrada", "sesion__pk", "convenio__folio")
    )
    por_convenio: dict[int, tuple[Convenio, list[Sesion]]] = {}
    for actualizacion in consulta:
        por_convenio.setdefault(actualizacion.convenio_id, (actualizacion.convenio, []))[1].append(actualizacion.sesion)
    return [ConAvance(convenio, tuple(sesiones)) for convenio, sesiones in por_convenio.values()]


# -- lo que pide atención -----------------------------------------------------


def por_vencer(consulta: QuerySet[Convenio], fecha: date) -> QuerySet[Convenio]:
    return con_situacion(consulta, fecha).filter(situacion=Situacion.POR_VENCER).order_by("vigencia_hasta", "folio")


def recien_vencidos(consulta: QuerySet[Convenio], fecha: date) -> QuerySet[Convenio]:
    """Vencidos hace poco y sin concluir: los antiguos no se avisan cada día."""
    return (
        con_situacion(consulta, fecha)
        .filter(situacion=Situacion.VENCIDO, vigencia_hasta__gte=fecha - timedelta(days=DIAS_POR_VENCER))
        .order_by("vigencia_hasta", "folio")
    )


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


# -- la cuadrícula instrumento × sesión ---------------------------------------


def sesiones_de_cuadricula(comision: Comision, anio: int) -> list[Sesion]:
    """Las ordinarias del año que no se cancelaron, y cualquier otra en que ya se reportó algo."""
    con_reporte = Actualizacion.objects.filter(sesion=OuterRef("pk"))
    return list(
        Sesion.objects.filter(comision=comision, anio=anio)
        .filter(Q(tipo=TipoDeSesion.ORDINARIA) & ~Q(estado=EstadoDeSesion.CANCELADA) | Q(Exists(con_reporte)))
        .order_by("fecha_programada", "numero")
    )


def convenios_de_cuadricula(
    usuario, sesiones: Iterable[Sesion], todos: bool = False
) -> "QuerySet[WithAnnotations[Convenio, ConCuadricula]]":
    """Los que podían reportar en alguna de esas sesiones: en vigor entonces, o que ya reportaron."""
    sesiones = list(sesiones)
    reportes = Actualizacion.objects.filter(sesion__in=sesiones)
    firmados = (
        convenios_visibles(usuario)
        .filter(etapa__in=FIRMADAS)
        .prefetch_related(Prefetch("actualizaciones", queryset=reportes, to_attr="de_la_cuadricula"))
        .order_by("tipo__nombre", "folio")
    )
    if not sesiones:
        return firmados.none()
    primera, ultima = min(s.fecha for s in sesiones), max(s.fecha for s in sesiones)
    firmados = firmados.filter(fecha_firma__lte=ultima)
    if todos:
        return firmados
    ya = reportes.values("convenio")
    return firmados.filter(
        Q(pk__in=vigentes(primera).values("pk")) | Q(pk__in=vigentes(ultima).values("pk")) | Q(pk__in=ya)
    )
