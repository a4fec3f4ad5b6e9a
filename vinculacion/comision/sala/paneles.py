from collections.abc import Iterator

from django.urls import reverse

from vinculacion.comision import permisos
from vinculacion.comision.estados import REALIZADAS, SIN_SESIONAR, EstadoDeSesion
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.paginas import Accion, Panel

from . import consultas


def paneles(sesion: Sesion, usuario) -> Iterator[Panel]:
    """Lo que esta parte enseña en la página de la sesión."""
    if sesion.estado not in REALIZADAS and not sesion.asistencias.exists():
        return
    puntos = list(sesion.puntos.order_by("numero"))
    cuentas = consultas.votaciones(puntos)
    contexto = {
        "quorum": consultas.quorum(sesion),
        "votaciones": [(p, cuentas[p.pk]) for p in puntos if p.pk in cuentas],
    }
    yield Panel("Quórum y votaciones", "comision/sala/_panel.html", contexto)


def botones(sesion: Sesion, usuario) -> Iterator[Accion]:
    if sesion.cerrada or sesion.estado in SIN_SESIONAR or not usuario.has_perm(permisos.CELEBRAR):
        return
    clase = "btn-outline-primary" if sesion.estado == EstadoDeSesion.CELEBRADA else "btn-primary"
    yield Accion("Abrir la sala", reverse("comision:sala", args=[sesion.pk]), clase)
