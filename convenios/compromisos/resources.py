"""Las hojas «compromisos» y «avances_de_compromisos»."""

from django.core.exceptions import ValidationError
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from vinculacion.nucleo import hojas

from ..consultas import convenios_visibles
from ..models import AvanceDeCompromiso, Compromiso, Convenio
from ..resources import FolioDeConvenio
from . import acciones, consultas


class CompromisoRecurso(hojas.Recurso):
    """Se reconoce por el instrumento, la cláusula y lo que dice: cambiar el texto es otro compromiso."""

    clave = "compromisos"

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))

    class Meta:
        model = Compromiso
        import_id_fields = ("convenio", "clausula", "que")
        fields = (
            "convenio",
            "clausula",
            "que",
            "parte",
            "area",
            "contraparte",
            "recurrencia",
            "fecha_limite",
            "repite_hasta",
            "cancelado_por",
        )

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.por is not None:
            self.fields["convenio"].widget = FolioDeConvenio(Convenio, consulta=lambda: convenios_visibles(self.por))

    def consulta(self):
        todos = Compromiso.objects.select_related("convenio")
        return todos if self.por is None else consultas.compromisos_visibles(self.por)

    def guardar(self, instancia, por):
        """La celda de la cancelación hace lo mismo que sus botones."""
        razon, instancia.cancelado_por = instancia.cancelado_por.strip(), ""
        anterior = Compromiso.objects.filter(pk=instancia.pk).first() if instancia.pk else None
        antes = anterior.cancelado_por if anterior else ""
        if antes and not razon:
            instancia.version = acciones.reactivar_compromiso(compromiso=instancia, por=por).version
        elif antes:
            instancia.cancelado_por = razon
        acciones.guardar_compromiso(compromiso=instancia, por=por)
        if razon and not antes:
            acciones.cancelar_compromiso(compromiso=instancia, razon=razon, por=por)


class CompromisoPorTexto(hojas.RelacionPorNombre):
    """``folio: cláusula: lo que dice``, o sin la cláusula si no la tiene."""

    formato = "Folio del convenio, cláusula y texto del compromiso, separados por dos puntos"

    def __init__(self, consulta):
        super().__init__(Compromiso, ("escrito",), consulta=lambda: con_escrito(consulta()))

    def permitidos(self, tope=0) -> list[str]:
        return []


def con_escrito(consulta: QuerySet[Compromiso]) -> QuerySet[Compromiso]:
    texto = TextField()
    clausula = Case(When(clausula="", then=Value("")), default=Concat(F("clausula"), Value(": ")), output_field=texto)
    return consulta.annotate(escrito=Concat(F("convenio__folio"), Value(": "), clausula, F("que"), output_field=texto))


class Porcentaje(hojas.Entero):
    """La hoja lo revisa antes que el modelo: así la razón sale junto a su celda."""

    def clean(self, value, row=None, **kwargs):
        porcentaje = super().clean(value, row, **kwargs)
        if porcentaje is not None and not 0 <= porcentaje <= 100:
            raise ValueError("El avance va de 0 a 100.")
        return porcentaje


class AvanceRecurso(hojas.Recurso):
    clave = "avances_de_compromisos"

    compromiso = hojas.Columna(widget=CompromisoPorTexto(Compromiso.objects.all))
    porcentaje = hojas.Columna(widget=Porcentaje())

    class Meta:
        model = AvanceDeCompromiso
        import_id_fields = ("compromiso", "vez", "fecha", "nota")
        fields = ("compromiso", "vez", "fecha", "porcentaje", "cumple", "nota", "sesion")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.por is not None:
            self.fields["compromiso"].widget = CompromisoPorTexto(lambda: consultas.compromisos_visibles(self.por))

    def consulta(self):
        if self.por is not None:
            return consultas.avances_visibles(self.por)
        return AvanceDeCompromiso.objects.select_related("compromiso__convenio", "sesion__comision")

    def guardar(self, instancia, por):
        if instancia.cumple and instancia.porcentaje not in (0, 100):
            raise ValidationError({"porcentaje": "Lo que queda cumplido va en 100 %."})
        acciones.anotar_avance(avance=instancia, por=por)
