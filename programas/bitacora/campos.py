"""Controles propios de la captura: acciones por plan, varios archivos y fechas sueltas."""

from datetime import date
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When

from programas.models import Accion
from vinculacion.archivo.forms import CampoDeArchivo
from vinculacion.archivo.validadores import validar_archivo
from vinculacion.nucleo.periodos import hoy, parsear_fechas


def acciones_en_orden() -> QuerySet[Accion]:
    """Primero las de los planes de este año; después, del año más nuevo al más viejo."""
    return (
        Accion.objects.select_related("eje__programa")
        .annotate(
            de_otro_anio=Case(
                When(eje__programa__anio=hoy().year, then=Value(0)), default=Value(1), output_field=IntegerField()
            )
        )
        .order_by("de_otro_anio", "-eje__programa__anio", "eje__programa__clave", "eje__numero", "inciso")
    )


def por_eje(acciones) -> list[tuple[str, list[Accion]]]:
    """[("Programa 2021 · 1. Eje", [acciones…]), …], en el orden en que vienen."""
    grupos = groupby(acciones, key=lambda a: a.eje)
    return [(f"{eje.programa} · {eje}", list(suyas)) for eje, suyas in grupos]


class _PorEje(forms.models.ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for titulo, acciones in por_eje(self.queryset.all()):
            yield titulo, [self.choice(a) for a in acciones]


class CampoDeAccion(forms.ModelChoiceField):
    iterator = _PorEje

    def label_from_instance(self, obj):
        return f"{obj} ({obj.eje.programa.clave})"


class FechasSueltas(forms.CharField):
    """Texto libre con fechas; limpio es una lista ISO, como la guarda el modelo."""

    def clean(self, value) -> list[str]:
        try:
            return [f.isoformat() for f in parsear_fechas(super().clean(value))]
        except ValueError as error:
            raise ValidationError(str(error)) from error

    @staticmethod
    def como_texto(fechas: list[str]) -> str:
        return "; ".join(f"{date.fromisoformat(f):%d/%m/%Y}" for f in fechas)


class VariosArchivos(forms.FileInput):
    allow_multiple_selected = True


class CampoDeArchivos(CampoDeArchivo):
    """Varios archivos de una vez; cada uno que no vale se nombra con su razón."""

    def __init__(self, **kwargs):
        super().__init__(widget=VariosArchivos, validators=[], **kwargs)

    def clean(self, data, initial=None) -> list:
        archivos = [a for a in (data or []) if a] if isinstance(data, list | tuple) else [a for a in [data] if a]
        errores, buenos = [], []
        for archivo in archivos:
            try:
                buenos.append(super().clean(archivo, initial))
                validar_archivo(archivo)
            except ValidationError as error:
                errores += [f"«{archivo.name}»: {m}" for m in error.messages]
        if errores:
            raise ValidationError(errores)
        return buenos
