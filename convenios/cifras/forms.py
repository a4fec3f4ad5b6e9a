"""Qué convenios y qué periodo se cuentan."""

from datetime import date

from django import forms

from convenios.consultas import corte_de
from convenios.estados import Ambito, Gestion
from convenios.models import TipoInstrumento
from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO, Periodo, hoy

from . import consultas

DE_LA_LISTA = {"required": False, "error_messages": {"invalid_choice": "Elija uno de los que se ofrecen."}}
DIA = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


def fecha_creible(fecha: date | None) -> bool:
    return fecha is None or ANIO_MINIMO <= fecha.year <= ANIO_MAXIMO


class CifrasForm(forms.Form):
    """Sin datos cuenta todo, desde el primer convenio suscrito hasta hoy."""

    anio = forms.ChoiceField(label="Año", **DE_LA_LISTA)
    desde = forms.DateField(label="Desde", **DIA)
    hasta = forms.DateField(label="Hasta", **DIA)
    ambito = forms.ChoiceField(label="Ámbito", choices=[("", "Todos"), *Ambito.choices], **DE_LA_LISTA)
    gestion = forms.ChoiceField(label="Gestión", choices=[("", "Todas"), *Gestion.choices], **DE_LA_LISTA)
    tipo = forms.ChoiceField(label="Tipo", **DE_LA_LISTA)
    area = forms.ChoiceField(label="Área responsable", **DE_LA_LISTA)
    al = forms.DateField(label="En vigor al", **DIA)

    def __init__(self, datos, usuario):
        super().__init__({clave: datos.get(clave, "") for clave in self.base_fields})
        self.todos = consultas.del_usuario(usuario)
        self.historia = consultas.desde_el_primero(self.todos) or Periodo.anual(hoy().year)
        anios = [str(a) for a in reversed(self.historia.anios())]
        areas = Area.objects.filter(pk__in=self.todos.values("areas"))
        self.fields["anio"].choices = [("", f"Desde {self.historia.inicio.year}"), *((a, a) for a in anios)]
        self.fields["tipo"].choices = [("", "Todos"), *((str(t.pk), t.nombre) for t in TipoInstrumento.objects.all())]
        self.fields["area"].choices = [("", "Todas"), *((str(a.pk), str(a)) for a in areas)]

    def clean(self):
        datos = super().clean()
        for campo in ("desde", "hasta", "al"):
            if not fecha_creible(datos.get(campo)):
                self.add_error(campo, f"Escriba un año entre {ANIO_MINIMO} y {ANIO_MAXIMO}.")
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "Es anterior a la fecha inicial.")
        return datos

    @property
    def periodo(self) -> Periodo:
        """Las fechas mandan sobre el año; sin unas ni otro, toda la historia."""
        desde, hasta = self.cleaned_data["desde"], self.cleaned_data["hasta"]
        if desde or hasta:
            inicio = desde or min(self.historia.inicio, hasta)
            return Periodo(inicio, hasta or max(hoy(), inicio))
        anio = self.cleaned_data["anio"]
        return Periodo.anual(int(anio)) if anio else self.historia

    @property
    def dia(self) -> date:
        """El día en que se cuenta lo vigente: si no se dice, el último del periodo que ya llegó."""
        return self.cleaned_data["al"] or corte_de(self.periodo)

    @property
    def filtros(self) -> dict[str, str]:
        """Los que acotan de cuáles se habla, tal como viajan en un enlace."""
        return {c: self.cleaned_data[c] for c in ("ambito", "gestion", "tipo", "area") if self.cleaned_data[c]}

    @property
    def convenios(self):
        return consultas.acotados(self.todos, **self.filtros)
