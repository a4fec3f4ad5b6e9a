"""Páginas de las identidades gráficas, su muestra en PDF y la hoja de estilo con su color."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic import View

from vinculacion.nucleo.colores import contraste_con_blanco
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas

from ..models import Identidad
from . import acciones, consultas, reglas
from .forms import IdentidadForm
from .muestra import documento
from .tables import IdentidadTabla, muestra_de_color


def _logotipo(identidad: Identidad):
    fuente = consultas.logo_en_linea(identidad)
    if not fuente:
        return "Sin logotipo: sale el emblema del sistema."
    alternativo = consultas.membrete(identidad).logo_alt
    return format_html('<img src="{}" alt="{}" height="72">', fuente, alternativo)


class IdentidadPaginas(Paginas):
    modelo = Identidad
    tabla = IdentidadTabla
    formulario = IdentidadForm
    busca = ("nombre", "institucion")
    femenino = True
    capturar_otra = False
    vistas = ("lista", "nuevo", "detalle", "editar", "eliminar")
    ayuda = "Con qué nombre, logotipo, color y letra salen los documentos. La predeterminada vale para todos."
    detalle = (
        "institucion",
        ("Logotipo", _logotipo),
        "logo_alternativo",
        ("Color", lambda i: muestra_de_color(i.color)),
        ("Contraste con el texto blanco", lambda i: f"{contraste_con_blanco(i.color):.1f} a 1"),
        "letra",
        "domicilio",
        ("Predeterminada", lambda i: "Sí" if i.predeterminada else "No"),
        ("Informes que la usan", lambda i: i.informes.count()),
    )

    def consulta(self, usuario):
        return consultas.identidades()

    def guardar(self, *, formulario, por):
        datos = formulario.cleaned_data
        try:
            return acciones.guardar_identidad(
                identidad=formulario.instance,
                por=por,
                logo=datos["archivo"],
                quitar_logo=datos.get("quitar_logo", False),
            )
        except acciones.ValidationError as error:
            if "logo" in getattr(error, "error_dict", {}):
                error.error_dict["archivo"] = error.error_dict.pop("logo")
            raise

    def eliminar(self, *, objeto, por):
        acciones.eliminar_identidad(identidad=objeto, por=por)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_eliminar(objeto)

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver una muestra en PDF", reverse("informes:identidad_muestra", args=[objeto.pk]))


class Muestra(ConPermiso, View):
    permiso = "informes.view_identidad"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        from vinculacion.nucleo.salida import pdf  # tarda en cargar y casi ninguna página lo necesita

        identidad = get_object_or_404(Identidad, pk=pk)
        respuesta = HttpResponse(pdf.crear(documento(identidad)), content_type="application/pdf")
        respuesta["Content-Disposition"] = f'inline; filename="muestra-{identidad.pk}.pdf"'
        return respuesta


class Color(ConPermiso, View):
    """El color de un documento para su página, donde la CSP no deja escribirlo.

    Por su clave y no por su identidad: el de un informe congelado ya puede no ser de ninguna.
    """

    permiso = "informes.view_informe"

    def get(self, request: HttpRequest, color: str) -> HttpResponse:
        if not re.fullmatch("[0-9a-f]{6}", color):
            raise Http404
        respuesta = HttpResponse(f".documento {{ --informe-color: #{color}; }}", content_type="text/css")
        respuesta["Cache-Control"] = "private, max-age=31536000, immutable"
        return respuesta
