"""Hojas de cálculo de planes y bitácora; cada fila pasa por la misma acción que la página."""

from django.utils.functional import cached_property

from vinculacion.nucleo import fuentes, hojas

from . import acciones, consultas
from .estados import CampoDeActividad, ColumnaDeActividad
from .metas import reglas as de_metas
from .models import Accion, Actividad, Eje, Programa, TipoActividad
from .models import Meta as MetaTrimestral


class ProgramaRecurso(hojas.Recurso):
    clave = "programas"
    se_nombra = ("clave",)

    estado = hojas.Columna(attribute="get_estado_display", column_name="Estado", readonly=True)

    class Meta:
        model = Programa
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "tipo", "anio", "area", "comision", "acuerdo", "objetivo", "estado")

    def consulta(self):
        return consultas.programas()

    def guardar(self, instancia, por):
        acciones.guardar_programa(programa=instancia, por=por)


class EjeRecurso(hojas.Recurso):
    clave = "ejes"
    se_nombra = (("programa__clave", "numero"),)

    class Meta:
        model = Eje
        import_id_fields = ("programa", "numero")
        fields = ("programa", "numero", "nombre", "objetivo", "justificacion", "lineas", "peso")

    def consulta(self):
        return Eje.objects.select_related("programa")

    def guardar(self, instancia, por):
        acciones.guardar_eje(eje=instancia, por=por)


class AccionRecurso(hojas.Recurso):
    """Las metas van en su propia hoja; las de un plan aprobado, en la de reprogramaciones."""

    clave = "acciones"
    se_nombra = (("eje__programa__clave", "numeral"),)

    meses = hojas.Columna(widget=hojas.Lista(de=hojas.Entero()), ejemplo="1; 2; 3")

    class Meta:
        model = Accion
        import_id_fields = ("eje", "inciso")
        fields = (
            "eje", "inciso", "nombre", "unidad", "frecuencia", "fuente", "peso", "meses", "area_responsable",
            "alineadas",
        )  # fmt: skip

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Al cargarse este archivo puede faltar la fuente de alguna sala de arriba.
        self.fields["fuente"].widget = hojas.Opcion(fuentes.opciones())

    def consulta(self):
        return consultas.acciones()

    def guardar(self, instancia, por):
        acciones.guardar_accion(accion=instancia, alineadas=instancia.valores_hoja.get("alineadas"), por=por)


class MetaRecurso(hojas.Recurso):
    clave = "metas"

    class Meta:
        model = MetaTrimestral
        import_id_fields = ("accion", "trimestre")
        fields = ("accion", "trimestre", "cantidad", "mes_1", "mes_2", "mes_3")

    def consulta(self):
        return consultas.metas()

    def guardar(self, instancia, por):
        acciones.guardar_meta(meta=instancia, por=por)


class TipoActividadRecurso(hojas.Recurso):
    clave = "tipos_actividad"
    se_nombra = ("clave", "nombre")

    campos = hojas.Columna(widget=hojas.Lista(de=hojas.Opcion(CampoDeActividad.choices)))
    columnas_informe = hojas.Columna(
        attribute="columnas", widget=hojas.Lista(de=hojas.Opcion(ColumnaDeActividad.choices))
    )

    class Meta:
        model = TipoActividad
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "campos", "columnas_informe", "orden", "activo")

    def guardar(self, instancia, por):
        acciones.guardar_tipo(tipo=instancia, por=por)


class ActividadRecurso(hojas.Recurso):
    """Una actividad se reconoce por su acción, su tipo, su primera fecha y su título."""

    clave = "actividades"

    fechas_sueltas = hojas.Columna(
        column_name="Otras fechas",
        widget=hojas.Lista(de=hojas.Fecha()),
        ayuda="Si ocurrió en días separados: todas las fechas, también la primera, separadas por punto y coma.",
    )
    otras_cifras = hojas.Columna(column_name="Otras cifras", widget=hojas.Pares(), virtual=True)
    estado = hojas.Columna(attribute="get_estado_display", column_name="Estado", readonly=True)
    capturo = hojas.Columna(column_name="Capturó", readonly=True)

    encabezados = {"hora_inicio": "Hora de inicio", "hora_fin": "Hora de término"}

    class Meta:
        model = Actividad
        import_id_fields = ("accion", "tipo", "fecha_inicio", "titulo")
        fields = (
            "accion", "tipo", "fecha_inicio", "titulo", "fecha_fin", "fechas_sueltas", "hora_inicio", "hora_fin",
            "objetivo", "modalidad", "lugar", "ciudad", "pais", "organismos", "organo", "representacion",
            "mujeres", "hombres", "sin_dato", "unidades", "otras_cifras", "observaciones", "estado", "capturo",
        )  # fmt: skip

    def consulta(self):
        return consultas.con_todo(Actividad.objects.all())

    def dehydrate_otras_cifras(self, actividad):
        return {c.etiqueta: c.numero for c in actividad.cifras.all()} if actividad.pk else {}

    def guardar(self, instancia, por):
        valores = instancia.valores_hoja
        acciones.guardar_actividad(
            actividad=instancia,
            organismos=valores.get("organismos"),
            cifras=valores.get("otras_cifras"),
            cerrados=self.cerrados,
            por=por,
        )

    @cached_property
    def cerrados(self):
        """Una vez por hoja: no cambian mientras se importa."""
        return list(de_metas.cerrados())
