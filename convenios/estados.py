"""Etapas de un instrumento, pasos que se permiten entre ellas y catálogos fijos."""

from django.db.models import TextChoices


class Etapa(TextChoices):
    NEGOCIACION = "negociacion", "Negociación"
    VALIDACION = "validacion", "Validación jurídica"
    SUSCRIPCION = "suscripcion", "En suscripción"
    SUSCRITO = "suscrito", "Suscrito"
    CONCLUIDO = "concluido", "Concluido"
    NO_CONCRETADO = "no_concretado", "No se concretó"
    NO_REQUERIDO = "no_requerido", "No se requiere"


PASOS: dict[str, tuple[str, ...]] = {
    Etapa.NEGOCIACION: (Etapa.VALIDACION, Etapa.SUSCRIPCION, Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO),
    Etapa.VALIDACION: (Etapa.NEGOCIACION, Etapa.SUSCRIPCION, Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO),
    Etapa.SUSCRIPCION: (Etapa.VALIDACION, Etapa.SUSCRITO, Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO),
    Etapa.SUSCRITO: (Etapa.CONCLUIDO,),
    Etapa.CONCLUIDO: (),
    Etapa.NO_CONCRETADO: (Etapa.NEGOCIACION,),
    Etapa.NO_REQUERIDO: (Etapa.NEGOCIACION,),
}
CAMINO = (Etapa.NEGOCIACION, Etapa.VALIDACION, Etapa.SUSCRIPCION, Etapa.SUSCRITO, Etapa.CONCLUIDO)
EN_TRAMITE = (Etapa.NEGOCIACION, Etapa.VALIDACION, Etapa.SUSCRIPCION)
FIRMADAS = (Etapa.SUSCRITO, Etapa.CONCLUIDO)
SIN_FIRMA = (Etapa.NO_CONCRETADO, Etapa.NO_REQUERIDO)


class Vigencia(TextChoices):
    INDEFINIDA = "indefinida", "Indefinida"
    FECHA = "fecha", "Hasta una fecha"
    COMPROMISOS = "compromisos", "Hasta cumplir los compromisos"


class Gestion(TextChoices):
    PROPIA = "propia", "Lo lleva la unidad"
    ACOMPANADA = "acompanada", "Se acompaña a otra área"


class Ambito(TextChoices):
    """Un instrumento es nacional (también el local) o internacional."""

    NACIONAL = "nacional", "Nacional"
    INTERNACIONAL = "internacional", "Internacional"


class Situacion(TextChoices):
    """Sale de la etapa y de las fechas; no se captura."""

    TRAMITE = "tramite", "En trámite"
    VIGENTE = "vigente", "Vigente"
    POR_VENCER = "por_vencer", "Por vencer"
    VENCIDO = "vencido", "Vencido"
    CONCLUIDO = "concluido", "Concluido"
    SIN_FIRMA = "sin_firma", "No se firmó"


COLOR_DE_SITUACION = {
    Situacion.TRAMITE: "azul",
    Situacion.VIGENTE: "verde",
    Situacion.POR_VENCER: "ambar",
    Situacion.VENCIDO: "rojo",
    Situacion.CONCLUIDO: "",
    Situacion.SIN_FIRMA: "",
}
