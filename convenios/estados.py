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


class Nivel(TextChoices):
    """El lugar de un tipo de instrumento en la familia, de quien la encabeza a quien la corrige."""

    GENERAL = "general", "General o marco"
    ESPECIFICO = "especifico", "Específico"
    TECNICO = "tecnico", "Anexo técnico"
    FINANCIERO = "financiero", "Anexo financiero"
    ADENDA = "adenda", "Adenda o modificatorio"


DERIVADOS = (Nivel.TECNICO, Nivel.FINANCIERO, Nivel.ADENDA)


class ClaseDeDocumento(TextChoices):
    PROYECTO = "proyecto", "Proyecto"
    VALIDADO = "validado", "Versión validada"
    FIRMADO = "firmado", "Instrumento firmado"
    OFICIO = "oficio", "Oficio o correo"
    OTRO = "otro", "Otro"


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
    POR_INICIAR = "por_iniciar", "Suscrito, aún no entra en vigor"
    VIGENTE = "vigente", "Vigente"
    POR_VENCER = "por_vencer", "Por vencer"
    VENCIDO = "vencido", "Vencido"
    CONCLUIDO = "concluido", "Concluido"
    SIN_FIRMA = "sin_firma", "No se firmó"


COLOR_DE_SITUACION = {
    Situacion.TRAMITE: "azul",
    Situacion.POR_INICIAR: "azul",
    Situacion.VIGENTE: "verde",
    Situacion.POR_VENCER: "ambar",
    Situacion.VENCIDO: "rojo",
    Situacion.CONCLUIDO: "",
    Situacion.SIN_FIRMA: "",
}


class EstadoDeOpinion(TextChoices):
    BORRADOR = "borrador", "Borrador"
    EMITIDA = "emitida", "Emitida"
    CANCELADA = "cancelada", "Cancelada"


class Sentido(TextChoices):
    FAVORABLE = "favorable", "Favorable"
    CON_OBSERVACIONES = "observaciones", "Favorable con observaciones"
    NO_FAVORABLE = "no_favorable", "No favorable"


FAVORABLES = (Sentido.FAVORABLE, Sentido.CON_OBSERVACIONES)


class Sufijo(TextChoices):
    BIS = "bis", "bis"
    TER = "ter", "ter"
    QUATER = "quater", "quáter"


class EstadoDeActo(TextChoices):
    PROGRAMADO = "programado", "Programado"
    CELEBRADO = "celebrado", "Celebrado"
    CANCELADO = "cancelado", "Cancelado"


class CalidadDeInvitado(TextChoices):
    FIRMANTE = "firmante", "Firmante"
    TESTIGO = "testigo", "Testigo de honor"
    INVITADA = "invitada", "Invitada o invitado"


class Asistio(TextChoices):
    SIN_ANOTAR = "sin_anotar", "Sin anotar"
    SI = "si", "Sí"
    NO = "no", "No"
    REPRESENTADO = "suplente", "Envió representante"


class Decision(TextChoices):
    EN_ESTUDIO = "estudio", "En estudio"
    SE_RENUEVA = "renueva", "Se renueva"
    NO_SE_RENUEVA = "no_renueva", "No se renueva"


class Parte(TextChoices):
    INSTITUTO = "instituto", "El instituto"
    CONTRAPARTE = "contraparte", "La contraparte"
    AMBAS = "ambas", "Ambas partes"


class Recurrencia(TextChoices):
    UNICA = "unica", "Una vez"
    MENSUAL = "mensual", "Cada mes"
    BIMESTRAL = "bimestral", "Cada dos meses"
    TRIMESTRAL = "trimestral", "Cada tres meses"
    SEMESTRAL = "semestral", "Cada seis meses"
    ANUAL = "anual", "Cada año"


MESES_ENTRE_VECES = {
    Recurrencia.MENSUAL: 1,
    Recurrencia.BIMESTRAL: 2,
    Recurrencia.TRIMESTRAL: 3,
    Recurrencia.SEMESTRAL: 6,
    Recurrencia.ANUAL: 12,
}


class EstadoDeCompromiso(TextChoices):
    ABIERTO = "abierto", "Abierto"
    CUMPLIDO = "cumplido", "Cumplido"
    CANCELADO = "cancelado", "Ya no aplica"
