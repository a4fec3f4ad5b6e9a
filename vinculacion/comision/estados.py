"""Catálogos fijos de la comisión."""

from django.db.models import TextChoices


class Rol(TextChoices):
    """El orden es el del protocolo."""

    PRESIDENCIA = "presidencia", "Presidencia"
    INTEGRANTE = "integrante", "Integrante"
    SECRETARIA_TECNICA = "secretaria_tecnica", "Secretaría técnica"
    PARTIDO = "partido", "Partido"
    AREA = "area", "Área"
    INVITADA = "invitada", "Invitada"


class TipoDeSesion(TextChoices):
    ORDINARIA = "ordinaria", "Ordinaria"
    EXTRAORDINARIA = "extraordinaria", "Extraordinaria"
    URGENTE = "urgente", "Urgente"


class EstadoDeSesion(TextChoices):
    PROGRAMADA = "programada", "Programada"
    CONVOCADA = "convocada", "Convocada"
    EN_CURSO = "en_curso", "En curso"
    CELEBRADA = "celebrada", "Celebrada"
    DIFERIDA = "diferida", "Diferida"
    CANCELADA = "cancelada", "Cancelada"


class Modalidad(TextChoices):
    PRESENCIAL = "presencial", "Presencial"
    VIRTUAL = "virtual", "Virtual"
    HIBRIDA = "hibrida", "Híbrida"


class Solicitud(TextChoices):
    """Qué se pide a la comisión en un punto."""

    APROBACION = "aprobacion", "Aprobación"
    PRESENTACION = "presentacion", "Presentación"
    GENERALES = "generales", "Asuntos generales"


class EstadoDeAsistencia(TextChoices):
    PRESENTE = "presente", "Presente"
    AUSENTE = "ausente", "Ausente"
    JUSTIFICADA = "justificada", "Ausencia justificada"


class EstadoDeAcuerdo(TextChoices):
    PENDIENTE = "pendiente", "Pendiente"
    EN_PROCESO = "en_proceso", "En proceso"
    CUMPLIDO = "cumplido", "Cumplido"
    SIN_EFECTO = "sin_efecto", "Sin efecto"
