"""Hojas de riesgos; los niveles se exportan para leerse y no se importan, porque se calculan."""

from programas.models import Riesgo, SeguimientoDeRiesgo, Tratamiento
from vinculacion.nucleo import hojas

from . import acciones, consultas


class RiesgoRecurso(hojas.Recurso):
    clave = "riesgos"
    se_nombra = (("programa__clave", "numero"),)

    nivel_inicial = hojas.Columna(column_name="Nivel inicial", widget=hojas.Entero(), readonly=True)
    nivel_residual = hojas.Columna(column_name="Nivel residual", widget=hojas.Entero(), readonly=True)

    class Meta:
        model = Riesgo
        import_id_fields = ("programa", "numero")
        fields = (
            "programa", "numero", "nombre", "proceso", "descripcion", "afectados", "probabilidad", "impacto",
            "nivel_inicial", "respuesta", "area_responsable", "probabilidad_residual", "impacto_residual",
            "nivel_residual", "respuesta_final", "acciones", "supuestos",
        )  # fmt: skip

    def consulta(self):
        return consultas.todos()

    def guardar(self, instancia, por):
        valores = instancia.valores_hoja
        acciones.guardar_riesgo(
            riesgo=instancia, acciones=valores.get("acciones"), supuestos=valores.get("supuestos"), por=por
        )


class TratamientoRecurso(hojas.Recurso):
    clave = "tratamientos"

    class Meta:
        model = Tratamiento
        import_id_fields = ("riesgo", "numero")
        fields = (
            "riesgo", "numero", "descripcion", "inicio", "termino", "area_responsable", "estado", "concluido_el",
        )  # fmt: skip

    def consulta(self):
        return consultas.tratamientos()

    def guardar(self, instancia, por):
        acciones.guardar_tratamiento(tratamiento=instancia, por=por)


class SeguimientoRecurso(hojas.Recurso):
    clave = "seguimientos_de_riesgo"

    class Meta:
        model = SeguimientoDeRiesgo
        import_id_fields = ("riesgo", "trimestre")
        fields = ("riesgo", "trimestre", "nota", "se_materializo", "probabilidad", "impacto")

    def consulta(self):
        return consultas.seguimientos()

    def guardar(self, instancia, por):
        acciones.guardar_seguimiento(seguimiento=instancia, por=por)
