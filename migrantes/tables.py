"""Columnas de la lista de envíos."""

import django_tables2 as tables

from .models import Envio


class EnvioTabla(tables.Table):
    asunto = tables.Column(linkify=True)
    fecha = tables.DateColumn(format="d/m/Y", attrs={"td": {"class": "corto"}}, verbose_name="Fecha de envío")
    destinatarios = tables.Column(attrs={"td": {"class": "numero"}, "th": {"class": "numero"}})

    class Meta:
        model = Envio
        fields = ("asunto", "fecha", "clase", "destinatarios")
