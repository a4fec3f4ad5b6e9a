"""Hoja de cálculo de los envíos."""

from vinculacion.nucleo import hojas

from . import acciones
from .models import Envio


class EnvioRecurso(hojas.Recurso):
    clave = "envios"

    class Meta:
        model = Envio
        import_id_fields = ("fecha", "asunto")
        fields = ("fecha", "clase", "asunto", "resumen", "destinatarios")

    def guardar(self, instancia, por):
        acciones.guardar_envio(envio=instancia, por=por)
