"""Seguir, cancelar y recoger una descarga."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View
from django_sendfile import sendfile

from informes import exportacion
from informes.estados import ClaseDeTrabajo, EstadoDeInforme, EstadoDeTrabajo
from informes.models import Trabajo
from vinculacion.nucleo.paginas import ConPermiso

from . import acciones, consultas

VER = "informes.view_trabajo"


class DeTrabajo(ConPermiso, View):
    permiso = VER

    def trabajo(self, pk: int) -> Trabajo:
        return get_object_or_404(consultas.visibles(self.request.user), pk=pk)

    def contexto(self, trabajo: Trabajo) -> dict:
        sigue = trabajo.estado in consultas.SIN_TERMINAR
        return {
            "trabajo": trabajo,
            "sigue": sigue,
            "detenido": consultas.en_espera_de_mas().filter(pk=trabajo.pk).exists(),
            "interrumpido": sigue and consultas.interrumpidos().filter(pk=trabajo.pk).exists(),
            "listo": trabajo.estado == EstadoDeTrabajo.LISTO,
            "formato": exportacion.FORMATOS[trabajo.formato].nombre if trabajo.formato else "",
            "razones": trabajo.error.splitlines(),
            "otra_vez": otra_vez(trabajo),
        }


def otra_vez(trabajo: Trabajo) -> str:
    """El formulario con que se pidió el acto, con lo que se escribió."""
    if trabajo.clase == ClaseDeTrabajo.ERRATA:
        formulario = reverse("informes:version_errata", args=[trabajo.datos["version"]])
    else:
        formulario = reverse("informes:informe_pasar", args=[trabajo.informe_id, EstadoDeInforme.APROBADO])
    return f"{formulario}?trabajo={trabajo.pk}"


def regreso(trabajo: Trabajo) -> str:
    if trabajo.es_acto:
        return reverse("informes:informe_aprobacion", args=[trabajo.informe_id])
    return reverse("informes:trabajo_lista")


class Lista(ConPermiso, View):
    permiso = VER

    def get(self, request):
        contexto = {
            "titulo": "Mis descargas",
            "migas": [("Inicio", reverse("inicio")), ("Mis descargas", "")],
            "trabajos": consultas.de(request.user).filter(clase=ClaseDeTrabajo.DESCARGA)[:50],
            "dias": consultas.DIAS,
        }
        return render(request, "informes/trabajos/lista.html", contexto)


class Detalle(DeTrabajo):
    def get(self, request, pk):
        trabajo = self.trabajo(pk)
        contexto = self.contexto(trabajo)
        if request.headers.get("HX-Request"):
            respuesta = render(request, "informes/trabajos/_avance.html", contexto)
            if not contexto["sigue"]:
                respuesta.status_code = 286  # htmx deja de preguntar
            return respuesta
        contexto |= {
            "titulo": f"{trabajo.get_clase_display()}: {trabajo.informe}",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Informes", reverse("informes:informe_lista")),
                (str(trabajo.informe), trabajo.informe.get_absolute_url()),
                *([("Aprobación", regreso(trabajo))] if trabajo.es_acto else []),
                ("En segundo plano", ""),
            ],
        }
        return render(request, "informes/trabajos/detalle.html", contexto)


class Cancelar(DeTrabajo):
    http_method_names = ["post"]

    def post(self, request, pk):
        trabajo = self.trabajo(pk)
        try:
            acciones.cancelar(trabajo=trabajo, por=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Se canceló.")
        return HttpResponseRedirect(regreso(trabajo))


class Recoger(DeTrabajo):
    def get(self, request, pk):
        trabajo = self.trabajo(pk)
        if trabajo.estado != EstadoDeTrabajo.LISTO or not trabajo.archivo.storage.exists(trabajo.archivo.name):
            raise Http404("Esa descarga no está lista o ya se quitó.")
        respuesta = sendfile(
            request,
            trabajo.archivo.path,
            attachment=True,
            attachment_filename=f"{trabajo.informe.clave}.{trabajo.formato}",
            mimetype=exportacion.FORMATOS[trabajo.formato].tipo,
        )
        respuesta["X-Content-Type-Options"] = "nosniff"
        respuesta["Cache-Control"] = "private, no-store"
        return respuesta
