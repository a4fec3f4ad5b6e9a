import django_tables2 as tables

from .models import Serie


class SerieTabla(tables.Table):
    nombre = tables.Column(linkify=True)

    class Meta:
        model = Serie
        fields = ("nombre", "clave", "patron")
