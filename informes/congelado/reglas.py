"""Preguntas sobre lo congelado, contestadas con razones."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from informes.estados import CONGELADOS, ClaseDeVersion, EstadoDeInforme, EstadoDeObservacion
from informes.models import Informe, VersionDeInforme
from informes.verificador.consultas import errores_sin_aceptar
from vinculacion.nucleo.salida.documento import ApartadoArmado, celda_escrita
from vinculacion.nucleo.salida.json import desde_datos

from . import consultas
from .huellas import ANCLA_DE_ERRATA, COLOFON

if TYPE_CHECKING:
    from .preparacion import Errata


def exigir(razones: Iterable[str]) -> None:
    if razones := list(razones):
        raise ValidationError(razones)


# -- antes de presentar ----------------------------------------------------------


def impedimentos_por_errores(informe: Informe) -> list[str]:
    """Un error del verificador impide presentar mientras no se corrija o se acepte; lo demás sólo se avisa."""
    if not (errores := errores_sin_aceptar(informe)):
        return []
    if len(errores) == 1:
        return ["El verificador señala un error: corríjalo o acéptelo con su razón."]
    return [f"El verificador señala {len(errores)} errores: corríjalos o acéptelos con su razón."]


def observaciones_abiertas(informe: Informe) -> int:
    """No impiden presentar ni aprobar: la comisión decide con ellas a la vista."""
    return informe.observaciones.filter(estado=EstadoDeObservacion.ABIERTA).count()


# -- el acuerdo -------------------------------------------------------------------


def impedimentos_del_acuerdo(informe: Informe) -> list[str]:
    """Un acuerdo aprueba un solo informe, y una sola versión de él."""
    if not informe.acuerdo_id:
        return []
    folio = informe.acuerdo.folio
    otro = Informe.objects.filter(acuerdo=informe.acuerdo_id).exclude(pk=informe.pk).first()
    if otro is not None:
        return [f"El acuerdo {folio} ya es el de «{otro}»: un acuerdo aprueba un solo informe."]
    usada = (
        VersionDeInforme.objects.filter(informe__comision=informe.comision_id, documento__portada__acuerdo=folio)
        .exclude(clase=ClaseDeVersion.TRABAJO)
        .select_related("informe")
        .defer("documento", "estructura", "evidencias")
        .first()
    )
    if usada is None or (usada.informe_id == informe.pk and informe.estado in CONGELADOS):
        return []
    if usada.informe_id == informe.pk:
        return [f"El acuerdo {folio} aprobó la versión que se corrige: la corrección lleva el suyo."]
    return [f"El acuerdo {folio} ya aprobó «{usada.informe}»: un acuerdo aprueba un solo informe."]


# -- corregir lo aprobado -----------------------------------------------------------


def impedimentos_para_anotar_errata(version: VersionDeInforme, erratas: "list[Errata]") -> list[str]:
    informe = Informe.objects.get(pk=version.informe_id)
    if informe.estado not in CONGELADOS:
        return ["El informe está en corrección: lo que haya que enmendar va en ella."]
    ultima = consultas.ultima_congelada(informe)
    if ultima is None or ultima.pk != version.pk:
        return ["Ya hay otra versión más nueva: la fe de erratas se anota en ella."]
    return [] if erratas else ["Escriba al menos una errata."]


def impedimentos_para_abandonar(informe: Informe) -> list[str]:
    if consultas.en_correccion(informe) is None:
        return ["El informe no está en corrección."]
    if informe.estado == EstadoDeInforme.PRESENTADO:
        return ["La corrección ya se presentó: regrésela antes a revisión."]
    return []


def falta_de_la_errata(version: VersionDeInforme, ancla: str, dice: str) -> str:
    """Por qué ese «dice» no se puede corregir ahí; vacío si está en el apartado."""
    for apartado in apartados_de(version):
        if apartado.ancla == ancla:
            if _llano(dice) in _llano(" ".join(_textos(apartado))):
                return ""
            return "Ese texto no está en el apartado. Cópielo tal como aparece."
    return "Ese apartado no está en la versión."


def apartados_de(version: VersionDeInforme) -> list[ApartadoArmado]:
    """Todos, en orden de lectura."""

    def baja(apartados: Iterable[ApartadoArmado]) -> Iterator[ApartadoArmado]:
        for apartado in apartados:
            yield apartado
            yield from baja(apartado.hijos)

    return list(baja(desde_datos(version.documento).apartados))


def es_agregado(apartado: ApartadoArmado) -> bool:
    """El colofón y las fes de erratas, que no son del informe aprobado."""
    return apartado.ancla == COLOFON or apartado.ancla.startswith(ANCLA_DE_ERRATA)


def _textos(apartado: ApartadoArmado) -> Iterator[str]:
    yield apartado.encabezado
    for bloque in apartado.bloques:
        for nombre in bloque.__slots__:
            yield from _palabras(getattr(bloque, nombre))


def _palabras(valor) -> Iterator[str]:
    if isinstance(valor, tuple | list):
        for parte in valor:
            yield from _palabras(parte)
    elif hasattr(valor, "__slots__") and not isinstance(valor, str):
        for nombre in valor.__slots__:
            yield from _palabras(getattr(valor, nombre))
    elif valor is not None:
        yield celda_escrita(valor)


def _llano(texto: str) -> str:
    """Sin las marcas de Markdown, los saltos ni las mayúsculas: como se copia de la página."""
    return " ".join(re.sub(r"[*_`#>\\]+", "", texto).split()).casefold()
