"""Descarga de la evidencia y páginas de las series de numeración."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View
from django_sendfile import sendfile

from vinculacion.nucleo.paginas import Paginas, Panel, visible
from vinculacion.nucleo.periodos import hoy

from . import acciones, forms, models, resources, tables


class Descargar(View):
    """Entrega el archivo a quien puede ver el registro del que es evidencia; a los demás, que no existe."""

    permiso = None  # depende del registro

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        evidencia = get_object_or_404(models.Evidencia.objects.exclude(archivo=""), pk=pk)
        registro = evidencia.registro
        if registro is None or not visible(request.user, registro):
            raise Http404
        if not evidencia.archivo.storage.exists(evidencia.archivo.name):
            raise Http404("El archivo ya no está en el almacén.")
        # Siempre como descarga: un archivo subido nunca se abre como página de este sitio.
        respuesta = sendfile(
            request,
            evidencia.archivo.path,
            attachment=True,
            attachment_filename=evidencia.nombre_original,
            mimetype=evidencia.tipo_mime or "application/octet-stream",
        )
        respuesta["X-Content-Type-Options"] = "nosniff"
        respuesta["Cache-Control"] = "private, no-store"
        return respuesta


class SeriePaginas(Paginas):
    modelo = models.Serie
    tabla = tables.SerieTabla
    formulario = forms.SerieForm
    recurso = resources.SerieRecurso
    busca = ("nombre", "clave", "patron")
    detalle = ("nombre", "clave", "patron", ("Así se escriben", lambda s: s.formato(1, hoy().year)))
    femenino = True
    ayuda = "De cada serie salen folios seguidos, sin huecos ni repetidos, que empiezan de nuevo cada año."

    def guardar(self, *, formulario, por):
        return acciones.guardar_serie(serie=formulario.instance, por=por)

    def paneles(self, objeto, usuario):
        dados = [
            (c.anio, c.ultimo, objeto.formato(c.ultimo, c.anio))
            for c in objeto.contadores.order_by("-anio")
            if c.ultimo
        ]
        return [Panel("Último folio de cada año", "archivo/_contadores.html", {"dados": dados})]
