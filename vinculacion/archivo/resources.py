"""Hojas de cálculo de las series de numeración."""

from vinculacion.nucleo import hojas

from . import acciones
from .models import Serie


class SerieRecurso(hojas.Recurso):
    clave = "series"
    se_nombra = ("clave", "nombre")

    class Meta:
        model = Serie
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "patron")

    def guardar(self, instancia, por):
        acciones.guardar_serie(serie=instancia, por=por)
