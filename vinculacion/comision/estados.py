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


class Resolucion(TextChoices):
    """En qué quedó un punto; vacía mientras no se resuelve."""

    APROBADO = "aprobado", "Aprobado"
    CON_CAMBIOS = "con_cambios", "Aprobado con cambios"
    RECHAZADO = "rechazado", "Rechazado"
    PRESENTADO = "presentado", "Por presentado"
    APLAZADO = "aplazado", "Aplazado a otra sesión"
    RETIRADO = "retirado", "Retirado del orden del día"


class SentidoDelVoto(TextChoices):
    FAVOR = "favor", "A favor"
    CONTRA = "contra", "En contra"
    ABSTENCION = "abstencion", "Abstención"


class EstadoDeMinuta(TextChoices):
    BORRADOR = "borrador", "Borrador"
    APROBADA = "aprobada", "Aprobada"


class ClaseDeAviso(TextChoices):
    CONVOCATORIA = "convocatoria", "Convocatoria"
    CAMBIO = "cambio", "Cambio de fecha"
    CANCELACION = "cancelacion", "Cancelación"


class EstadoDeEntrega(TextChoices):
    PENDIENTE = "pendiente", "Por enviar"
    ENVIADA = "enviada", "Enviada"
    FALLIDA = "fallida", "No salió"
    SIN_CORREO = "sin_correo", "Sin correo"


class EstadoDeAsistencia(TextChoices):
    PRESENTE = "presente", "Presente"
    AUSENTE = "ausente", "Ausente"
    JUSTIFICADA = "justificada", "Ausencia justificada"
    SUPLENTE = "suplente", "Asistió quien suple"


class EstadoDeAcuerdo(TextChoices):
    PENDIENTE = "pendiente", "Pendiente"
    EN_PROCESO = "en_proceso", "En proceso"
    CUMPLIDO = "cumplido", "Cumplido"
    SIN_EFECTO = "sin_efecto", "Sin efecto"


# Lo pasado se captura de una vez: de programada se llega a celebrada sin pasos de en medio.
TRANSICIONES: dict[str, frozenset[str]] = {
    EstadoDeSesion.PROGRAMADA: frozenset(
        {
            EstadoDeSesion.CONVOCADA,
            EstadoDeSesion.EN_CURSO,
            EstadoDeSesion.CELEBRADA,
            EstadoDeSesion.DIFERIDA,
            EstadoDeSesion.CANCELADA,
        }
    ),
    EstadoDeSesion.CONVOCADA: frozenset(
        {
            EstadoDeSesion.PROGRAMADA,
            EstadoDeSesion.EN_CURSO,
            EstadoDeSesion.CELEBRADA,
            EstadoDeSesion.DIFERIDA,
            EstadoDeSesion.CANCELADA,
        }
    ),
    EstadoDeSesion.EN_CURSO: frozenset(
        {EstadoDeSesion.CONVOCADA, EstadoDeSesion.CELEBRADA, EstadoDeSesion.DIFERIDA, EstadoDeSesion.CANCELADA}
    ),
    # Reabrirla es para corregir: la razón queda en la historia.
    EstadoDeSesion.CELEBRADA: frozenset({EstadoDeSesion.EN_CURSO}),
    EstadoDeSesion.DIFERIDA: frozenset(
        {EstadoDeSesion.PROGRAMADA, EstadoDeSesion.CONVOCADA, EstadoDeSesion.CELEBRADA, EstadoDeSesion.CANCELADA}
    ),
    EstadoDeSesion.CANCELADA: frozenset({EstadoDeSesion.PROGRAMADA}),
}
# Estos cambios no se entienden después sin su razón.
CON_MOTIVO = frozenset({EstadoDeSesion.DIFERIDA, EstadoDeSesion.CANCELADA})
REALIZADAS = frozenset({EstadoDeSesion.EN_CURSO, EstadoDeSesion.CELEBRADA})
SIN_SESIONAR = frozenset({EstadoDeSesion.DIFERIDA, EstadoDeSesion.CANCELADA})
# En las actas, quien manda suplente asistió.
ASISTIERON = frozenset({EstadoDeAsistencia.PRESENTE, EstadoDeAsistencia.SUPLENTE})
ABIERTOS = frozenset({EstadoDeAcuerdo.PENDIENTE, EstadoDeAcuerdo.EN_PROCESO})
ORDEN_DE_ROL = {rol: lugar for lugar, rol in enumerate(Rol.values)}
