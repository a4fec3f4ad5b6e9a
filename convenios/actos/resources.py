"""Hojas de cálculo de los actos y de sus listas de invitados."""

from vinculacion.nucleo import hojas

from ..models import ActoProtocolario, InvitadoDeActo
from . import acciones, reglas


class ActoRecurso(hojas.Recurso):
    clave = "actos"
    se_nombra = ("titulo", ("fecha", "titulo"))

    class Meta:
        model = ActoProtocolario
        import_id_fields = ("fecha", "titulo")
        fields = (
            "fecha",
            "titulo",
            "convenios",
            "hora",
            "hora_fin",
            "modalidad",
            "lugar",
            "estado",
            "motivo",
            "notas",
        )

    def guardar(self, instancia, por):
        acciones.guardar_acto(acto=instancia, convenios=instancia.valores_hoja.get("convenios"), por=por)

    def rarezas(self, instancia):
        return reglas.dudas(instancia, instancia.convenios.all())


class InvitadoRecurso(hojas.Recurso):
    clave = "invitados_de_actos"
    titulo = "Invitados de los actos"

    class Meta:
        model = InvitadoDeActo
        import_id_fields = ("acto", "cargo", "organismo", "area")
        fields = ("acto", "orden", "cargo", "organismo", "area", "calidad", "asistio")

    def consulta(self):
        return InvitadoDeActo.objects.select_related("acto").order_by("acto__fecha", "acto", "orden", "pk")

    def guardar(self, instancia, por):
        acciones.guardar_invitado(invitado=instancia, por=por)
