from collections.abc import Iterator

from django.urls import reverse

from vinculacion.comision import permisos
from vinculacion.comision.estados import EstadoDeSesion
from vinculacion.comision.models import Minuta, Sesion
from vinculacion.nucleo.paginas import Accion, Panel

from . import consultas, reglas


def paneles(sesion: Sesion, usuario) -> Iterator[Panel]:
    """La minuta y, si la sesión se reabrió, lo que se corrigió desde que se cerró."""
    if reglas.impedimentos_para_redactar(sesion):
        return
    minuta = Minuta.objects.filter(sesion=sesion).select_related("aprobada_en__sesion").first()
    yield Panel("Minuta", "comision/minutas/_panel.html", {"minuta": minuta})
    if corregido := consultas.correcciones(sesion):
        yield Panel(
            "Correcciones después del cierre", "comision/minutas/_correcciones.html", {"correcciones": corregido}
        )


def botones(sesion: Sesion, usuario) -> Iterator[Accion]:
    if usuario.has_perm(permisos.CELEBRAR) and sesion.estado == EstadoDeSesion.CELEBRADA:
        if sesion.cerrada:
            yield Accion("Reabrir para corregir", reverse("comision:sesion_reabrir", args=[sesion.pk]))
        else:
            yield Accion("Cerrar la sesión", reverse("comision:sesion_cerrar", args=[sesion.pk]), "btn-primary")
