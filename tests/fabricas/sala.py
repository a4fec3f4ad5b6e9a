"""Una sesión de hoy, lista para llevarse: tres con voto, tres sin él y un punto de cada clase."""

from datetime import date

from tests.fabricas import comision as fabrica
from vinculacion.comision import acciones
from vinculacion.comision.estados import EstadoDeSesion, Solicitud
from vinculacion.comision.models import Comision, Integracion, Punto, Sesion
from vinculacion.nucleo.periodos import hoy


def capacidades(de: Comision) -> list[Integracion]:
    """Presidencia, Consejería 2, Consejería 3, Secretaría técnica, Partido Uno y Secretaría Administrativa."""
    return list(de.integraciones.order_by("orden"))


def sesion_de_hoy(*, convocada: bool = True, dia: date | None = None) -> Sesion:
    cvoe = fabrica.comision()
    fabrica.integrar(cvoe)
    sesion = fabrica.sesion(cvoe, dia or hoy(), celebrada=False)
    if convocada:
        sesion = acciones.cambiar_estado_sesion(sesion=sesion, estado=EstadoDeSesion.CONVOCADA, por=None)
    for titulo, solicitud in (
        ("Orden del día", Solicitud.APROBACION),
        ("Informe trimestral", Solicitud.APROBACION),
        ("Presentación del calendario", Solicitud.PRESENTACION),
        ("Asuntos generales", Solicitud.GENERALES),
    ):
        acciones.agregar_punto(sesion=sesion, titulo=titulo, solicitud=solicitud, por=None)
    return Sesion.objects.select_related("comision__serie").get(pk=sesion.pk)


def asisten(sesion: Sesion, *estados: str) -> None:
    """En orden de protocolo; las que no se nombran quedan sin anotar."""
    suyas = capacidades(sesion.comision)
    acciones.registrar_asistencia(
        sesion=sesion, estados={i.pk: e for i, e in zip(suyas, estados, strict=False)}, por=None
    )


def en_curso(*estados: str) -> Sesion:
    """Ya iniciada; por omisión con las tres personas que votan."""
    sesion = sesion_de_hoy()
    asisten(sesion, *(estados or ("presente",) * 3))
    acciones.cambiar_estado_sesion(
        sesion=sesion, estado=EstadoDeSesion.EN_CURSO, por=None, fecha_celebrada=hoy(), hora_inicio="10:00"
    )
    return Sesion.objects.select_related("comision__serie").get(pk=sesion.pk)


def punto(sesion: Sesion, numero: int) -> Punto:
    return Punto.objects.select_related("sesion__comision__serie").get(sesion=sesion, numero=numero)
