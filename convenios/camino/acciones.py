"""Los pasos del camino: darlos, corregirlos y deshacerlos. La etapa del instrumento es siempre la de su último paso."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from vinculacion.nucleo.modelos import borra, firma, guarda
from vinculacion.nucleo.periodos import hoy

from ..documentos.acciones import agregar_version
from ..estados import ClaseDeDocumento, Etapa, Vigencia
from ..models import CambioDeEtapa, Convenio, DocumentoDeConvenio
from . import reglas

CUMPLIDOS = "Se cumplieron todos sus compromisos."


def _bloqueado(convenio: Convenio) -> Convenio:
    return Convenio.objects.select_for_update(of=("self",)).select_related("tipo").get(pk=convenio.pk)


@transaction.atomic
def cambiar_etapa(
    *,
    convenio: Convenio,
    etapa: str,
    fecha: date,
    nota: str = "",
    por,
    fecha_firma: date | None = None,
    archivo=None,
    enlace: str = "",
) -> Convenio:
    """Da un paso del camino; lanza ``ValidationError`` con todo lo que lo impide.

    Al suscribir, ``fecha`` es la de la firma, salvo que ``fecha_firma`` diga otra; ``archivo`` o
    ``enlace`` quedan como el instrumento firmado.
    """
    convenio = _bloqueado(convenio)
    if etapa == Etapa.SUSCRITO:
        fecha = fecha_firma or fecha
    if etapa == Etapa.CONCLUIDO:
        # El archivo que llega con el paso es el que el paso pide; si no se da, se deshace con él.
        _adjuntar_firmado(convenio, archivo, enlace, por)
    revisar_paso(convenio, desde=convenio.etapa, hacia=etapa, fecha=fecha, nota=nota)
    convenio.etapa = etapa
    if etapa == Etapa.SUSCRITO:
        convenio.fecha_firma = fecha
    guarda(convenio, por)
    anotar_paso(convenio, fecha=fecha, nota=nota, por=por)
    if etapa == Etapa.SUSCRITO:
        _adjuntar_firmado(convenio, archivo, enlace, por)
    return convenio


def _adjuntar_firmado(convenio: Convenio, archivo, enlace: str, por) -> None:
    if (archivo or enlace) and convenio.fecha_firma is not None:
        documento = DocumentoDeConvenio(
            convenio=convenio,
            clase=ClaseDeDocumento.FIRMADO,
            titulo="Instrumento firmado",
            fecha=convenio.fecha_firma,
        )
        agregar_version(documento=documento, archivo=archivo, enlace=enlace, por=por)


def revisar_paso(
    convenio: Convenio,
    *,
    desde: str,
    hacia: str,
    fecha: date,
    nota: str = "",
    contrapartes: Collection | None = None,
    areas: Collection | None = None,
) -> None:
    """``desde`` se dice aparte: quien guarda un registro completo ya le puso su nueva etapa."""
    actual, convenio.etapa = convenio.etapa, desde
    try:
        razones = reglas.impedimentos_para_pasar(
            convenio,
            hacia,
            fecha=fecha,
            hoy=hoy(),
            nota=nota,
            ultimo=convenio.cambios.last(),
            contrapartes=contrapartes,
            areas=areas,
        )
    finally:
        convenio.etapa = actual
    if razones:
        raise ValidationError(razones)


def anotar_paso(convenio: Convenio, *, fecha: date, nota: str, por, automatico: bool = False) -> None:
    """Un instrumento que ya llega firmado y concluido deja también el paso de su firma."""
    if fecha > hoy():
        raise ValidationError({"fecha": "La fecha de la etapa todavía no llega."})
    dia_de_firma = convenio.fecha_firma
    if dia_de_firma is not None and convenio.etapa == Etapa.SUSCRITO:
        fecha = dia_de_firma
    elif (
        dia_de_firma is not None
        and convenio.etapa == Etapa.CONCLUIDO
        and not convenio.cambios.filter(etapa=Etapa.SUSCRITO).exists()
    ):
        if fecha < dia_de_firma:
            raise ValidationError("Concluyó antes de haberse firmado: revise las fechas.")
        _agregar(convenio, Etapa.SUSCRITO, dia_de_firma, "", por)
    _agregar(convenio, convenio.etapa, fecha, nota, por, automatico)


def _agregar(convenio: Convenio, etapa: str, fecha: date, nota: str, por, automatico: bool = False) -> None:
    paso = CambioDeEtapa(convenio=convenio, etapa=etapa, fecha=fecha, nota=nota, por=por, automatico=automatico)
    firma(paso, por)
    paso.save()


def mover_firma(convenio: Convenio, por) -> None:
    """La fecha corregida de la firma es también la de su paso y la de su archivo firmado."""
    if convenio.fecha_firma is None:
        return
    if razones := reglas.impedimentos_para_mover_firma(convenio, convenio.fecha_firma, hoy()):
        raise ValidationError({"fecha_firma": razones})
    for paso in convenio.cambios.filter(etapa=Etapa.SUSCRITO).exclude(fecha=convenio.fecha_firma):
        firmados = convenio.documentos.filter(clase=ClaseDeDocumento.FIRMADO, fecha=paso.fecha)
        registros: list[CambioDeEtapa | DocumentoDeConvenio] = [paso, *firmados]
        for registro in registros:
            registro.fecha = convenio.fecha_firma
            firma(registro, por, "Se corrigió la fecha de suscripción")
            registro.save()


@transaction.atomic
def corregir_paso(*, paso: CambioDeEtapa, fecha: date, nota: str, por) -> CambioDeEtapa:
    """Corrige la fecha o la nota de un paso ya dado; la del paso «Suscrito» es la de la firma."""
    convenio = _bloqueado(paso.convenio)
    paso = CambioDeEtapa.objects.get(pk=paso.pk)
    if razones := reglas.impedimentos_para_corregir(convenio, paso, fecha=fecha, nota=nota, hoy=hoy()):
        raise ValidationError(razones)
    if paso.etapa == Etapa.SUSCRITO and fecha != convenio.fecha_firma:
        convenio.fecha_firma = fecha
        try:
            mover_firma(convenio, por)
            convenio.full_clean()
        except ValidationError as error:
            raise ValidationError({"fecha": error.messages}) from error
        paso.refresh_from_db()
    if (paso.fecha, paso.nota) != (fecha, nota.strip()):
        paso.fecha, paso.nota = fecha, nota.strip()
        firma(paso, por, "Corrección del paso")
        paso.save()
    guarda(convenio, por, f"Corrección del paso «{paso.get_etapa_display()}»")
    return paso


@transaction.atomic
def deshacer_paso(*, convenio: Convenio, motivo: str, por) -> Convenio:
    """Quita el último paso y vuelve a la etapa anterior; la historia guarda el paso, quién y por qué."""
    convenio = _bloqueado(convenio)
    if not motivo.strip():
        raise ValidationError({"motivo": "Diga por qué se deshace el paso."})
    if razones := reglas.impedimentos_para_deshacer(convenio):
        raise ValidationError(razones)
    return _deshacer(convenio, motivo.strip(), por)


def _deshacer(convenio: Convenio, motivo: str, por) -> Convenio:
    *_, anterior, ultimo = convenio.cambios.all()
    firma(ultimo, por, motivo)
    borra(ultimo, por)
    convenio.etapa = anterior.etapa
    if ultimo.etapa == Etapa.SUSCRITO:
        convenio.fecha_firma = None
    return guarda(convenio, por, motivo)


# -- lo que sigue a los compromisos ----------------------------------------------


@transaction.atomic
def concluir_por_compromisos(*, convenio: Convenio, fecha: date, por) -> bool:
    """El que vale «hasta cumplir los compromisos» concluye al cumplirse el último. Devuelve si concluyó."""
    convenio = _bloqueado(convenio)
    ultimo = convenio.cambios.last()
    if convenio.etapa != Etapa.SUSCRITO or convenio.vigencia != Vigencia.COMPROMISOS or ultimo is None:
        return False
    convenio.etapa = Etapa.CONCLUIDO
    guarda(convenio, por, CUMPLIDOS)
    anotar_paso(convenio, fecha=max(fecha, ultimo.fecha), nota=CUMPLIDOS, por=por, automatico=True)
    return True


@transaction.atomic
def reabrir_por_compromisos(*, convenio: Convenio, por) -> bool:
    """Deshace la conclusión que dio el sistema; la que dio una persona se queda. Devuelve si reabrió."""
    convenio = _bloqueado(convenio)
    ultimo = convenio.cambios.last()
    if ultimo is None or ultimo.etapa != Etapa.CONCLUIDO or not ultimo.automatico:
        return False
    _deshacer(convenio, "Volvió a tener un compromiso por cumplir.", por)
    return True
