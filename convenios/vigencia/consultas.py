"""Lo que vence, en qué va su renovación y qué sigue; lo preguntan la página, los avisos, el correo y el informe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone

from vinculacion.nucleo.periodos import Periodo, hoy

from .. import consultas as de_convenios
from ..consultas import con_situacion, convenios_visibles
from ..estados import FIRMADAS, SIN_FIRMA, Decision, EstadoDeCompromiso, Etapa, Situacion, Vigencia
from ..models import CambioDeEtapa, Convenio, Renovacion
from ..permisos import solo_su_area
from . import reglas


class Grupo(TextChoices):
    """En qué parte de la página va cada instrumento, de lo más urgente a lo que no vence."""

    VENCIDOS = "vencidos", "Vencidos sin concluir"
    EN_30 = "30", "Vencen en 30 días o menos"
    EN_60 = "60", "Vencen en 31 a 60 días"
    EN_90 = "90", "Vencen en 61 a 90 días"
    DESPUES = "despues", "Vencen después"
    COMPROMISOS = "compromisos", "Hasta cumplir los compromisos"
    INDEFINIDOS = "indefinidos", "De vigencia indefinida"


def grupo(convenio: Convenio, fecha: date) -> Grupo:
    if convenio.vigencia_hasta is None:
        return Grupo.COMPROMISOS if convenio.vigencia == Vigencia.COMPROMISOS else Grupo.INDEFINIDOS
    plazo = reglas.plazo(convenio.vigencia_hasta, fecha)
    if plazo == reglas.VENCIDO:
        return Grupo.VENCIDOS
    return Grupo(str(plazo)) if plazo else Grupo.DESPUES


# -- en qué va la renovación -------------------------------------------------------


class EstadoDeRenovacion(TextChoices):
    NO_APLICA = "no_aplica", "No vence"
    SIN_INICIAR = "sin_iniciar", "Sin iniciar"
    EN_ESTUDIO = "estudio", "En estudio"
    NO_SE_RENUEVA = "no_renueva", "No se renueva"
    FALTA_SUCESOR = "falta_sucesor", "Se renueva, sin sucesor"
    EN_TRAMITE = "tramite", "Se renueva, sucesor en trámite"
    SUCESOR_CAIDO = "caido", "Se renueva, el sucesor no se firmó"
    RENOVADO = "renovado", "Renovado"


COLORES = {
    EstadoDeRenovacion.NO_APLICA: "",
    EstadoDeRenovacion.SIN_INICIAR: "",
    EstadoDeRenovacion.EN_ESTUDIO: "azul",
    EstadoDeRenovacion.NO_SE_RENUEVA: "",
    EstadoDeRenovacion.FALTA_SUCESOR: "ambar",
    EstadoDeRenovacion.EN_TRAMITE: "azul",
    EstadoDeRenovacion.SUCESOR_CAIDO: "rojo",
    EstadoDeRenovacion.RENOVADO: "verde",
}
SIN_DECIDIR = (EstadoDeRenovacion.SIN_INICIAR, EstadoDeRenovacion.EN_ESTUDIO)


def estado_de(convenio: Convenio, al: date | None = None) -> EstadoDeRenovacion:
    """Cómo va su renovación; con ``al``, según lo que constaba ese día."""
    renovacion = reglas.renovacion_de(convenio)
    if renovacion is None or (
        al and timezone.localtime(renovacion.creado).date() > al and not _decidida_al(renovacion, al)
    ):
        aplica = convenio.vigencia in reglas.RENOVABLES
        return EstadoDeRenovacion.SIN_INICIAR if aplica else EstadoDeRenovacion.NO_APLICA
    if renovacion.decision == Decision.EN_ESTUDIO or (al and not _decidida_al(renovacion, al)):
        return EstadoDeRenovacion.EN_ESTUDIO
    if renovacion.decision == Decision.NO_SE_RENUEVA:
        return EstadoDeRenovacion.NO_SE_RENUEVA
    sucesor = renovacion.sucesor
    if sucesor is None:
        return EstadoDeRenovacion.FALTA_SUCESOR
    if sucesor.etapa in FIRMADAS and (al is None or (sucesor.fecha_firma and sucesor.fecha_firma <= al)):
        return EstadoDeRenovacion.RENOVADO
    return EstadoDeRenovacion.SUCESOR_CAIDO if sucesor.etapa in SIN_FIRMA else EstadoDeRenovacion.EN_TRAMITE


def _decidida_al(renovacion: Renovacion, al: date) -> bool:
    return renovacion.fecha_decision is not None and renovacion.fecha_decision <= al


def por_decidir(convenio: Convenio, fecha: date) -> bool:
    """Si ya es tarde para no haber decidido: a sesenta días o menos, o vencido."""
    hasta = convenio.vigencia_hasta
    if hasta is None or (hasta - fecha).days > reglas.DIAS_PARA_DECIDIR:
        return False
    return estado_de(convenio) in SIN_DECIDIR


@dataclass(frozen=True)
class Siguiente:
    """Qué sigue y, si algo se puede hacer ya, con cuáles de los pasos de ``botones.py``."""

    texto: str
    pasos: tuple[str, ...] = ()


def que_sigue(convenio: Convenio, fecha: date, abiertos: int = 0) -> Siguiente:
    """``abiertos``: cuántos de sus compromisos faltan por cumplir."""
    vencido = convenio.vigencia_hasta is not None and convenio.vigencia_hasta < fecha
    match estado_de(convenio):
        case EstadoDeRenovacion.NO_APLICA:
            return Siguiente("")
        case EstadoDeRenovacion.RENOVADO | EstadoDeRenovacion.NO_SE_RENUEVA if vencido:
            return Siguiente("Concluirlo: ya venció.", ("concluir",))
        case EstadoDeRenovacion.RENOVADO:
            return Siguiente("Concluirlo cuando venza; ya lo releva otro.")
        case EstadoDeRenovacion.NO_SE_RENUEVA:
            return Siguiente("Concluirlo cuando venza.")
        case EstadoDeRenovacion.EN_ESTUDIO:
            return Siguiente("Decidir si se renueva.", ("decidir",))
        case EstadoDeRenovacion.FALTA_SUCESOR:
            return Siguiente("Crear o ligar el instrumento que lo releva.", ("sucesor",))
        case EstadoDeRenovacion.SUCESOR_CAIDO:
            return Siguiente("Crear o ligar otro sucesor.", ("sucesor",))
        case EstadoDeRenovacion.EN_TRAMITE:
            return Siguiente("Llevar el sucesor a la firma.", ("ver_sucesor",))
    if convenio.vigencia == Vigencia.COMPROMISOS:
        if abiertos:
            return Siguiente("Cumplir lo que falta; concluye con el último compromiso.", ("compromisos",))
        return Siguiente("Capturar sus compromisos: sin ellos no se sabe cuándo concluye.", ("capturar_compromisos",))
    if vencido:
        return Siguiente("Renovarlo o concluirlo: ya venció.", ("iniciar", "concluir"))
    return (
        Siguiente("Decidir si se renueva.", ("iniciar",)) if reglas.conviene_iniciar(convenio, fecha) else Siguiente("")
    )


# -- los instrumentos de la página ---------------------------------------------------


def con_renovacion(consulta: QuerySet[Convenio]) -> QuerySet[Convenio]:
    return consulta.select_related("tipo", "responsable", "renovacion__sucesor").prefetch_related(
        "contrapartes", "areas", "renovacion__sucesor__areas"
    )


def en_vigor_o_vencidos(usuario) -> QuerySet[Convenio]:
    """Los suscritos y sin concluir que ``usuario`` ve, con ``abiertos`` (compromisos); lo que antes vence, primero."""
    abiertos = Count("compromisos", filter=Q(compromisos__estado=EstadoDeCompromiso.ABIERTO), distinct=True)
    suscritos = convenios_visibles(usuario).prefetch_related(None).filter(etapa=Etapa.SUSCRITO)
    return (
        con_renovacion(suscritos)
        .annotate(abiertos=abiertos)
        .order_by(F("vigencia_hasta").asc(nulls_last=True), "folio")
    )


def por_avisar(consulta: QuerySet[Convenio], fecha: date) -> QuerySet[Convenio]:
    """Los que vencen en noventa días o vencieron hace otro tanto, mientras no los releve otro ya firmado."""
    ventana = timedelta(days=max(reglas.UMBRALES))
    return (
        con_situacion(consulta, fecha)
        .filter(situacion__in=(Situacion.POR_VENCER, Situacion.VENCIDO), vigencia_hasta__gte=fecha - ventana)
        .exclude(renovacion__sucesor__etapa__in=FIRMADAS)
        .order_by("vigencia_hasta", "folio")
    )


def puede_ver(usuario, convenio: Convenio) -> bool:
    """Sin consultar de nuevo: necesita sus áreas ya traídas."""
    return not solo_su_area(usuario) or usuario.area_id in {a.pk for a in convenio.areas.all()}


def renovaciones_visibles(usuario) -> QuerySet[Renovacion]:
    consulta = Renovacion.objects.select_related("convenio__tipo", "sucesor").prefetch_related(
        "convenio__areas", "convenio__contrapartes", "sucesor__areas"
    )
    if solo_su_area(usuario):
        suyos = convenios_visibles(usuario).order_by().values("pk")
        # La hoja de cálculo no sabe quién la baja: aquí queda dicho qué sucesor no debe nombrar.
        oculto = Q(sucesor__isnull=False) & ~Q(sucesor__in=suyos)
        consulta = consulta.filter(convenio__in=suyos).annotate(sucesor_oculto=oculto)
    return consulta.order_by(F("convenio__vigencia_hasta").asc(nulls_last=True), "pk")


def renovables(usuario) -> QuerySet[Convenio]:
    """Los firmados que vencen y todavía no llevan renovación."""
    return (
        convenios_visibles(usuario)
        .prefetch_related(None)
        .filter(etapa__in=FIRMADAS, vigencia__in=reglas.RENOVABLES, renovacion=None)
        .order_by(F("vigencia_hasta").asc(nulls_last=True), "folio")
    )


def candidatos(renovacion: Renovacion, usuario) -> QuerySet[Convenio]:
    """Los que podrían sucederle: con una contraparte en común, posteriores y sin renovar a otro."""
    convenio = renovacion.convenio
    comunes = Convenio.contrapartes.through.objects.filter(organismo__in=convenio.contrapartes.all())
    consulta = convenios_visibles(usuario).prefetch_related(None).exclude(pk=convenio.pk)
    consulta = consulta.filter(pk__in=comunes.values("convenio")).exclude(etapa__in=SIN_FIRMA)
    if convenio.fecha_firma:
        consulta = consulta.exclude(fecha_firma__lte=convenio.fecha_firma)
    elegible = Q(renueva_a=None) | Q(pk=renovacion.sucesor_id)
    return consulta.filter(elegible).order_by(F("fecha_firma").desc(nulls_first=True), "folio")


def cadena(convenio: Convenio) -> list[Convenio]:
    """De renovación en renovación, del primero al último; vacía si no hay ninguna. Dos consultas siempre."""
    pares = Renovacion.objects.filter(sucesor__isnull=False).order_by().values_list("convenio", "sucesor")
    sigue = {a: b for a, b in pares if b is not None}
    antes = {b: a for a, b in sigue.items()}
    claves = [convenio.pk]
    while (previo := antes.get(claves[0])) and previo not in claves:
        claves.insert(0, previo)
    while (proximo := sigue.get(claves[-1])) and proximo not in claves:
        claves.append(proximo)
    if len(claves) == 1:
        return []
    de = con_situacion(Convenio.objects.prefetch_related("areas"), hoy()).in_bulk(claves)
    return [de[pk] for pk in claves]


# -- cifras de un periodo ------------------------------------------------------------


def vencen_en(periodo: Periodo) -> QuerySet[Convenio]:
    """Los firmados cuya vigencia terminó en ``periodo``, salvo los que se concluyeron antes."""
    antes = CambioDeEtapa.objects.filter(
        convenio=OuterRef("pk"), etapa=Etapa.CONCLUIDO, fecha__lt=OuterRef("vigencia_hasta")
    )
    return Convenio.objects.filter(
        ~Exists(antes),
        etapa__in=FIRMADAS,
        vigencia=Vigencia.FECHA,
        vigencia_hasta__gte=periodo.inicio,
        vigencia_hasta__lte=periodo.fin,
    ).order_by("vigencia_hasta", "folio")


def vencen_despues(fecha: date, dias: int) -> QuerySet[Convenio]:
    """En vigor en ``fecha`` y que vencen en los ``dias`` siguientes."""
    limite = fecha + timedelta(days=dias)
    en_vigor = de_convenios.vigentes(fecha).filter(vigencia=Vigencia.FECHA)
    return en_vigor.filter(vigencia_hasta__gt=fecha, vigencia_hasta__lte=limite).order_by("vigencia_hasta", "folio")


def decididas_en(periodo: Periodo) -> QuerySet[Renovacion]:
    return Renovacion.objects.filter(fecha_decision__gte=periodo.inicio, fecha_decision__lte=periodo.fin).order_by(
        "fecha_decision", "pk"
    )


def renovados_en(periodo: Periodo) -> QuerySet[Renovacion]:
    """Las renovaciones cuyo sucesor se firmó en ``periodo``: hasta entonces no hay relevo."""
    return Renovacion.objects.filter(
        sucesor__etapa__in=FIRMADAS,
        sucesor__fecha_firma__gte=periodo.inicio,
        sucesor__fecha_firma__lte=periodo.fin,
    ).order_by("sucesor__fecha_firma", "pk")


def anios_de_vencimiento(consulta: QuerySet[Convenio]) -> Iterable[int]:
    return (
        consulta.filter(vigencia_hasta__isnull=False)
        .order_by("-vigencia_hasta__year")
        .values_list("vigencia_hasta__year", flat=True)
        .distinct()
    )
