"""El orden del día en una sola página: puntos, documentos, trámites y lo que está listo para presentarse."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin

from vinculacion.nucleo import propuestas
from vinculacion.nucleo.evidencia import almacen
from vinculacion.nucleo.paginas import ConPermiso, envios
from vinculacion.nucleo.paginas.vistas import VistaEliminar, reparte

from .. import acciones as de_la_comision
from .. import permisos
from ..models import Punto, Sesion
from ..reglas import impedimentos_para_eliminar_punto, impedimentos_para_orden_del_dia
from ..views import PuntoPaginas
from . import acciones, consultas
from .forms import PuntoDelOrdenForm


class DelOrden(ConPermiso, TemplateResponseMixin, View):
    """Lo común: la sesión, la página pintada y el regreso a ella."""

    permiso = permisos.CAMBIAR_PUNTO
    template_name = "comision/orden/pagina.html"

    def sesion(self, pk: int) -> Sesion:
        return get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)

    def direccion(self, sesion: Sesion, punto: Punto | None = None) -> str:
        url = reverse("comision:orden_del_dia", args=[sesion.pk])
        return f"{url}#punto-{punto.pk}" if punto else url

    def pinta(self, sesion: Sesion, formulario=None, documento=(None, None), status: int = 200) -> HttpResponse:
        """``documento``: (punto, formulario) del que se quiso agregar y no se pudo."""
        usuario = self.request.user
        puntos = consultas.puntos_con_documentos(sesion)
        impedimentos = impedimentos_para_orden_del_dia(sesion)
        editable = not impedimentos
        contexto = {
            "titulo": "Orden del día",
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Sesiones", reverse("comision:sesion_lista")),
                (str(sesion), sesion.get_absolute_url()),
                ("Orden del día", ""),
            ],
            "sesion": sesion,
            "renglones": [
                (punto, documento[1] if punto.pk == documento[0] else almacen().formulario(prefix=f"doc{punto.pk}"))
                for punto in puntos
            ],
            "punto_con_error": documento[0],
            "impedimentos": impedimentos,
            "editable": editable,
            "propuestas": propuestas.reunir(sesion, usuario) if editable else [],
            "tramites": acciones.tramites_que_faltan(sesion, puntos) if editable else [],
            "formulario": formulario or PuntoDelOrdenForm(lugar=consultas.lugar_propuesto(sesion)),
            "envio": envios.nuevo(),
            "aqui": self.direccion(sesion),
        }
        return self.render_to_response(contexto, status=status)

    def envia(self, sesion: Sesion, hacer) -> HttpResponseRedirect:
        """Corre ``hacer`` una vez por envío; da adónde volver. Deja salir ``ValidationError``."""
        with transaction.atomic():
            envios.hacer_fila(self.request)
            if previo := envios.destino_previo(self.request):
                return HttpResponseRedirect(previo)
            punto, dicho = hacer()
            destino = self.direccion(sesion, punto)
            envios.anotar(self.request, destino)
        if dicho:
            messages.success(self.request, dicho, extra_tags="guardado")
        return HttpResponseRedirect(destino)

    def intenta(self, sesion: Sesion, hacer) -> HttpResponse:
        """Para los botones sin formulario: la razón se dice arriba de la misma página."""
        try:
            return self.envia(sesion, hacer)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return self.pinta(sesion, status=409)


class OrdenDelDia(DelOrden):
    """GET enseña; POST agrega un punto."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pinta(self.sesion(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = self.sesion(pk)
        lugar = consultas.lugar_propuesto(sesion)
        formulario = PuntoDelOrdenForm(request.POST, instance=Punto(sesion=sesion), lugar=lugar)
        if formulario.is_valid():
            punto = formulario.instance
            punto.numero = punto.numero or lugar

            def hacer():
                de_la_comision.insertar_punto(punto=punto, por=request.user)
                return punto, f"Se agregó el punto {punto.numero}."

            try:
                return self.envia(sesion, hacer)
            except ValidationError as error:
                reparte(formulario, error)
        return self.pinta(sesion, formulario, status=422)


class AgregarTramites(DelOrden):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = self.sesion(pk)

        def hacer():
            puntos = acciones.agregar_tramites(sesion=sesion, por=request.user)
            return None, f"Se agregaron los puntos de trámite: {len(puntos)}." if puntos else ""

        return self.intenta(sesion, hacer)


class IncluirPropuesta(DelOrden):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = self.sesion(pk)

        def hacer():
            # Otra persona pudo incluirla mientras tanto: se vuelve a preguntar ya en la transacción.
            clave = request.POST.get("clave", "")
            de_la_comision.sesiones.bloquear(sesion)
            propuesta = next((p for p in propuestas.reunir(sesion, request.user) if p.clave == clave), None)
            if propuesta is None:
                raise ValidationError("Eso ya no está por presentarse: quizá otra persona acaba de incluirlo.")
            punto = acciones.incluir(sesion=sesion, propuesta=propuesta, por=request.user)
            return punto, f"Se incluyó como punto {punto.numero}."

        return self.intenta(sesion, hacer)


class AgregarDocumento(DelOrden):
    """Sube un archivo o anota un enlace en un punto, sin salir del orden del día."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        punto = get_object_or_404(Punto.objects.select_related("sesion__comision"), pk=pk)
        if razones := impedimentos_para_orden_del_dia(punto.sesion):
            raise PermissionDenied(" ".join(razones))
        formulario = almacen().formulario(request.POST, request.FILES, prefix=f"doc{punto.pk}")
        if formulario.is_valid():

            def hacer():
                nueva = almacen().agregar(objeto=punto, datos=formulario.cleaned_data, por=request.user)
                return punto, f"Se agregó «{nueva}»."

            try:
                return self.envia(punto.sesion, hacer)
            except ValidationError as error:
                reparte(formulario, error)
        return self.pinta(punto.sesion, documento=(punto.pk, formulario), status=422)


class QuitarPunto(VistaEliminar):
    """Como la de siempre, pero suelta antes lo que el punto presentaba: un informe o una minuta no lo retienen."""

    paginas = PuntoPaginas()
    paginas.espacio = "comision"
    permiso = "comision.delete_punto"

    def revisa(self, objeto):
        return impedimentos_para_eliminar_punto(objeto), []
