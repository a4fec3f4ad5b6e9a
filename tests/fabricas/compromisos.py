"""Instrumentos firmados con compromisos, hechos por las acciones."""

from datetime import date

from convenios.compromisos import acciones
from convenios.models import AvanceDeCompromiso, Compromiso, Convenio
from tests.fabricas import convenios

FIRMA = date(2024, 1, 15)


def instrumento(**datos) -> Convenio:
    return convenios.convenio(**{"fecha_firma": FIRMA, **datos})


def compromiso(convenio: Convenio | None = None, por=None, **datos) -> Compromiso:
    """De una vez, que vence el 30 de junio de 2024, del área del instrumento."""
    convenio = convenio or instrumento()
    base = {
        "que": f"Entregar el informe {convenio.compromisos.count() + 1}.",
        "clausula": "Tercera",
        "area": convenio.areas.first(),
        "fecha_limite": date(2024, 6, 30),
    }
    return acciones.guardar_compromiso(compromiso=Compromiso(convenio=convenio, **{**base, **datos}), por=por)


def avance(compromiso: Compromiso, fecha: date = date(2024, 5, 2), por=None, **datos) -> AvanceDeCompromiso:
    """De la vez que sigue; ``cumple=True`` la da por cumplida."""
    compromiso.refresh_from_db()
    base = {"vez": compromiso.proxima, "nota": "Se entregó.", "porcentaje": 50}
    nuevo = AvanceDeCompromiso(compromiso=compromiso, fecha=fecha, **{**base, **datos})
    hecho = acciones.anotar_avance(avance=nuevo, por=por)
    compromiso.refresh_from_db()
    return hecho
