"""Pedir y cancelar lo que se hace en segundo plano: descargas y actos (aprobar, anotar una errata)."""

from contextlib import suppress
from dataclasses import asdict
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.tasks import async_task

from informes import acciones as de_informes
from informes import armado, exportacion
from informes import consultas as de_consultas
from informes.congelado import reglas
from informes.congelado.consultas import documento_de
from informes.congelado.huellas import huella_de
from informes.congelado.preparacion import CAMBIO, Errata, documento_por_aprobar
from informes.estados import ClaseDeTrabajo, EstadoDeInforme, EstadoDeTrabajo
from informes.models import Informe, Trabajo, VersionDeInforme
from vinculacion.nucleo.salida import json
from vinculacion.nucleo.salida.documento import Documento

from . import consultas, ejecucion

TAREA = "informes.trabajos.ejecucion.hacer"
OTRA_ERRATA = (
    "Ya se está anotando otra fe de erratas de este informe: cuando termine, anote la suya en la versión nueva."
)


def pedir(*, informe: Informe, formato: str, por) -> Trabajo:
    """El trabajo que dará ``informe`` en ``formato``: si alguien ya pidió lo mismo, es el suyo.

    ``armado.InformeConProblemas`` si un apartado no se puede armar.
    """
    huella = consultas.huella(armado.armar(informe).exigir(), formato)
    _dar_por_muertos(informe)
    if trabajo := _el_mismo(informe, formato, huella):
        trabajo.personas.add(por)
        return trabajo
    try:
        return _encolar(Trabajo(informe=informe, formato=formato, huella=huella), por)
    except IntegrityError:  # otra persona lo pidió en este mismo instante
        if (trabajo := _el_mismo(informe, formato, huella)) is None:
            raise
        trabajo.personas.add(por)
        return trabajo


def pedir_aprobacion(*, informe: Informe, por, nota: str = "", visto: str = "") -> Trabajo:
    """El trabajo que aprueba y congela el informe como está; si alguien ya lo pidió, es el suyo.

    ``visto``: la huella de lo que la persona leyó. ``ValidationError`` con lo que ya se sabe que falta; lo que
    falle después queda en ``error``.
    """
    informe = de_consultas.informes().get(pk=informe.pk)
    acto = Trabajo(informe=informe, clase=ClaseDeTrabajo.APROBACION, por=por, datos={"nota": nota})
    if trabajo := _acto_en_marcha(acto, por):
        return trabajo
    de_informes.exigir_paso(informe, EstadoDeInforme.APROBADO, nota)
    documento = documento_por_aprobar(informe)
    acto.huella = huella_de(json.a_datos(documento))
    if visto and visto != acto.huella:
        raise ValidationError(CAMBIO)
    return _encargar(acto, documento)


def pedir_errata(*, version: VersionDeInforme, erratas: list[Errata], por) -> Trabajo:
    datos = {"version": version.pk, "erratas": [asdict(errata) for errata in erratas]}
    acto = Trabajo(informe=version.informe, clase=ClaseDeTrabajo.ERRATA, huella=version.sha256, por=por, datos=datos)
    if trabajo := _acto_en_marcha(acto, por):
        return trabajo
    reglas.exigir(reglas.impedimentos_para_anotar_errata(version, erratas))
    return _encargar(acto, documento_de(version))


def _encargar(acto: Trabajo, documento: Documento) -> Trabajo:
    """Lo corto se hace aquí mismo y vuelve terminado; lo demás queda en la cola."""
    try:
        if any(exportacion.tarda(documento, formato) for formato in exportacion.FORMATOS):
            return _encolar(acto, acto.por)
        acto.estado, acto.latido = EstadoDeTrabajo.EN_CURSO, timezone.now()
        with transaction.atomic():
            acto.save()
    except IntegrityError:  # doble clic, u otra persona en este mismo instante
        return _acto_en_marcha(acto, acto.por) or _encargar(acto, documento)
    with suppress(Exception):  # quedó anotada, y dicha en el trabajo
        ejecucion.continuar(acto)
    acto.refresh_from_db()
    return acto


def _encolar(trabajo: Trabajo, por) -> Trabajo:
    with transaction.atomic():
        trabajo.save()
        trabajo.personas.add(por)
        transaction.on_commit(partial(async_task, TAREA, trabajo.pk))
    return trabajo


def _dar_por_muertos(informe: Informe) -> None:
    consultas.interrumpidos().filter(informe=informe).update(
        estado=EstadoDeTrabajo.FALLIDO, terminado=timezone.now(), error="Se interrumpió antes de terminar."
    )


def _acto_en_marcha(acto: Trabajo, por) -> Trabajo | None:
    """El mismo acto, si ya se está haciendo: desde ahora también lo espera ``por``. ``ValidationError`` si es otro."""
    _dar_por_muertos(acto.informe)
    trabajo = consultas.acto_en_marcha(acto.informe)
    if trabajo is None:
        return None
    if trabajo.clase != acto.clase:
        raise ValidationError(f"Espere a que termine lo que ya se pidió: {trabajo.get_clase_display().lower()}.")
    if trabajo.clase == ClaseDeTrabajo.ERRATA and trabajo.datos != acto.datos:
        raise ValidationError(OTRA_ERRATA)
    trabajo.personas.add(por)
    return trabajo


def _el_mismo(informe: Informe, formato: str, huella: str) -> Trabajo | None:
    iguales = Trabajo.objects.filter(informe=informe, clase=ClaseDeTrabajo.DESCARGA, formato=formato, huella=huella)
    for trabajo in iguales.filter(estado__in=(*consultas.SIN_TERMINAR, EstadoDeTrabajo.LISTO)).order_by("-pk"):
        if trabajo.estado != EstadoDeTrabajo.LISTO or trabajo.archivo.storage.exists(str(trabajo.archivo.name)):
            return trabajo
    return None


@transaction.atomic
def cancelar(*, trabajo: Trabajo, por) -> Trabajo:
    """Si alguien más espera la descarga, sólo se quita a ``por``. ``ValidationError`` si ya terminó.

    Queda cancelado desde ahora, para que se pueda pedir otra vez: quien lo hacía se entera después y no guarda.
    """
    trabajo = Trabajo.objects.select_for_update().get(pk=trabajo.pk)
    if trabajo.estado not in consultas.SIN_TERMINAR:
        raise ValidationError("Ya terminó: no hay qué cancelar.")
    if not trabajo.es_acto and trabajo.personas.exclude(pk=por.pk).exists():
        trabajo.personas.remove(por)
        return trabajo
    trabajo.cancelar, trabajo.paso = True, f"Canceló: {por}"
    trabajo.estado, trabajo.terminado = EstadoDeTrabajo.CANCELADO, timezone.now()
    trabajo.save()
    return trabajo
