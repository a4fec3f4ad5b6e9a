"""Pedir, cancelar y limpiar descargas hechas en segundo plano."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.tasks import async_task

from informes import armado
from informes.estados import EstadoDeTrabajo
from informes.models import Informe, Trabajo

from . import consultas

TAREA = "informes.trabajos.ejecucion.hacer"


def pedir(*, informe: Informe, formato: str, por) -> Trabajo:
    """El trabajo que dará ``informe`` en ``formato``: si alguien ya pidió lo mismo, es el suyo.

    ``armado.InformeConProblemas`` si un apartado no se puede armar.
    """
    huella = consultas.huella(armado.armar(informe).exigir(), formato)
    consultas.interrumpidos().filter(informe=informe).update(
        estado=EstadoDeTrabajo.FALLIDO, error="Se interrumpió antes de terminar."
    )
    if trabajo := _el_mismo(informe, formato, huella):
        trabajo.personas.add(por)
        return trabajo
    try:
        with transaction.atomic():
            trabajo = Trabajo.objects.create(informe=informe, formato=formato, huella=huella)
            trabajo.personas.add(por)
            transaction.on_commit(lambda: async_task(TAREA, trabajo.pk))
    except IntegrityError:  # otra persona lo pidió en este mismo instante
        trabajo = Trabajo.objects.get(
            informe=informe, formato=formato, huella=huella, estado__in=consultas.SIN_TERMINAR
        )
        trabajo.personas.add(por)
    return trabajo


def _el_mismo(informe: Informe, formato: str, huella: str) -> Trabajo | None:
    iguales = Trabajo.objects.filter(informe=informe, formato=formato, huella=huella, cancelar=False)
    for trabajo in iguales.filter(estado__in=(*consultas.SIN_TERMINAR, EstadoDeTrabajo.LISTO)).order_by("-pk"):
        if trabajo.estado != EstadoDeTrabajo.LISTO or trabajo.archivo.storage.exists(str(trabajo.archivo.name)):
            return trabajo
    return None


@transaction.atomic
def cancelar(*, trabajo: Trabajo, por) -> Trabajo:
    """Si alguien más lo espera, sólo se quita a ``por``. ``ValidationError`` si ya terminó."""
    trabajo = Trabajo.objects.select_for_update().get(pk=trabajo.pk)
    if trabajo.estado not in consultas.SIN_TERMINAR:
        raise ValidationError("Ya terminó: no hay qué cancelar.")
    if trabajo.personas.exclude(pk=por.pk).exists():
        trabajo.personas.remove(por)
        return trabajo
    trabajo.cancelar = True
    if trabajo.estado == EstadoDeTrabajo.EN_COLA:
        trabajo.estado, trabajo.terminado, trabajo.paso = EstadoDeTrabajo.CANCELADO, timezone.now(), "Se canceló."
    trabajo.save()
    return trabajo
