"""Hojas de cálculo de los convenios."""

from vinculacion.nucleo import hojas

from . import acciones, consultas
from .models import Actualizacion, Convenio, TipoInstrumento


class TipoInstrumentoRecurso(hojas.Recurso):
    clave = "tipos_instrumento"
    se_nombra = ("nombre",)

    class Meta:
        model = TipoInstrumento
        import_id_fields = ("nombre",)
        fields = ("nombre", "activo")


class ConvenioRecurso(hojas.Recurso):
    clave = "convenios"
    se_nombra = ("folio",)

    desde = hojas.Columna(
        column_name="En esa etapa desde",
        widget=hojas.Fecha(),
        virtual=True,
        ayuda="Desde cuándo está en la etapa. Si se deja en blanco: la fecha de suscripción, o la de hoy.",
    )

    class Meta:
        model = Convenio
        import_id_fields = ("folio",)
        fields = (
            "folio",
            "titulo",
            "tipo",
            "padre",
            "contrapartes",
            "ambito",
            "objeto",
            "areas",
            "gestion",
            "etapa",
            "desde",
            "fecha_firma",
            "vigencia",
            "vigencia_hasta",
            "vigencia_texto",
        )

    def consulta(self):
        return Convenio.objects.select_related("tipo", "padre").prefetch_related("cambios")

    def dehydrate_desde(self, convenio):
        cambios = list(convenio.cambios.all()) if convenio.pk else []
        return cambios[-1].fecha if cambios else None

    def guardar(self, instancia, por):
        valores = instancia.valores_hoja
        desde = valores.get("desde")
        if instancia.pk and instancia.etapa == Convenio.objects.values_list("etapa", flat=True).get(pk=instancia.pk):
            desde = None  # la etapa no cambia: tampoco su fecha
        acciones.guardar_convenio(
            convenio=instancia,
            contrapartes=valores.get("contrapartes"),
            areas=valores.get("areas"),
            fecha=desde,
            nota="Importado de una hoja de cálculo." if desde or not instancia.pk else "",
            por=por,
        )


class ActualizacionRecurso(hojas.Recurso):
    clave = "actualizaciones"

    sesion = hojas.Columna(
        column_name="Sesión en que se reportó",
        widget=hojas.RelacionPorNombre("comision.Sesion", campos=(("comision__siglas", "anio", "codigo"),)),
        ayuda="Comisión, año y código de la sesión: CVOE:2020:10SO.",
        ejemplo="CVOE:2020:10SO",
    )

    class Meta:
        model = Actualizacion
        import_id_fields = ("convenio", "sesion")
        fields = ("convenio", "sesion", "avance")

    def consulta(self):
        todas = Actualizacion.objects.select_related("convenio", "sesion__comision")
        return todas if self.por is None else consultas.actualizaciones_visibles(self.por)

    def guardar(self, instancia, por):
        acciones.guardar_actualizacion(actualizacion=instancia, por=por)
