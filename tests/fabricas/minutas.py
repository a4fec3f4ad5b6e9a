"""Una sesión ya desahogada: lista pasada, puntos resueltos, un acuerdo y sus horas."""

from datetime import date, time

from tests.fabricas import comision as fabrica
from vinculacion.comision import acciones
from vinculacion.comision.models import Comision, Sesion
from vinculacion.comision.sala import acciones as sala

FECHA = date(2020, 10, 1)


def desahogada(de: Comision, fecha: date = FECHA, **datos) -> Sesion:
    """Jueves 1° de octubre de 2020: asisten tres con voto, una de ellas por suplente."""
    datos = {"hora_inicio": time(10, 5), "hora_fin": time(11, 40), "lugar": "Sala de sesiones", **datos}
    sesion = fabrica.sesion(de, fecha, **datos)
    capacidades = {i.nombre: i.pk for i in de.integraciones.all()}
    acciones.registrar_asistencia(
        sesion=sesion,
        por=None,
        estados={
            capacidades["Presidencia"]: "presente",
            capacidades["Integrante: Consejería 2"]: "presente",
            capacidades["Integrante: Consejería 3"]: "suplente",
            capacidades["Secretaría técnica"]: "presente",
            capacidades["Partido Uno"]: "ausente",
            capacidades["Secretaría Administrativa"]: "justificada",
        },
        motivos={capacidades["Secretaría Administrativa"]: "Comisión de trabajo"},
        suplentes={capacidades["Integrante: Consejería 3"]: "Consejería 4"},
    )
    orden = acciones.agregar_punto(sesion=sesion, titulo="Orden del día", solicitud="aprobacion", por=None)
    informe = acciones.agregar_punto(
        sesion=sesion, titulo="Informe trimestral", solicitud="aprobacion", presenta="Secretaría técnica",
        intervenciones="Se pidió agregar un cuadro.", por=None,
    )  # fmt: skip
    generales = acciones.agregar_punto(sesion=sesion, titulo="Asuntos generales", solicitud="generales", por=None)
    sala.por_unanimidad(punto=orden, por=None)
    sala.votar(
        punto=informe,
        por=None,
        votos={
            capacidades["Presidencia"]: "favor",
            capacidades["Integrante: Consejería 2"]: "favor",
            capacidades["Integrante: Consejería 3"]: "contra",
        },
    )
    sala.resolver(punto=generales, resolucion="presentado", por=None)
    acciones.tomar_acuerdo(sesion=sesion, punto=informe, texto="Se aprueba el informe.", por=None)
    return Sesion.objects.select_related("comision").get(pk=sesion.pk)


def aprueba_minuta(sesion: Sesion):
    """Un punto aprobado por unanimidad en ``sesion``."""
    punto = acciones.agregar_punto(
        sesion=sesion, titulo="Minuta de la sesión anterior", solicitud="aprobacion", por=None
    )
    return sala.por_unanimidad(punto=punto, por=None)
