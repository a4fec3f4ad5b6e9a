"""Columnas de las listas del directorio."""

import django_tables2 as tables

from .models import Area, Organismo, ProcesoElectoral


class AreaTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    padre = tables.Column(accessor="padre__corto", order_by="padre__nombre", verbose_name="Depende de")
    activa = tables.Column()

    class Meta:
        model = Area
        fields = ("nombre", "siglas", "clase", "padre", "activa")

    def render_activa(self, value):
        return "Sí" if value else "No"


class OrganismoTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    padre = tables.Column(accessor="padre__corto", order_by="padre__nombre", verbose_name="Forma parte de")

    class Meta:
        model = Organismo
        fields = ("nombre", "siglas", "clase", "ambito", "pais", "padre")


class ProcesoElectoralTabla(tables.Table):
    nombre = tables.Column(linkify=True)
    inicio = tables.DateColumn(format="d/m/Y", attrs={"td": {"class": "corto"}})
    jornada = tables.DateColumn(format="d/m/Y", attrs={"td": {"class": "corto"}})
    fin = tables.DateColumn(format="d/m/Y", attrs={"td": {"class": "corto"}})

    class Meta:
        model = ProcesoElectoral
        fields = ("nombre", "clave", "clase", "inicio", "jornada", "fin")
