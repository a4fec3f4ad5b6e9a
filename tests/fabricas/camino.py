"""Instrumentos a medio camino y pasos pendientes, hechos por las acciones."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from convenios.acompanamiento.acciones import guardar_pendiente
from convenios.camino import acciones
from convenios.models import Convenio, PasoPendiente
from tests.fabricas import convenios
from tests.fabricas.convocatoria import pdf
from tests.fabricas.personas import persona
from vinculacion.nucleo.periodos import hoy

INICIO = date(2024, 1, 10)


def con_papel(papel: str, **datos):
    usuario = persona(**datos)
    usuario.groups.add(Group.objects.get(name=papel))
    return usuario


def recorrido(*etapas: str, inicio: date = INICIO, cada: int = 30, por=None, **datos) -> Convenio:
    """Nace en negociación y pasa por ``etapas``, un paso cada tantos días."""
    convenio = convenios.convenio(fecha=inicio, por=por, **datos)
    for n, etapa in enumerate(etapas, start=1):
        convenio = acciones.cambiar_etapa(
            convenio=convenio, etapa=etapa, fecha=inicio + timedelta(days=n * cada), nota=f"Paso {n}.", por=por
        )
    return convenio


def firmado(**datos) -> Convenio:
    return recorrido("validacion", "suscripcion", "suscrito", **datos)


def archivo(nombre: str = "firmado.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, pdf(), "application/pdf")


def pendiente(convenio: Convenio | None = None, *, dias: int | None = None, por=None, **datos) -> PasoPendiente:
    """``dias``: para cuándo, contado desde hoy."""
    convenio = convenio or convenios.convenio()
    base = {"que": f"Enviar el proyecto {convenio.pendientes.count() + 1}", "area": convenio.areas.first()}
    if dias is not None:
        base["fecha_limite"] = hoy() + timedelta(days=dias)
    return guardar_pendiente(paso=PasoPendiente(convenio=convenio, **{**base, **datos}), por=por)
