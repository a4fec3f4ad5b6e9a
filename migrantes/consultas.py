"""Los envíos, preguntados una vez para la página, el informe y la hoja."""

from django.db.models import QuerySet

from vinculacion.nucleo.periodos import Periodo

from .models import Envio


def envios() -> QuerySet[Envio]:
    return Envio.objects.select_related("capturo")


def envios_en(periodo: Periodo, clase: str = "") -> QuerySet[Envio]:
    """Los enviados en ``periodo``, por fecha. Lanza ``ValueError`` si la clase no existe."""
    consulta = Envio.objects.filter(fecha__gte=periodo.inicio, fecha__lte=periodo.fin).order_by("fecha", "pk")
    if clase:
        if clase not in Envio.Clase.values:
            raise ValueError(f"«{clase}» no vale como clase; use {', '.join(Envio.Clase.values)}")
        consulta = consulta.filter(clase=clase)
    return consulta
