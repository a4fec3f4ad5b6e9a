"""La matriz lista para pintarse: cada cifra escrita, con su luz, su operación y lo que hay detrás."""

from decimal import Decimal

from django.urls import reverse

from programas.avance.enlaces import metas_de, registros_de
from programas.consultas import Semaforo
from programas.estados import NivelMIR, OrigenDeVariable, PapelDeVariable
from programas.models import Indicador, Variable
from vinculacion.nucleo import legible
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.periodos import Periodo

from . import consultas
from .desarrollo import cantidad, formula, operacion, resultado
from .periodos import nombre_corto

# Qué quiere decir cada situación; la leyenda de la página.
LEYENDA = (
    (Semaforo.VERDE, "llega a la meta del indicador"),
    (Semaforo.AMBAR, "está debajo de la meta, sin caer del umbral ámbar"),
    (Semaforo.ROJO, "quedó debajo del umbral ámbar"),
    (Semaforo.REBASADA, "pasa del umbral de rebasada: la meta quizá era corta"),
    (Semaforo.SIN_DATO, "el periodo terminó y nadie ha capturado un dato que la fórmula pide"),
    (Semaforo.SIN_CANTIDAD, "las acciones que mide tienen meses, no cantidades"),
    (Semaforo.SIN_META, "no hay nada programado en el periodo: no se divide entre cero, no hay valor"),
    (Semaforo.EN_CURSO, "el periodo corre y todavía no se exige"),
    (Semaforo.POR_INICIAR, "el periodo no ha empezado"),
)


def ultima(registro: consultas.FilaMIR) -> consultas.Medicion | None:
    """La del último periodo concluido que tenía algo programado; si no hay, la que corre."""
    concluidas = [m for m in registro.mediciones if m.concluida and m.luz is not Semaforo.SIN_META]
    return concluidas[-1] if concluidas else registro.ultima


def celda(medicion: consultas.Medicion) -> dict:
    indicador = medicion.indicador
    return {
        "medicion": medicion,
        "nombre": nombre_corto(indicador, medicion.numero),
        "largo": capitaliza(medicion.rotulo),
        "valor": resultado(indicador, medicion.valor),
        "luz": medicion.luz,
    }


def fila(registro: consultas.FilaMIR) -> dict:
    indicador, medida = registro.indicador, ultima(registro)
    return {
        "indicador": indicador,
        "formula": formula(indicador),
        "meta": resultado(indicador, indicador.meta),
        "linea_base": linea_base(indicador),
        "celdas": [celda(m) for m in registro.mediciones],
        "ultima": celda(medida) if medida else None,
        "luz": medida.luz if medida else registro.acumulado.luz,
        "acumulado": resultado(indicador, registro.acumulado.valor),
        "luz_acumulada": registro.acumulado.luz,
        "sin_explicar": sum(m.falta_explicar for m in registro.mediciones),
    }


def por_nivel(filas: list[dict]) -> list[tuple[str, list[dict]]]:
    """Fin, Propósito, Componente y Actividad, en ese orden; sólo los que tienen indicadores."""
    grupos = [(nivel.label, [f for f in filas if f["indicador"].nivel == nivel]) for nivel in NivelMIR]
    return [grupo for grupo in grupos if grupo[1]]


# -- detalle -----------------------------------------------------------------------
def enlaces(medicion: consultas.Medicion, variable: Variable, captura: bool) -> list[tuple[str, str]]:
    """(texto, dirección) de lo que forma el valor de ``variable`` en esa medición."""
    acciones = list(variable.acciones.all())
    match variable.origen:
        case OrigenDeVariable.AVANCE | OrigenDeVariable.ASISTENTES:
            # Hasta la última que llegó tarde: también es parte de la cuenta.
            inicio, fin = medicion.periodo.inicio, medicion.periodo.fin
            tarde = medicion.ultima if medicion.ultima and medicion.ultima > fin else None
            registros = registros_de(acciones, Periodo(inicio, tarde or fin), al=medicion.corte)
            hasta = f" hasta el {legible.texto(tarde)}" if tarde else ""
            return [(f"los registros{hasta}", registros)] if registros else []
        case OrigenDeVariable.META:
            return [(f"la meta de {a.numeral}", metas_de(a)) for a in acciones]
        case OrigenDeVariable.DATO if captura:
            hoja = reverse("programas:mir_datos", args=[medicion.indicador.programa_id])
            return [("la captura", f"{hoja}#v{variable.pk}")]
    return []


