"""Hojas de cálculo de los convenios."""

from django.core.exceptions import ValidationError

from vinculacion.nucleo import hojas

from . import acciones
from .models import Convenio, TipoInstrumento
from .rarezas import Mirada


class TipoInstrumentoRecurso(hojas.Recurso):
    clave = "tipos_instrumento"
    se_nombra = ("nombre",)

    class Meta:
        model = TipoInstrumento
        import_id_fields = ("nombre",)
        fields = ("nombre", "nivel", "requiere_opinion", "activo")


class ConvenioRecurso(hojas.Recurso):
    clave = "convenios"
    se_nombra = ("folio",)

    desde = hojas.Columna(
        column_name="En esa etapa desde",
        widget=hojas.Fecha(),
        virtual=True,
        ayuda="Desde cuándo está en la etapa. En blanco: la fecha de suscripción; si está concluido, su último día de "
        "vigencia (uno indefinido sí la pide); en las demás, hoy.",
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
            "responsable",
            "etapa",
            "desde",
            "fecha_firma",
            "vigencia",
            "vigencia_desde",
            "vigencia_hasta",
            "vigencia_texto",
            "notas",
        )

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._mirada: Mirada | None = None

    def consulta(self):
        return Convenio.objects.select_related("tipo", "padre").prefetch_related("cambios")

    def dehydrate_desde(self, convenio):
        cambios = list(convenio.cambios.all()) if convenio.pk else []
        return cambios[-1].fecha if cambios else None

    def dehydrate_padre(self, convenio):
        return None if getattr(convenio, "padre_oculto", False) else convenio.padre_id

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        if not instance.valores_hoja.get("desde"):
            instance.despues_hoja.pop("desde", None)  # en blanco no es un cambio

    def guardar(self, instancia, por):
        valores = instancia.valores_hoja
        desde = valores.get("desde")
        antes, despues = instancia.antes_hoja, instancia.despues_hoja
        misma_etapa = antes.get("etapa") == despues.get("etapa")
        if instancia.pk and desde and misma_etapa and antes.get("desde") != despues.get("desde"):
            raise ValidationError("La etapa no cambia, así que su fecha tampoco: deje esa celda en blanco.")
        acciones.guardar_convenio(
            convenio=instancia,
            contrapartes=valores.get("contrapartes"),
            areas=valores.get("areas"),
            fecha=desde,
            nota="Importado de una hoja de cálculo." if desde or not instancia.pk else "",
            por=por,
        )

    def save_m2m(self, instance, row, **kwargs):
        """Ya las puso la acción."""

    def rarezas(self, instancia):
        if self._mirada is None:
            self._mirada = Mirada(
                [c.pk for _, c in self.importadas], {c.pk: c.valores_hoja.get("desde") for _, c in self.importadas}
            )
        return self._mirada.de(instancia.pk)


class FolioDeConvenio(hojas.RelacionPorNombre):
    """Sin la lista de folios permitidos: la plantilla la baja también quien sólo ve los de su área."""

    formato = "Folio del convenio"

    def permitidos(self, tope=0) -> list[str]:
        return []
