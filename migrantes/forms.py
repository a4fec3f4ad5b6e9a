"""Formulario de los envíos."""

from vinculacion.nucleo.formularios import FormularioBase

from .models import Envio


class EnvioForm(FormularioBase):
    grupos = (("", (("fecha", "clase", "destinatarios"), "asunto", "resumen")),)

    class Meta:
        model = Envio
        fields = ("fecha", "clase", "asunto", "resumen", "destinatarios")
        help_texts = {
            "asunto": "Como se listará en el informe.",
            "destinatarios": "Cuántas personas lo recibieron, si se sabe.",
        }
