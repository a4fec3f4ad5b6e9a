from collections.abc import Iterator

from django.urls import reverse

from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo.paginas import Accion, Panel

from . import reglas

DAR = "comision.add_seguimientodeacuerdo"


def paneles(acuerdo: Acuerdo, usuario) -> Iterator[Panel]:
    pasos = acuerdo.seguimientos.select_related("sesion", "por").prefetch_related("evidencias")
    da = usuario.has_perm(DAR)
    impedimentos = reglas.impedimentos_para_dar_seguimiento(acuerdo, usuario) if da else []
    contexto = {
        "pasos": pasos.order_by("-fecha", "-pk"),
        "impedimentos": impedimentos,
        "puede_dar": da and not impedimentos,
    }
    yield Panel("Seguimiento", "comision/seguimiento/_linea.html", contexto)


def botones(acuerdo: Acuerdo, usuario) -> Iterator[Accion]:
    if usuario.has_perm(DAR) and not reglas.impedimentos_para_dar_seguimiento(acuerdo, usuario):
        yield Accion("Dar seguimiento", f"{reverse('comision:seguimiento_nuevo')}?acuerdo={acuerdo.pk}")
