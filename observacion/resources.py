"""Hojas de cálculo de la Red."""

from vinculacion.nucleo import hojas

from . import acciones
from .models import AsistenciaRed, IntegranteRed


class IntegranteRecurso(hojas.Recurso):
    clave = "integrantes_red"
    se_nombra = ("nombre",)

    class Meta:
        model = IntegranteRed
        import_id_fields = ("nombre",)
        fields = ("nombre", "clase", "organismo", "desde", "estado", "hasta", "correo", "telefono", "ciudad", "notas")

    def guardar(self, instancia, por):
        acciones.guardar_integrante(integrante=instancia, por=por)


class AsistenciaRecurso(hojas.Recurso):
    clave = "asistencia_red"

    actividad = hojas.Columna(
        widget=hojas.RelacionPorNombre("programas.Actividad", campos=(("fecha_inicio", "titulo"),)),
        ayuda="Fecha y título de la actividad, separados por dos puntos.",
        ejemplo="04/11/2020: Tercera reunión de trabajo",
    )

    class Meta:
        model = AsistenciaRed
        import_id_fields = ("actividad", "integrante")
        fields = ("actividad", "integrante", "personas")

    def consulta(self):
        return AsistenciaRed.objects.select_related("actividad", "integrante")

    def guardar(self, instancia, por):
        acciones.guardar_asistencia(asistencia=instancia, por=por)
