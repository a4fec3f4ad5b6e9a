"""Hojas de cálculo de la matriz de indicadores; cada fila pasa por la misma acción que la página."""

import re

from programas.models import AjusteDeTiempo, DatoDeVariable, Explicacion, Indicador, Supuesto, Variable
from vinculacion.nucleo import hojas
from vinculacion.nucleo.hojas.celdas import Texto, a_texto

from . import acciones, consultas


class ParesDeTexto(Texto):
    """«accion: pat-2021:1A; tipo: curso»: los parámetros de una cifra, que son texto."""

    formato = "Nombre: valor; si son varios, separados por punto y coma"
    ejemplo = "accion: pat-2021:1A; tipo: curso"

    def clean(self, value, row=None, **kwargs):
        pares = {}
        for pieza in filter(None, (p.strip() for p in re.split(r"[;\n]", a_texto(value)))):
            nombre, _, valor = (parte.strip() for parte in pieza.partition(":"))
            if not nombre or not valor:
                raise ValueError(f"«{pieza}» no tiene la forma «nombre: valor».")
            if nombre in pares:
                raise ValueError(f"«{nombre}» está repetido.")
            pares[nombre] = valor
        return pares

    def render(self, value, obj=None, **kwargs):
        return "; ".join(f"{nombre}: {valor}" for nombre, valor in (value or {}).items())


class SupuestoRecurso(hojas.Recurso):
    clave = "supuestos"
    se_nombra = (("programa__clave", "clave"),)

    class Meta:
        model = Supuesto
        import_id_fields = ("programa", "clave")
        fields = ("programa", "clave", "texto")

    def consulta(self):
        return Supuesto.objects.select_related("programa").order_by("programa__clave", "clave")

    def guardar(self, instancia, por):
        acciones.guardar_supuesto(supuesto=instancia, por=por)


class IndicadorRecurso(hojas.Recurso):
    """Sus variables van en su propia hoja."""

    clave = "indicadores"
    se_nombra = (("programa__clave", "clave"),)

    class Meta:
        model = Indicador
        import_id_fields = ("programa", "clave")
        fields = (
            "programa", "clave", "nivel", "orden", "resumen", "nombre", "tipo", "formula", "frecuencia", "unidad",
            "linea_base", "linea_base_anio", "meta", "sentido", "ambar_desde", "verde_desde", "rebasada_desde",
            "medios_verificacion", "supuestos", "eje", "accion", "area_responsable",
        )  # fmt: skip

    def consulta(self):
        return consultas.indicadores().order_by("programa__clave", "orden", "clave")

    def guardar(self, instancia, por):
        acciones.guardar_indicador(indicador=instancia, supuestos=instancia.valores_hoja.get("supuestos"), por=por)


class VariableRecurso(hojas.Recurso):
    clave = "variables"
    se_nombra = (("indicador__programa__clave", "indicador__clave", "simbolo"),)

    parametros = hojas.Columna(widget=ParesDeTexto())

    class Meta:
        model = Variable
        import_id_fields = ("indicador", "simbolo")
        fields = (
            "indicador", "simbolo", "papel", "nombre", "origen", "acciones", "cifra", "parametros", "valor", "orden",
        )  # fmt: skip

    def consulta(self):
        return (
            Variable.objects.select_related("indicador__programa")
            .prefetch_related("acciones__eje__programa")
            .order_by("indicador__programa__clave", "indicador__orden", "indicador__clave", "orden", "pk")
        )

    def guardar(self, instancia, por):
        acciones.guardar_variable(variable=instancia, acciones=instancia.valores_hoja.get("acciones"), por=por)

    def save_m2m(self, instance, row, **kwargs):
        """Las acciones ya las dejó la acción, que quita las que no tocan a su origen."""


class DatoDeVariableRecurso(hojas.Recurso):
    clave = "datos_de_variables"

    class Meta:
        model = DatoDeVariable
        import_id_fields = ("variable", "periodo")
        fields = ("variable", "periodo", "valor", "procedencia")

    def consulta(self):
        return DatoDeVariable.objects.select_related("variable__indicador__programa")

    def guardar(self, instancia, por):
        acciones.guardar_dato(dato=instancia, por=por)


class AjusteDeTiempoRecurso(hojas.Recurso):
    clave = "ajustes_de_tiempo"

    class Meta:
        model = AjusteDeTiempo
        import_id_fields = ("indicador", "periodo")
        fields = ("indicador", "periodo", "tr", "razon")

    def consulta(self):
        return AjusteDeTiempo.objects.select_related("indicador__programa")

    def guardar(self, instancia, por):
        acciones.ajustar_tiempo(ajuste=instancia, por=por)


class ExplicacionRecurso(hojas.Recurso):
    clave = "explicaciones"

    class Meta:
        model = Explicacion
        import_id_fields = ("indicador", "periodo")
        fields = ("indicador", "periodo", "causa", "medida", "pronostico")

    def consulta(self):
        return Explicacion.objects.select_related("indicador__programa")

    def guardar(self, instancia, por):
        acciones.explicar(explicacion=instancia, por=por)
