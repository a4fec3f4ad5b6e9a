"""Cualquier valor de un registro, escrito para una persona."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from .formularios import CIFRAS_DE_UNA_CLAVE
from .palabras import fecha_larga

VACIO = "—"


def momento(cuando: datetime) -> str:
    """«20 de noviembre de 2026, 18:37 h», en hora local."""
    local = timezone.localtime(cuando) if timezone.is_aware(cuando) else cuando
    return f"{fecha_larga(local.date(), dia_semana=False)}, {local:%H:%M} h"


def texto(valor: Any) -> str:
    """Texto llano; lo vacío es una raya."""
    if valor is None or valor == "":
        return VACIO
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, datetime):
        return momento(valor)
    if isinstance(valor, date):
        return fecha_larga(valor, dia_semana=False)
    if isinstance(valor, time):
        return f"{valor:%H:%M} h"
    if isinstance(valor, int | float | Decimal):
        return number_format(valor, use_l10n=True, force_grouping=True)
    if isinstance(valor, models.Manager):
        valor = valor.all()
    if isinstance(valor, Mapping):
        return "; ".join(f"{k}: {texto(v)}" for k, v in valor.items()) or VACIO
    if isinstance(valor, models.QuerySet | list | tuple | set):
        return ", ".join(texto(v) for v in valor) or VACIO
    return str(valor)


def _se_enlaza(valor: Any, usuario: Any) -> bool:
    """Un enlace que termina en «no puede entrar» no se ofrece."""
    if not isinstance(valor, models.Model) or not hasattr(valor, "get_absolute_url"):
        return False
    opciones = valor._meta
    return usuario is None or usuario.has_perm(f"{opciones.app_label}.view_{opciones.model_name}")


def html(valor: Any, usuario: Any = None) -> SafeString:
    """Como ``texto``, con enlaces a los registros que ``usuario`` puede ver, párrafos y listas."""
    if isinstance(valor, SafeString):
        return valor
    if _se_enlaza(valor, usuario):
        return format_html('<a href="{}">{}</a>', valor.get_absolute_url(), valor)
    if isinstance(valor, models.Manager):
        valor = valor.all()
    if isinstance(valor, models.QuerySet | list | tuple):
        if not valor:
            return conditional_escape(VACIO)
        if len(valor) == 1:
            return html(valor[0], usuario)
        return format_html(
            '<ul class="lista-llana">{}</ul>', format_html_join("", "<li>{}</li>", ((html(v, usuario),) for v in valor))
        )
    if isinstance(valor, str) and valor.startswith(("https://", "http://")) and " " not in valor:
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', valor, valor)
    if isinstance(valor, str) and "\n" in valor:
        return SafeString(linebreaks(valor, autoescape=True))
    return conditional_escape(texto(valor))


def campo(objeto: models.Model, nombre: str) -> tuple[str, Any]:
    """(etiqueta, valor) de un campo, relación, propiedad o método de ``objeto``."""
    try:
        descripcion = objeto._meta.get_field(nombre)
    except FieldDoesNotExist:
        atributo = getattr(type(objeto), nombre, None)
        origen = atributo.fget if isinstance(atributo, property) else atributo
        etiqueta = getattr(origen, "short_description", None) or nombre.replace("_", " ")
        valor = getattr(objeto, nombre)
        return etiqueta, valor() if callable(valor) and not isinstance(valor, models.Manager) else valor
    if descripcion.auto_created or not hasattr(descripcion, "verbose_name"):
        accesor = descripcion.get_accessor_name() or nombre
        return str(descripcion.related_model._meta.verbose_name_plural), getattr(objeto, accesor)
    if getattr(descripcion, "choices", None):
        return str(descripcion.verbose_name), getattr(objeto, f"get_{nombre}_display")()
    return str(descripcion.verbose_name), getattr(objeto, nombre)


def dato_de_formulario(campo_: forms.Field, valor: Any) -> str:
    """Lo que alguien escribió en un campo, con las palabras que veía en pantalla."""
    if valor in (None, "", [], ()):
        return VACIO
    if isinstance(campo_, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        clave = campo_.to_field_name or "pk"
        valores = valor if isinstance(valor, list | tuple | models.QuerySet) else [valor]
        claves = [getattr(v, clave) if isinstance(v, models.Model) else v for v in valores]
        if any(len(str(c)) > CIFRAS_DE_UNA_CLAVE for c in claves):
            return texto(valor)
        try:
            hallados = campo_.queryset.filter(**{f"{clave}__in": claves})
            return ", ".join(campo_.label_from_instance(o) for o in hallados) or VACIO
        except (TypeError, ValueError):
            return texto(valor)
    if isinstance(campo_, forms.ChoiceField):
        opciones = {str(k): str(v) for k, v in campo_.widget.choices if not isinstance(v, list | tuple)}
        valores = valor if isinstance(valor, list | tuple) else [valor]
        return ", ".join(opciones.get(str(v), str(v)) for v in valores)
    if isinstance(campo_, forms.BooleanField):
        return texto(bool(valor))
    try:
        return texto(campo_.clean(valor))
    except forms.ValidationError:
        return texto(valor)
