"""Qué comisión y qué periodo se cuentan."""

from django import forms

from vinculacion.comision import consultas
from vinculacion.comision.models import Comision, Sesion
from vinculacion.nucleo.periodos import Periodo, hoy

TODAS = "todas"
DE_LA_LISTA = {"required": False, "error_messages": {"invalid_choice": "Elija uno de los que se ofrecen."}}
DIA = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


class CifrasForm(forms.Form):
    """Sin datos propone la comisión vigente y su último año con sesiones celebradas."""

    comision = forms.ChoiceField(label="Comisión", **DE_LA_LISTA)
    anio = forms.ChoiceField(label="Año", **DE_LA_LISTA)
    desde = forms.DateField(label="Desde", **DIA)
    hasta = forms.DateField(label="Hasta", **DIA)
    tramite = forms.ChoiceField(label="Puntos", required=False, choices=[("", "Todos"), ("sin", "Sin los de trámite")])

    def __init__(self, datos):
        self.comisiones = {str(c.pk): c for c in Comision.objects.all()}
        celebradas = consultas.sesiones_celebradas(None, None).order_by()
        self.anios_de: dict[int, set[int]] = {}
        for comision, anio in celebradas.values_list("comision", "fecha_celebrada__year").distinct():
            self.anios_de.setdefault(comision, set()).add(anio)
        propuesta = self._propuesta()
        # Sin comisión se cuenta la vigente, que es la que el formulario enseña elegida.
        datos = {clave: datos.get(clave, "") for clave in self.base_fields} if datos else propuesta
        super().__init__(datos | {"comision": datos["comision"] or propuesta["comision"]})
        anios = sorted({a for suyos in self.anios_de.values() for a in suyos}, reverse=True)
        self.fields["comision"].choices = [
            *((clave, c.siglas) for clave, c in self.comisiones.items()),
            (TODAS, "Todas"),
        ]
        self.fields["anio"].choices = [("", "Todos"), *((str(a), str(a)) for a in anios)]

    def _propuesta(self) -> dict[str, str]:
        vigente = consultas.comision_vigente()
        suyos = self.anios_de.get(vigente.pk, set()) if vigente else set()
        return {"comision": str(vigente.pk) if vigente else TODAS, "anio": str(max(suyos)) if suyos else ""}

    def clean(self):
        datos = super().clean()
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "Es anterior a la fecha inicial.")
        return datos

    @property
    def elegida(self) -> Comision | None:
        return self.comisiones.get(self.cleaned_data.get("comision") or "")

    @property
    def periodo(self) -> Periodo | None:
        """Las fechas mandan sobre el año; sin unas ni otro, toda la historia."""
        desde, hasta = self.cleaned_data.get("desde"), self.cleaned_data.get("hasta")
        if desde or hasta:
            return Periodo(desde or hasta.replace(month=1, day=1), hasta or max(hoy(), desde))
        anio = self.cleaned_data.get("anio")
        return Periodo.anual(int(anio)) if anio else None

    @property
    def sesiones(self) -> list[Sesion]:
        return list(consultas.sesiones_celebradas(self.elegida, self.periodo))
