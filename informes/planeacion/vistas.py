"""El documento de un programa, sus descargas y su copia a otro año."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.generic import View

from informes import copia
from informes.exportacion import FORMATOS, escribir
from informes.models import Plantilla
from programas import consultas
from programas.models import Programa
from vinculacion.comision.consultas import comision_vigente
from vinculacion.nucleo.paginas import ConPermiso
from vinculacion.nucleo.periodos import Trimestre
from vinculacion.nucleo.salida import html

from .documento import documento
from .formularios import CopiarForm

COPIAR = "programas.add_programa"
AVISOS_A_LA_VISTA = 15


def programa_de(pk: int) -> Programa:
    return get_object_or_404(consultas.programas().select_related("acuerdo__sesion", "acuerdo__punto"), pk=pk)


def migas_de(programa: Programa, aqui: str) -> list[tuple[str, str]]:
    return [
        ("Inicio", reverse("inicio")),
        ("Programas", reverse("programas:programa_lista")),
        (programa.nombre, programa.get_absolute_url()),
        (aqui, ""),
    ]


class VerDocumento(ConPermiso, View):
    permiso = "programas.view_programa"

    def get(self, request, pk):
        programa = programa_de(pk)
        armado = documento(programa)
        return render(
            request,
            "informes/programa_documento.html",
            {
                "programa": programa,
                "titulo": programa.nombre,
                "migas": migas_de(programa, "Documento"),
                "cuerpo": html.cuerpo(armado, base=2),
                "color": armado.membrete.clave_del_color,
                "vacio": not armado.apartados,
                "formatos": FORMATOS,
                "puede_copiar": request.user.has_perm(COPIAR),
            },
        )


class DescargarDocumento(ConPermiso, View):
    permiso = "programas.view_programa"

    def get(self, request, pk, formato):
        if formato not in FORMATOS:
            raise Http404
        programa = programa_de(pk)
        respuesta = HttpResponse(escribir(documento(programa), formato), content_type=FORMATOS[formato].tipo)
        respuesta["Content-Disposition"] = f'attachment; filename="{slugify(programa.clave)}.{formato}"'
        return respuesta


class CopiarPrograma(ConPermiso, View):
    """Un año nuevo en minutos: el programa nace con lo del anterior y ya sólo se ajusta."""

    permiso = COPIAR

    def get(self, request, pk):
        programa = programa_de(pk)
        return self.pinta(programa, self.formulario(programa, initial=self.inicial(programa)))

    def post(self, request, pk):
        programa = programa_de(pk)
        formulario = self.formulario(programa, request.POST)
        if not formulario.is_valid():
            return self.pinta(programa, formulario, 422)
        datos = formulario.cleaned_data
        plantilla, nueva = datos.get("plantilla"), None
        if plantilla:
            nueva = Plantilla(
                clave=datos["plantilla_clave"],
                nombre=datos["plantilla_nombre"],
                descripcion=plantilla.descripcion,
            )
        try:
            hecha = copia.copiar_programa(
                origen=programa,
                nuevo=Programa(**{c: datos[c] for c in ("nombre", "clave", "anio", "comision")}),
                partes=set(datos["partes"]),
                plantilla=plantilla,
                plantilla_nueva=nueva,
                por=request.user,
            )
        except ValidationError as error:
            for campo, mensajes in getattr(error, "error_dict", {None: error.messages}).items():
                conocido = campo if campo in formulario.fields else None
                formulario.add_error(conocido, [m for e in mensajes for m in getattr(e, "messages", [e])])
            return self.pinta(programa, formulario, 422)
        messages.success(
            request, f"«{hecha.programa}» se creó en borrador: ajústelo y apruébelo.", extra_tags="guardado"
        )
        if hecha.plantilla:
            messages.success(request, f"También se creó la plantilla «{hecha.plantilla}».")
        if hecha.avisos:
            messages.warning(request, por_terminar(hecha.avisos))
        return HttpResponseRedirect(hecha.programa.get_absolute_url())

    def formulario(self, programa: Programa, *datos, **mas) -> CopiarForm:
        con_plantilla = self.request.user.has_perm("informes.add_plantilla")
        return CopiarForm(*datos, origen=programa, con_plantilla=con_plantilla, **mas)

    @staticmethod
    def inicial(programa: Programa) -> dict:
        """Lo que se adivina del año que sigue; la comisión, la que funcione al empezar ese año."""
        anio = programa.anio + 1
        vigente = comision_vigente(Trimestre(anio, 1).inicio)
        return {
            "nombre": con_otro_anio(programa.nombre, programa.anio, anio),
            "clave": con_otro_anio(programa.clave, programa.anio, anio),
            "anio": anio,
            "comision": vigente or programa.comision,
            "partes": list(copia.PARTES),
        }

    def pinta(self, programa: Programa, formulario: CopiarForm, status: int = 200):
        contexto = {
            "titulo": "Copiar a otro año",
            "programa": programa,
            "formulario": formulario,
            "migas": migas_de(programa, "Copiar a otro año"),
        }
        return render(self.request, "informes/programa_copiar.html", contexto, status=status)


def por_terminar(avisos: list[str]) -> SafeString:
    de_mas = [f"Y {len(avisos) - AVISOS_A_LA_VISTA} más."] if len(avisos) > AVISOS_A_LA_VISTA else []
    return format_html_join(
        "", "{}<br>", ((a,) for a in ["Por terminar a mano:", *avisos[:AVISOS_A_LA_VISTA], *de_mas])
    )


def con_otro_anio(texto: str, antes: int, despues: int) -> str:
    """El texto con su año cambiado; si no lo dice, queda igual."""
    return re.sub(rf"(?<!\d){antes}(?!\d)", str(despues), texto)
