"""Etiquetas de plantilla que comparten todas las salas."""

from datetime import datetime

from django import template
from django.utils import timezone

from vinculacion.nucleo import caras, legible
from vinculacion.nucleo.menu import ENTRADAS

register = template.Library()


@register.filter
def valor(dato, usuario=None):
    """Un dato escrito para una persona: fechas largas, Sí/No, enlaces a lo que ella puede ver, raya si está vacío."""
    return legible.html(dato, usuario)


@register.filter
def fecha(dato) -> str:
    """«1° de octubre de 2020»; sirve también para un momento, sin su hora."""
    return legible.texto(timezone.localtime(dato).date() if isinstance(dato, datetime) else dato)


@register.filter
def momento(dato) -> str:
    return legible.momento(dato) if dato else legible.VACIO


@register.filter
def puede(usuario, permiso: str) -> bool:
    """``{% if user|puede:"convenios.add_convenio" %}``"""
    return bool(usuario) and usuario.has_perm(permiso)


@register.inclusion_tag("nucleo/_caras.html", takes_context=True)
def caras_de(context, objeto, actual: str) -> dict:
    """La barra con las páginas de un registro: ``{% caras_de programa "mir" %}``."""
    enlaces = caras.de(caras.CARAS, objeto, context["request"].user)
    return {
        "caras": [(c.titulo, c.url(objeto), c.clave == actual) for c in enlaces],
        "nombre": objeto._meta.verbose_name,
    }


@register.simple_tag
def errores_de(formulario, conjuntos=()) -> list[tuple[str, str, str]]:
    """Lo que hay que corregir en una página, un renglón por error: ``(id, rótulo, error)``, también el de sus renglones."""
    formularios = [("", formulario)] if formulario is not None and formulario.is_bound else []
    errores = []
    for _prefijo, titulo, conjunto in conjuntos or ():
        if conjunto.is_bound:
            errores += [("", titulo, error) for error in conjunto.non_form_errors()]
            formularios += [(f"{titulo}, {n}: ", renglon) for n, renglon in enumerate(conjunto.forms, start=1)]
    for donde, uno in formularios:
        errores += [("", donde.removesuffix(": "), error) for error in uno.non_field_errors()]
        for campo in (*uno.visible_fields(), *uno.hidden_fields()):
            ancla = "" if campo.is_hidden else campo.id_for_label or campo.auto_id
            errores += [(ancla, f"{donde}{campo.label}", error) for error in campo.errors]
    return errores


@register.filter
def tamano(bytes_) -> str:
    """Tamaño de un archivo en unidades que se leen de un vistazo."""
    cantidad = float(bytes_ or 0)
    for unidad in ("bytes", "KB", "MB"):
        if cantidad < 1024:
            entero = unidad == "bytes" or cantidad == int(cantidad)
            return f"{cantidad:.0f} {unidad}" if entero else f"{cantidad:.1f} {unidad}"
        cantidad /= 1024
    return f"{cantidad:.1f} GB"


@register.filter
def enlace_activo(entrada, ruta: str) -> bool:
    """Si la página actual cuelga de esa entrada del menú, y no de otra más precisa (/convenios/ y /convenios/tipos/)."""
    if not ruta.startswith(entrada.url):
        return False
    return not any(len(otra.url) > len(entrada.url) and ruta.startswith(otra.url) for otra in ENTRADAS)
