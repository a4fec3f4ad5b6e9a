"""Estados de un informe y formas de numerar sus apartados."""

from django.db.models import TextChoices


class EstadoDeInforme(TextChoices):
    BORRADOR = "borrador", "Borrador"
    REVISION = "revision", "En revisión"
    PRESENTADO = "presentado", "Presentado"
    APROBADO = "aprobado", "Aprobado"
    PUBLICADO = "publicado", "Publicado"


CONGELADOS = (EstadoDeInforme.APROBADO, EstadoDeInforme.PUBLICADO)


class Numeracion(TextChoices):
    NINGUNA = "ninguna", "Sin número"
    ROMANO = "romano", "I, II, III"
    ARABIGO = "arabigo", "1, 2, 3"
    MAYUSCULA = "mayuscula", "A), B), C)"
    MINUSCULA = "minuscula", "a), b), c)"


class Hoja(TextChoices):
    """En blanco, de pie y en página nueva si es del primer nivel."""

    APAISADA = "apaisada", "Apaisada"
    SEGUIDA = "seguida", "Sin empezar página"


class Lugar(TextChoices):
    CUERPO = "cuerpo", "En el cuerpo"
    ANEXO = "anexo", "Como anexo, al final"


class Letra(TextChoices):
    SIN_REMATES = "sans", "Source Sans 3"
    CON_REMATES = "serif", "Source Serif 4"


class ClaseDeRenglon(TextChoices):
    BALANCE = "balance", "Balance"
    PENDIENTE = "pendiente", "Actividad pendiente"


class ClaseDeVersion(TextChoices):
    TRABAJO = "trabajo", "De trabajo"
    APROBADA = "aprobada", "Aprobada"
    CORRECCION = "correccion", "Corrección"
    ERRATA = "errata", "Fe de erratas"


class ClaseDeTrabajo(TextChoices):
    DESCARGA = "descarga", "Descarga"
    APROBACION = "aprobacion", "Aprobación"
    ERRATA = "errata", "Fe de erratas"


class EstadoDeTrabajo(TextChoices):
    EN_COLA = "en_cola", "En espera"
    EN_CURSO = "en_curso", "En curso"
    LISTO = "listo", "Listo"
    CANCELADO = "cancelado", "Cancelado"
    FALLIDO = "fallido", "No se pudo"


class EstadoDeObservacion(TextChoices):
    ABIERTA = "abierta", "Abierta"
    ATENDIDA = "atendida", "Atendida"
    NO_PROCEDE = "no_procede", "No procede"
    RETIRADA = "retirada", "Retirada"
