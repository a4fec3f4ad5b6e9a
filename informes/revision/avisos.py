"""Lo que la revisión de un informe pide a cada quien."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from vinculacion.nucleo.avisos import Aviso, avisos
from vinculacion.nucleo.palabras import cuenta

from ..estados import CONGELADOS, EstadoDeInforme
from ..models import Informe, Observacion
from . import consultas

OBSERVAR, RESPONDER = "informes.add_observacion", "informes.change_informe"
DIAS_DE_UNA_RESPUESTA = 15


@avisos
def por_responder(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(RESPONDER):
        return
    for informe, abiertas in consultas.por_responder():
        cuantas = cuenta(abiertas, "observación", "observaciones")
        yield Aviso(
            "Observaciones",
            f"{informe}: {cuantas} por responder",
            f"{reverse('informes:informe_observaciones', args=[informe.pk])}?estado=abierta",
            gravedad="atencion",
        )


@avisos
def respondidas(usuario, fecha: date) -> Iterator[Aviso]:
    if not usuario.has_perm(OBSERVAR):
        return
    suyas = consultas.observaciones().filter(
        autor=usuario,
        estado__in=consultas.RESPONDIDAS,
        respondida__date__gte=fecha - timedelta(days=DIAS_DE_UNA_RESPUESTA),
    )
    for observacion in suyas.exclude(informe__estado__in=CONGELADOS):
        yield Aviso(
            "Observaciones",
            f"Su observación a «{consultas.donde(observacion)}» fue respondida: "
            f"{observacion.get_estado_display().lower()}",
            observacion.get_absolute_url(),
        )


@avisos
def en_revision(usuario, fecha: date) -> Iterator[Aviso]:
    """A quien observa y no arma el informe, mientras no ha escrito nada."""
    if not usuario.has_perm(OBSERVAR) or usuario.has_perm(RESPONDER):
        return
    suyas = Observacion.objects.filter(autor=usuario).values("informe")
    for informe in Informe.objects.filter(estado=EstadoDeInforme.REVISION).exclude(pk__in=suyas):
        yield Aviso(
            "Informe en revisión",
            f"{informe}: puede leerlo y escribir observaciones",
            reverse("informes:informe_documento", args=[informe.pk]),
        )
