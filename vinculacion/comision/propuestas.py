"""Lo que la propia comisión tiene listo para una sesión: minutas por aprobar y el seguimiento de sus acuerdos."""

from collections.abc import Iterator

from django.urls import reverse

from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.propuestas import Propuesta, propuestas
from vinculacion.nucleo.texto import llano

from . import consultas
from .estados import EstadoDeMinuta, Solicitud
from .models import Acuerdo, Minuta, Sesion


@propuestas
def minutas(sesion: Sesion, usuario) -> Iterator[Propuesta]:
    """Las de sesiones anteriores sin aprobar. Se reconocen por su nombre: el punto que la aprueba se sabe al votarse."""
    en_el_orden = [llano(titulo) for titulo in sesion.puntos.values_list("titulo", flat=True)]
    pendientes = Minuta.objects.filter(
        estado=EstadoDeMinuta.BORRADOR,
        sesion__comision=sesion.comision_id,
        sesion__fecha_celebrada__lte=sesion.fecha_programada,
    ).exclude(sesion=sesion)
    for minuta in pendientes.select_related("sesion").order_by("sesion__fecha_celebrada", "sesion"):
        nombre = str(minuta).lower()
        if any(llano(nombre) in titulo for titulo in en_el_orden):
            continue
        yield Propuesta(
            clave=f"minuta-{minuta.pk}",
            clase="Minuta",
            titulo=f"Aprobación de la {nombre}",
            solicitud=Solicitud.APROBACION,
            url=minuta.get_absolute_url(),
            presenta="Secretaría técnica",
            tema="Minutas",
            de_tramite=True,
        )


@propuestas
def seguimiento(sesion: Sesion, usuario) -> Iterator[Propuesta]:
    """El informe de los acuerdos abiertos, cuando alguno vence antes de la sesión."""
    abiertos = consultas.abiertos(Acuerdo.objects.filter(comision=sesion.comision_id).exclude(sesion=sesion))
    vencen = abiertos.filter(fecha_limite__lte=sesion.fecha_programada).count()
    if not vencen:
        return
    titulos = (llano(t) for t in sesion.puntos.values_list("titulo", flat=True))
    if any("seguimiento" in t and "acuerdos" in t for t in titulos):
        return
    total = abiertos.count()
    yield Propuesta(
        clave="seguimiento-de-acuerdos",
        clase="Acuerdos",
        titulo="Informe de seguimiento de los acuerdos de la comisión",
        solicitud=Solicitud.PRESENTACION,
        url=reverse("comision:seguimiento_de_sesion", args=[sesion.pk]),
        presenta="Secretaría técnica",
        detalle=f"{cuenta(total, 'acuerdo abierto', 'acuerdos abiertos')}; {vencen} con plazo hasta la sesión o vencido",
    )
