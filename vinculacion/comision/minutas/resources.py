"""La hoja «minutas»."""

from django.core.exceptions import ValidationError

from vinculacion.comision.models import Minuta
from vinculacion.nucleo import hojas

from ..estados import EstadoDeMinuta
from . import acciones


class MinutaRecurso(hojas.Recurso):
    clave = "minutas"
    se_nombra = ("sesion__clave", ("sesion__comision__siglas", "sesion__clave"))

    class Meta:
        model = Minuta
        import_id_fields = ("sesion",)
        fields = ("sesion", "texto", "estado", "aprobada_en")

    def consulta(self):
        return Minuta.objects.select_related("sesion__comision", "aprobada_en__sesion")

    def guardar(self, instancia, por):
        """Una fila aprobada se guarda como borrador y se aprueba enseguida, con las mismas reglas que la página."""
        estado, punto = instancia.estado, instancia.aprobada_en
        if estado == EstadoDeMinuta.APROBADA and punto is None:
            raise ValidationError({"aprobada_en": "Diga qué punto la aprobó."})
        acciones.guardar_minuta(minuta=instancia, por=por)
        if estado == EstadoDeMinuta.APROBADA:
            acciones.aprobar(minuta=instancia, punto=punto, por=por)
