"""Etapas de un instrumento y pasos que se permiten entre ellas."""

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


class Vigencia(TextChoices):
    INDEFINIDA = "indefinida", "Indefinida"
    FECHA = "fecha", "Hasta una fecha"
    COMPROMISOS = "compromisos", "Hasta cumplir los compromisos"


class Gestion(TextChoices):
    PROPIA = "propia", "Lo lleva la unidad"
    ACOMPANADA = "acompanada", "Se acompaña a otra área"
