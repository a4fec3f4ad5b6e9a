"""Catálogos fijos de los planes y de la bitácora."""

from django.db.models import TextChoices


class TipoDePrograma(TextChoices):
    ESPECIFICO = "especifico", "Programa Específico"
    PAT = "pat", "Programa Anual de Trabajo"


class EstadoDePrograma(TextChoices):
    BORRADOR = "borrador", "Borrador"
    APROBADO = "aprobado", "Aprobado"
    CERRADO = "cerrado", "Cerrado"


COLOR_DE_PROGRAMA = {
    EstadoDePrograma.BORRADOR: "estado-ambar",
    EstadoDePrograma.APROBADO: "estado-verde",
    EstadoDePrograma.CERRADO: "",
}


class Frecuencia(TextChoices):
    MENSUAL = "mensual", "Mensual"
    TRIMESTRAL = "trimestral", "Trimestral"
    SEMESTRAL = "semestral", "Semestral"
    ANUAL = "anual", "Anual"


class EstadoDeActividad(TextChoices):
    BORRADOR = "borrador", "Borrador"
    VALIDADA = "validada", "Validada"
    RECHAZADA = "rechazada", "Rechazada"


class CampoDeActividad(TextChoices):
    """Los campos que un tipo de actividad puede pedir, además de acción, título y fecha."""

    OBJETIVO = "objetivo", "Objetivo"
    HORARIO = "horario", "Horario"
    MODALIDAD = "modalidad", "Modalidad"
    LUGAR = "lugar", "Lugar, ciudad y país"
    ORGANISMOS = "organismos", "Organismos que participan"
    ORGANO = "organo", "Órgano al que se da seguimiento"
    REPRESENTACION = "representacion", "Quién representó al Instituto"
    ASISTENCIA = "asistencia", "Asistencia por sexo"
    UNIDADES = "unidades", "Unidades que cuenta"
    CIFRAS = "cifras", "Otras cifras"
    OBSERVACIONES = "observaciones", "Observaciones"


class ColumnaDeActividad(TextChoices):
    """Las columnas que un informe puede mostrar de una actividad."""

    NUMERO = "numero", "No."
    FECHA = "fecha", "Fecha"
    TITULO = "titulo", "Actividad"
    OBJETIVO = "objetivo", "Objetivo"
    HORARIO = "horario", "Horario"
    MODALIDAD = "modalidad", "Modalidad"
    LUGAR = "lugar", "Lugar"
    ORGANISMOS = "organismos", "Institución"
    ORGANO = "organo", "Órgano"
    REPRESENTACION = "representacion", "Representación"
    ASISTENCIA = "asistencia", "Asistentes"
    UNIDADES = "unidades", "Cantidad"
    CIFRAS = "cifras", "Otras cifras"
    OBSERVACIONES = "observaciones", "Observaciones"
