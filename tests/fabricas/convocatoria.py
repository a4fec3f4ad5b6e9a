"""Una sesión por convocar: con su integración y correos, sus puntos y un PDF en uno de ellos."""

from datetime import date, time, timedelta
from io import BytesIO

import pikepdf
from django.core.files.base import ContentFile

from tests.fabricas import comision as fabrica
from tests.fabricas.personas import persona
from vinculacion.archivo.acciones import agregar_evidencia
from vinculacion.comision import acciones
from vinculacion.comision.convocatoria import acciones as propias
from vinculacion.comision.models import Convocatoria, Sesion
from vinculacion.nucleo.periodos import hoy


def pdf(paginas: int = 1) -> bytes:
    nuevo, salida = pikepdf.new(), BytesIO()
    for _ in range(paginas):
        nuevo.add_blank_page()
    nuevo.save(salida)
    return salida.getvalue()


def por_convocar(fecha: date | None = None, *, siglas: str = "COVIN", con_correo: bool = True, **datos) -> Sesion:
    """A diez días, a las 11:00, con tres puntos y seis integrantes."""
    comision = fabrica.comision(siglas)
    for n, integracion in enumerate(fabrica.integrar(comision), start=1):
        integracion.correo = f"integrante{n}@prueba.example" if con_correo else ""
        integracion.save()
    datos = {"hora_programada": time(11), "lugar": "Sala de sesiones", "modalidad": "presencial", **datos}
    sesion = fabrica.sesion(comision, fecha or hoy() + timedelta(days=10), celebrada=False, **datos)
    for titulo in ("Orden del día", "Informe trimestral", "Asuntos generales"):
        acciones.agregar_punto(
            sesion=sesion,
            titulo=titulo,
            por=None,
            solicitud="generales" if titulo.startswith("Asuntos") else "aprobacion",
        )
    return sesion


def documentar(punto, *, paginas: int = 1, nombre: str = "informe.pdf"):
    return agregar_evidencia(registro=punto, archivo=ContentFile(pdf(paginas), name=nombre), por=persona())


def convocar(sesion: Sesion, *, clase: str = "convocatoria", confirmada: bool = False, por=None) -> Convocatoria:
    """Sin adjuntos pesados: la carta basta."""
    expediente = propias.Expediente(propias._huella(sesion), (("carta.pdf", pdf()),))
    return propias.emitir(
        sesion=sesion,
        clase=clase,
        asunto="Convocatoria",
        mensaje="Se le convoca.",
        expediente=expediente,
        por=por or persona(),
        confirmada=confirmada,
    )
