"""Archivos y enlaces que cuelgan de un registro: agregarlos y quitarlos desde su detalle."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from vinculacion.nucleo.evidencia import almacen

from . import envios
from .vistas import Vista, VistaDetalle, reparte


def contexto(vista: Vista, objeto: models.Model) -> dict:
    paginas, usuario = vista.paginas, vista.request.user
    editable = paginas.puede(usuario, "change") and not paginas.impedimentos_para_evidencia(objeto, usuario)
    return {
        "evidencias": list(almacen().de(objeto)),
        "evidencia_editable": editable,
        "evidencia_quitable": editable and not paginas.impedimentos_para_quitar_evidencia(objeto, usuario),
        "evidencia_formulario": almacen().formulario(prefix="evidencia") if editable else None,
        "envio_evidencia": envios.nuevo(),
        "url_evidencia": paginas.url("evidencia", objeto),
        "ruta_quitar_evidencia": f"{paginas.espacio}:{paginas.raiz}_evidencia_quitar",
    }


class _DeEvidencia:
    impedimentos = "impedimentos_para_evidencia"

    def objeto_con_evidencia(self, pk: int) -> models.Model:
        objeto = self.objeto(pk)
        if razones := getattr(self.paginas, self.impedimentos)(objeto, self.request.user):
            raise PermissionDenied(" ".join(razones))
        return objeto

    def regreso(self, objeto: models.Model) -> str:
        return f"{self.paginas.url('detalle', objeto)}#evidencia"


class VistaAgregar(_DeEvidencia, VistaDetalle):
    """POST agrega; si algo no vale, vuelve a pintar el detalle con el error junto a su campo."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return HttpResponseRedirect(self.regreso(self.objeto(pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        formulario = almacen().formulario(request.POST, request.FILES, prefix="evidencia")
        with transaction.atomic():
            envios.hacer_fila(request)
            if previo := envios.destino_previo(request):
                return HttpResponseRedirect(previo)
            objeto = self.objeto_con_evidencia(pk)
            if formulario.is_valid():
                try:
                    with transaction.atomic():
                        nueva = almacen().agregar(objeto=objeto, datos=formulario.cleaned_data, por=request.user)
                except ValidationError as error:
                    reparte(formulario, error)
                else:
                    messages.success(request, f"Se agregó «{nueva}».", extra_tags="guardado")
                    destino = self.regreso(objeto)
                    envios.anotar(request, destino)
                    return HttpResponseRedirect(destino)
        todo = {**self.contexto_detalle(objeto), "evidencia_formulario": formulario}
        return self.pinta("detalle", todo, objeto, status=422)


class VistaQuitar(_DeEvidencia, Vista):
    template_name = "nucleo/quitar_evidencia.html"
    impedimentos = "impedimentos_para_quitar_evidencia"

    def evidencia(self, objeto: models.Model, pk: int) -> models.Model:
        return get_object_or_404(almacen().de(objeto), pk=pk)

    def get(self, request: HttpRequest, pk: int, evidencia: int) -> HttpResponse:
        objeto = self.objeto_con_evidencia(pk)
        contexto = {
            "titulo": "Quitar evidencia",
            "migas": self.migas(objeto, "Quitar evidencia"),
            "evidencia": self.evidencia(objeto, evidencia),
            "cancelar": self.regreso(objeto),
        }
        return self.pinta("eliminar", contexto, objeto)

    def post(self, request: HttpRequest, pk: int, evidencia: int) -> HttpResponse:
        with transaction.atomic():
            objeto = self.objeto_con_evidencia(pk)
            quitada = self.evidencia(objeto, evidencia)
            nombre = str(quitada)
            almacen().quitar(evidencia=quitada, por=request.user)
        messages.success(request, f"Se quitó «{nombre}».")
        return HttpResponseRedirect(self.regreso(objeto))
