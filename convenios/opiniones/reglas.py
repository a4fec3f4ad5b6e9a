"""Preguntas sobre una opinión, contestadas con razones. No escriben nada."""

from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError

from vinculacion.archivo.folios import leer_folio_con_sufijo
from vinculacion.nucleo.palabras import cuenta, enumera
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO
from vinculacion.nucleo.texto import llano

from ..estados import FAVORABLES, SIN_FIRMA, EstadoDeOpinion, Etapa, Sentido, Sufijo
from ..models import Opinion
from ..reglas import dia
from . import consultas, marcas
from .consultas import Numero

NUMERO_MAXIMO = 99_999
ESCRITURAS = (*Sufijo.values, "quáter")


def impedimentos_para_editar(opinion: Opinion) -> list[str]:
    if opinion.estado == EstadoDeOpinion.BORRADOR:
        return []
    estado = opinion.get_estado_display().lower()
    return [f"La opinión {opinion.folio} está {estado}: ya no cambia. Lo que haya que corregir va en un complemento."]


def impedimentos_para_eliminar(opinion: Opinion) -> list[str]:
    if opinion.estado == EstadoDeOpinion.BORRADOR:
        return []
    return [f"La opinión {opinion.folio} ya tiene número: no se elimina. Si no debe contar, se cancela con su motivo."]


def advertencias_al_guardar(opinion: Opinion) -> list[str]:
    base, firma = opinion.complementa, opinion.convenio.fecha_firma
    dudas = _de_otro_instrumento(opinion)
    if firma and base is None:
        dudas.append(
            f"El instrumento se firmó el {dia(firma)}: sólo podrá emitirse con una fecha anterior, con su número "
            "histórico o como complemento de otra."
        )
    return dudas


def _de_otro_instrumento(opinion: Opinion) -> list[str]:
    base = opinion.complementa
    if base is None or base.convenio_id == opinion.convenio_id:
        return []
    return [f"Complementa a {base.folio}, que es de otro instrumento: «{base.convenio}»."]


def faltas_del_borrador(opinion: Opinion) -> dict[str, list[str]]:
    """Lo que le falta al registro, sin lo que se decide al emitir."""
    faltas: dict[str, list[str]] = {}
    base = opinion.complementa
    if base is not None and base.estado != EstadoDeOpinion.EMITIDA:
        faltas["complementa"] = [f"Complementa a {base}, que no está emitida."]
    if opinion.pk is None or not opinion.areas.all():
        faltas["areas"] = ["Faltan las áreas responsables."]
    if fallas := marcas.errores(opinion.texto):
        faltas["texto"] = fallas
    return faltas


def impedimentos_para_emitir(
    opinion: Opinion, *, sentido: str, fecha: date | None, hoy: date, folio: str = ""
) -> dict[str, list[str]]:
    """Todo lo que impide emitirla, junto y por campo. Con ``folio`` ya se había emitido fuera del sistema."""
    if opinion.estado != EstadoDeOpinion.BORRADOR:
        return {"__all__": [f"La opinión ya está {opinion.get_estado_display().lower()}: es la {opinion.folio}."]}
    razones = defaultdict(list, faltas_del_borrador(opinion))
    if not opinion.texto.strip() and not folio:
        razones["texto"].append("Falta el texto.")
    if sentido not in Sentido.values:
        razones["sentido"].append("Falta el sentido.")
    razones["fecha"] += _de_la_fecha(opinion, fecha, hoy, folio)
    try:
        numero_previsto(opinion, fecha, folio)
    except ValidationError as error:
        for campo, mensajes in error.message_dict.items():
            razones[campo] += mensajes
    return {campo: r for campo, r in razones.items() if r}


def _de_la_fecha(opinion: Opinion, fecha: date | None, hoy: date, folio: str) -> list[str]:
    if fecha is None:
        return ["Falta la fecha."]
    razones, firma, base = [], opinion.convenio.fecha_firma, opinion.complementa
    if fecha > hoy:
        razones.append("Esa fecha todavía no llega.")
    if opinion.solicitada and fecha < opinion.solicitada:
        razones.append(f"Se solicitó el {dia(opinion.solicitada)}: no se emitió antes.")
    if base is not None and base.fecha and fecha < base.fecha:
        razones.append(f"Complementa a {base.folio}, que es del {dia(base.fecha)}: no puede ser anterior.")
    if firma and fecha > firma and not folio and base is None:
        razones.append(
            f"El instrumento se firmó el {dia(firma)}: una opinión posterior lo contradice. Si corrige a otra, "
            "diga a cuál complementa; si ya se había emitido, escriba su número."
        )
    return razones


def leer_numero(opinion: Opinion, folio: str) -> Numero:
    """Lo que dice un número histórico. ``ValidationError`` en ``folio`` si no es de la serie."""
    try:
        numero, escrito, anio = leer_folio_con_sufijo(opinion.serie, folio, ESCRITURAS)
    except ValueError as error:
        raise ValidationError({"folio": str(error)}) from error
    if not 1 <= numero <= NUMERO_MAXIMO:
        raise ValidationError({"folio": f"El número debe estar entre 1 y {NUMERO_MAXIMO}."})
    if not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise ValidationError({"folio": f"El año del número debe estar entre {ANIO_MINIMO} y {ANIO_MAXIMO}."})
    return Numero(numero, llano(escrito), anio)


