"""Los filtros con que una cifra lleva a sus registros: son los argumentos con que se contó."""

from datetime import date

import django_filters as filtros
from django import forms

from convenios.estados import EN_TRAMITE, Ambito, Etapa, Gestion, Vigencia
from convenios.filters import areas_visibles
from convenios.models import CambioDeEtapa, Convenio, TipoInstrumento
from vinculacion.directorio.models import Organismo, paises
from vinculacion.nucleo.periodos import Periodo, hoy

from . import consultas
from .consultas import NINGUNA

ETAPAS = [(e.value, e.label) for e in Etapa if e in EN_TRAMITE]


class PeriodoForm(forms.Form):
    def clean(self):
        datos = super().clean()
        if (datos.get("desde") or date.min) > (datos.get("hasta") or date.max):
            self.add_error("hasta", "Es anterior a la fecha inicial.")
        return datos


class DelPeriodo(filtros.FilterSet):
    desde = filtros.DateFilter(label="Desde")
    hasta = filtros.DateFilter(label="Hasta")
    ambito = filtros.ChoiceFilter(label="Ámbito", choices=Ambito.choices, empty_label="Todos")
    gestion = filtros.ChoiceFilter(label="Gestión", choices=Gestion.choices, empty_label="Todas")
    tipo = filtros.ModelChoiceFilter(label="Tipo", queryset=TipoInstrumento.objects.all(), empty_label="Todos")
    area = filtros.ModelChoiceFilter(label="Área responsable", queryset=areas_visibles, empty_label="Todas")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for campo in self.form.fields.values():
            if isinstance(campo, forms.DateField):
                campo.widget.input_type = "date"

    def acotados(self, consulta):
        datos = self.form.cleaned_data
        return consultas.acotados(consulta, **{c: datos.get(c) for c in ("ambito", "gestion", "tipo", "area")})

    def periodo(self, ultimo: date = date.max) -> Periodo | None:
        desde, hasta = self.form.cleaned_data.get("desde"), self.form.cleaned_data.get("hasta")
        if not (desde or hasta):
            return None
        inicio = desde or date.min
        return Periodo(inicio, hasta or max(ultimo, inicio))


class RegistrosFiltro(DelPeriodo):
    con_area = filtros.ChoiceFilter(label="También del área", empty_label="Todas")
    clase = filtros.ChoiceFilter(
        label="Clase de contraparte",
        choices=[*Organismo.Clase.choices, (NINGUNA, "Sin contraparte")],
        null_value=None,
        empty_label="Todas",
    )
    pais = filtros.ChoiceFilter(
        label="País de la contraparte",
        choices=[*paises(), (NINGUNA, "Sin contraparte")],
        null_value=None,
        empty_label="Todos",
    )
    vigencia = filtros.ChoiceFilter(label="Vigencia", choices=Vigencia.choices, empty_label="Todas")
    en_vigor_al = filtros.DateFilter(label="En vigor al")
    en_tramite_al = filtros.DateFilter(label="En trámite al")
    tramitados = filtros.BooleanFilter(label="Consta su trámite")

    class Meta:
        model = Convenio
        form = PeriodoForm
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        areas = self.form.fields["area"].queryset
        self.form.fields["con_area"].choices = [
            *((str(a.pk), str(a)) for a in areas), (NINGUNA, "Sin área responsable"),
        ]  # fmt: skip
        self.form.fields["desde"].label, self.form.fields["hasta"].label = "Suscrito desde", "Suscrito hasta"

    def filter_queryset(self, queryset):
        datos = self.form.cleaned_data
        propios = ("con_area", "clase", "pais", "vigencia", "en_vigor_al", "en_tramite_al", "tramitados")
        filtros_propios = {c: datos[c] for c in propios if datos.get(c)}
        hallados = consultas.registros(self.acotados(queryset), periodo=self.periodo(), **filtros_propios)
        return hallados.order_by(*queryset.query.order_by)


class EstanciasFiltro(DelPeriodo):
    etapa = filtros.ChoiceFilter(label="Etapa", choices=ETAPAS, empty_label="Todas")
    terminada = filtros.BooleanFilter(label="Terminada")

    class Meta:
        model = CambioDeEtapa
        form = PeriodoForm
        fields: list[str] = []

    def filter_queryset(self, queryset):
        datos = self.form.cleaned_data
        periodo = self.periodo(hoy()) or Periodo(date.min, hoy())
        suyas = consultas.estancias(self.acotados(consultas.del_usuario(self.request.user)), periodo)
        if datos.get("etapa"):
            suyas = suyas.filter(etapa=datos["etapa"])
        if datos.get("terminada") is not None:
            suyas = suyas.filter(hasta__isnull=not datos["terminada"])
        return suyas.select_related("convenio")
