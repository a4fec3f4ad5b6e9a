"""Hojas de cálculo de planes y bitácora."""

from django.core.exceptions import ValidationError

from vinculacion.nucleo import hojas

from . import acciones, consultas
from .models import META_MAXIMA, Accion, Actividad, CifraExtra, Eje, Meta, Programa, TipoActividad


class ProgramaRecurso(hojas.Recurso):
    clave = "programas"
    se_nombra = ("clave",)

    class Meta:
        model = Programa
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "tipo", "anio", "area", "comision", "acuerdo", "objetivo")

    def guardar(self, instancia, por):
        acciones.guardar_programa(programa=instancia, por=por)


class EjeRecurso(hojas.Recurso):
    clave = "ejes"
    se_nombra = (("programa__clave", "numero"),)

    class Meta:
        model = Eje
        import_id_fields = ("programa", "numero")
        fields = ("programa", "numero", "nombre", "objetivo")

    def consulta(self):
        return Eje.objects.select_related("programa")

    def guardar(self, instancia, por):
        acciones.guardar_eje(eje=instancia, por=por)
