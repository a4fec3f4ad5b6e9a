"""Catálogos fijos de los planes y de la bitácora."""

from django.db.models import IntegerChoices, TextChoices


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


class LugarDelTexto(TextChoices):
    ANTES = "antes", "Antes de los cuadros del programa"
    DESPUES = "despues", "Al final, como anexo"


class Involucra(TextChoices):
    """Cuánto se involucra quien participa: interés × fuerza, de 1 a 25 (documento 000, anexo)."""

    BAJO = "bajo", "Bajo"
    MEDIO = "medio", "Medio"
    ALTO = "alto", "Alto"


class Arbol(TextChoices):
    PROBLEMAS = "problemas", "Árbol de problemas"
    OBJETIVOS = "objetivos", "Árbol de objetivos"


class RolDeNodo(TextChoices):
    PROBLEMA = "problema", "Problema central"
    CAUSA = "causa", "Causa"
    EFECTO = "efecto", "Efecto"
    OBJETIVO = "objetivo", "Objetivo"
    MEDIO = "medio", "Medio"
    FIN = "fin", "Fin"


class NivelMIR(TextChoices):
    FIN = "fin", "Fin"
    PROPOSITO = "proposito", "Propósito"
    COMPONENTE = "componente", "Componente"
    ACTIVIDAD = "actividad", "Actividad"


class TipoDeIndicador(TextChoices):
    EFICACIA = "eficacia", "Eficacia"
    IMPACTO = "impacto", "Impacto"
    EFICIENCIA = "eficiencia", "Eficiencia"
    CALIDAD = "calidad", "Calidad"
    ECONOMIA = "economia", "Economía"


class Formula(TextChoices):
    EFICACIA = "eficacia", "Eficacia: A = (L × Tp) / (M × Tr)"
    IMPACTO = "impacto", "Impacto: I = R / O × 100"
    RAZON = "razon", "Razón: N / D"


class Sentido(TextChoices):
    ASCENDENTE = "ascendente", "Ascendente: más es mejor"
    DESCENDENTE = "descendente", "Descendente: menos es mejor"


class PapelDeVariable(TextChoices):
    """Arriba o abajo en la fórmula; varias del mismo papel se suman."""

    LOGRADO = "logrado", "Logrado (L, R o N)"
    PROGRAMADO = "programado", "Programado (M, O o D)"


class OrigenDeVariable(TextChoices):
    AVANCE = "avance", "Avance de acciones: lo alcanzado según sus registros"
    META = "meta", "Metas de acciones: lo programado"
    ASISTENTES = "asistentes", "Personas que asistieron a las actividades de las acciones"
    CIFRA = "cifra", "Una cifra del sistema"
    DATO = "dato", "Un dato que se captura en cada periodo"
    FIJO = "fijo", "Un valor fijo"


class Escala(IntegerChoices):
    """Probabilidad o impacto de un riesgo."""

    BAJO = 1, "Bajo (1)"
    MEDIO = 2, "Medio (2)"
    ALTO = 3, "Alto (3)"


class RespuestaAlRiesgo(TextChoices):
    ASUMIR = "asumir", "Asumir el riesgo"
    REDUCIR = "reducir", "Reducir el riesgo"
    COMPARTIR = "compartir", "Compartir el riesgo"
    EVITAR = "evitar", "Evitar el riesgo"


class EstadoDeTratamiento(TextChoices):
    PENDIENTE = "pendiente", "Pendiente"
    EN_PROCESO = "en_proceso", "En proceso"
    CONCLUIDO = "concluido", "Concluido"
    CANCELADO = "cancelado", "Cancelado"
