"""Las hojas «plantillas_de_informe» e «informes»; sus apartados y secciones van en las suyas."""

from django.core.exceptions import ValidationError

from vinculacion.comision.models import Acuerdo
from vinculacion.nucleo import hojas

from . import acciones, consultas
from .models import Informe, Plantilla


class PlantillaRecurso(hojas.Recurso):
    clave = "plantillas_de_informe"
    se_nombra = ("clave", "nombre")

    class Meta:
        model = Plantilla
        import_id_fields = ("clave",)
        fields = ("clave", "nombre", "descripcion")

    def guardar(self, instancia, por):
        acciones.guardar_plantilla(plantilla=instancia, por=por)


class InformeRecurso(hojas.Recurso):
    """Uno nuevo nace con los apartados de su plantilla; su estado cambia con los pasos de su página."""

    clave = "informes"
    se_nombra = ("clave",)

    acuerdo = hojas.Columna(widget=hojas.RelacionPorNombre(Acuerdo, ("folio", ("comision__siglas", "folio"))))
    estado = hojas.Columna(attribute="get_estado_display", column_name="Estado", readonly=True)

    class Meta:
        model = Informe
        import_id_fields = ("clave",)
        fields = (
            "clave", "titulo", "plantilla", "inicio", "fin", "comision", "unidad", "identidad", "punto", "acuerdo",
            "estado",
        )  # fmt: skip

    def consulta(self):
        return consultas.informes()

    def guardar(self, instancia, por):
        cambia = instancia.despues_hoja.get("plantilla", "") != instancia.antes_hoja.get("plantilla", "")
        if instancia.pk is not None and "plantilla" in instancia.despues_hoja and cambia:
            raise ValidationError({"plantilla": "Los apartados ya se copiaron: la plantilla de un informe no cambia."})
        acciones.guardar_informe(informe=instancia, por=por)