def detalle(medicion: consultas.Medicion, captura: bool = False) -> dict:
    """Un periodo con sus variables agrupadas por papel y todo lo que explica el resultado."""
    de: dict[PapelDeVariable, list[dict]] = {papel: [] for papel in PapelDeVariable}
    for variable, valor in medicion.variables:
        de[PapelDeVariable(variable.papel)].append(
            {
                "variable": variable,
                "valor": cantidad(valor),
                "enlaces": enlaces(medicion, variable, captura),
            }
        )
    return {
        **celda(medicion),
        "logradas": de[PapelDeVariable.LOGRADO],
        "programadas": de[PapelDeVariable.PROGRAMADO],
        "logrado": cantidad(medicion.logrado),
        "programado": cantidad(medicion.programado),
        "tp": cantidad(medicion.tp),
        "tr": cantidad(medicion.tr),
        "tr_deducido": cantidad(medicion.tr_deducido),
        "cumplimiento": "—" if medicion.cumplimiento is None else f"{cantidad(medicion.cumplimiento, 1)} %",
        "operacion": operacion(medicion),
        "reparto": reparto(medicion),
    }


def reparto(medicion: consultas.Medicion) -> str:
    """De dónde sale lo logrado: lo hecho, menos lo que cubrió atrasos, más lo que llegó tarde."""
    if medicion.logrado is None or medicion.hechas is None:
        return ""
    hechas, cubrieron, atrasadas = (cantidad(n) for n in (medicion.hechas, medicion.cubrieron, medicion.atrasadas))
    frases = [f"Hechas en el periodo: {hechas}."]
    if medicion.cubrieron:
        frases.append(f"De ellas, cubrieron atrasos de periodos anteriores: {cubrieron}.")
    if medicion.atrasadas and medicion.ultima:
        frases.append(
            f"Llegaron tarde, después de terminado: {atrasadas}; la última, el {legible.texto(medicion.ultima)}."
        )
    if medicion.cubrieron or medicion.atrasadas:
        menos = f" − {cubrieron}" if medicion.cubrieron else ""
        mas = f" + {atrasadas}" if medicion.atrasadas else ""
        frases.append(f"Logrado = {hechas}{menos}{mas} = {cantidad(medicion.logrado)}.")
    return " ".join(frases)


def leer_periodo(texto: str) -> int | None:
    return int(texto) if texto.isdecimal() and len(texto) < 3 else None


def umbrales(indicador: Indicador) -> list[tuple[str, Decimal]]:
    """El valor en que empieza cada luz, en la unidad del indicador; sólo tiene sentido si es ascendente."""
    meta = Decimal(indicador.meta)
    return [
        ("Ámbar desde", meta * indicador.ambar_desde / 100),
        ("Verde desde", meta * indicador.verde_desde / 100),
        ("Rebasada arriba de", meta * indicador.rebasada_desde / 100),
    ]


def linea_base(indicador: Indicador) -> str:
    if indicador.linea_base is None:
        return ""
    anio = f" ({indicador.linea_base_anio})" if indicador.linea_base_anio else ""
    return f"{resultado(indicador, indicador.linea_base)}{anio}"


def umbrales_escritos(indicador: Indicador) -> str:
    return (
        f"Verde desde {indicador.verde_desde} %, ámbar desde {indicador.ambar_desde} %,"
        f" rebasada arriba de {indicador.rebasada_desde} % de la meta"
    )