def numero_previsto(opinion: Opinion, fecha: date | None, folio: str = "") -> Numero | None:
    """El que tomaría si nadie se adelanta; ``None`` si aún no se sabe. ``ValidationError`` si no puede ser."""
    base = opinion.complementa
    if folio:
        cual = leer_numero(opinion, folio)
        _revisar_historico(opinion, cual, fecha)
        return cual
    if base is not None:
        if base.numero is None or base.anio is None:
            return None
        sufijo = consultas.siguiente_sufijo(base)
        if sufijo is None:
            raise ValidationError({"complementa": f"El número de {base.folio} ya llegó a quáter: no admite otro."})
        return Numero(base.numero, sufijo, base.anio)
    if fecha is None:
        return None
    return Numero(consultas.ultimo_numero(opinion.serie, fecha.year) + 1, "", fecha.year)


def _revisar_historico(opinion: Opinion, cual: Numero, fecha: date | None) -> None:
    razones, base = [], opinion.complementa
    if fecha and not cual.sufijo and fecha.year != cual.anio:
        razones.append(f"El número es de {cual.anio} y la fecha de {fecha.year}.")
    if fecha and cual.sufijo and fecha.year < cual.anio:
        razones.append(f"El número es de {cual.anio}, posterior a la fecha.")
    if base is not None and not cual.sufijo:
        razones.append(f"Complementa a {base.folio}: su número lleva bis, ter o quáter.")
    if base is not None and (cual.numero, cual.anio) != (base.numero, base.anio):
        razones.append(f"Complementa a {base.folio} y lleva otro número.")
    if razones:
        raise ValidationError({"folio": razones})
    revisar_repetida(opinion, cual)


def revisar_repetida(opinion: Opinion, cual: Numero) -> None:
    otra = consultas.con_numero(opinion.serie, cual)
    if otra is not None and otra.pk != opinion.pk:
        raise ValidationError({"folio": f"Ya hay una opinión con el número {otra.folio}: es de «{otra.convenio}»."})


def la_otra(opinion: Opinion, folio: str) -> Opinion | None:
    """La que ya lleva ese número, para llevar a ella desde el error."""
    try:
        otra = consultas.con_numero(opinion.serie, leer_numero(opinion, folio))
    except ValidationError:
        return None
    return otra if otra is not None and otra.pk != opinion.pk else None


def advertencias_al_emitir(opinion: Opinion, *, fecha: date, folio: str = "") -> list[str]:
    """Lo que conviene mirar, aunque no impide emitirla."""
    dudas, convenio, base = [], opinion.convenio, opinion.complementa
    cual = numero_previsto(opinion, fecha, folio)
    if cual is not None:
        dudas += _orden_de_fechas(opinion, cual, fecha)
        libres = cual.numero - 1 - consultas.ultimo_numero(opinion.serie, cual.anio)
        if folio and libres > 0:
            dudas.append(
                f"El número salta {cuenta(libres, 'número', 'números')} de la serie que no se han usado: "
                "ya no se darán solos, habrá que capturarlos."
            )
    if not opinion.solicitada:
        dudas.append("No dice cuándo se solicitó: no contará en el promedio de días.")
    if convenio.etapa in SIN_FIRMA:
        dudas.append(f"El instrumento terminó como «{convenio.get_etapa_display()}».")
    if convenio.fecha_firma and fecha > convenio.fecha_firma:
        dudas.append(f"El instrumento se firmó antes, el {dia(convenio.fecha_firma)}.")
    dudas += _de_otro_instrumento(opinion)
    otras = convenio.opiniones.filter(estado=EstadoDeOpinion.EMITIDA).exclude(pk=opinion.pk)
    if base is None and (folios := list(otras.values_list("folio", flat=True)[:5])):
        cuales = "la opinión" if len(folios) == 1 else "las opiniones"
        dudas.append(f"El instrumento ya tiene {cuales} {enumera(folios)}. Si la corrige, diga a cuál complementa.")
    return dudas


def _orden_de_fechas(opinion: Opinion, cual: Numero, fecha: date) -> list[str]:
    antes, despues = consultas.vecinas(opinion.serie, cual)
    dudas = []
    if antes and antes.fecha and antes.fecha > fecha:
        dudas.append(f"El número anterior, {antes.folio}, es del {dia(antes.fecha)}: ésta llevaría una fecha anterior.")
    if despues and despues.fecha and despues.fecha < fecha:
        dudas.append(f"El número siguiente, {despues.folio}, es del {dia(despues.fecha)}: es anterior a ésta.")
    return dudas


def impedimentos_para_cancelar(opinion: Opinion) -> list[str]:
    if opinion.estado == EstadoDeOpinion.BORRADOR:
        return ["Es un borrador, sin número: si ya no hace falta, elimínelo."]
    if opinion.estado == EstadoDeOpinion.CANCELADA:
        return ["La opinión ya está cancelada."]
    vivos = opinion.complementos.filter(estado=EstadoDeOpinion.EMITIDA)
    if folios := [c.folio for c in vivos]:
        return [f"La complementa {enumera(folios)}: cancele antes lo que la complementa."]
    return []


def advertencias_al_cancelar(opinion: Opinion) -> list[str]:
    """Si el instrumento llegó a suscribirse con ella, se queda sin opinión favorable."""
    convenio = opinion.convenio
    if opinion.sentido not in FAVORABLES or convenio.etapa not in (Etapa.SUSCRIPCION, Etapa.SUSCRITO, Etapa.CONCLUIDO):
        return []
    otras = convenio.opiniones.filter(estado=EstadoDeOpinion.EMITIDA, sentido__in=FAVORABLES).exclude(pk=opinion.pk)
    if otras.exists():
        return []
    return [f"El instrumento está en «{convenio.get_etapa_display()}» y se quedaría sin una opinión favorable."]
