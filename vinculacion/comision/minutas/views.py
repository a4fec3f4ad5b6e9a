"""Páginas de la minuta y del cierre de una sesión."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.comision import permisos
from vinculacion.comision.estados import EstadoDeMinuta
from vinculacion.comision.models import Minuta, Sesion
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas, Panel
from vinculacion.nucleo.paginas.vistas import reparte
from vinculacion.nucleo.salida import html

from . import acciones, comparacion, consultas, documentos, filters, forms, redaccion, reglas, resources, tables

CAMBIAR = "comision.change_minuta"


class MinutaPaginas(Paginas):
    modelo = Minuta
    tabla = tables.MinutaTabla
    filtro = filters.MinutaFiltro
    formulario = forms.MinutaForm
    recurso = resources.MinutaRecurso
    busca = ("texto",)
    detalle = (
        ("Sesión", lambda m: m.sesion), ("Estado", tables.estado_de_minuta),
        ("Se aprobó en", lambda m: m.aprobada_en and documentos.estado(m)),
        ("Punto que la aprobó", lambda m: m.aprobada_en),
    )  # fmt: skip
    femenino = True
    capturar_otra = False
    vistas = ("lista", "detalle", "editar", "eliminar", "importar")
    plantilla_detalle = "comision/minutas/detalle.html"
    plantilla_formulario = "comision/minutas/formulario.html"
    ayuda = "Se redactan desde la página de cada sesión, con lo que ocurrió en ella."

    def consulta(self, usuario):
        return consultas.minutas()

    def guardar(self, *, formulario, por):
        return acciones.guardar_minuta(minuta=formulario.instance, por=por)

    def eliminar(self, *, objeto, por):
        acciones.eliminar_minuta(minuta=objeto, por=por)

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar_minuta(objeto)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_editar_minuta(objeto)

    def paneles(self, objeto, usuario):
        cuerpo = html.fragmento(documentos.bloques(objeto), nivel=3)
        return [Panel("Texto", "comision/minutas/_texto.html", {"cuerpo": cuerpo})]

    def contexto(self, request, vista, objeto=None):
        if vista != "detalle":
            return {}
        punto = objeto.aprobada_en
        return {
            "hechos": consultas.hechos_que_cambiaron(objeto),
            "aprobada": objeto.estado == EstadoDeMinuta.APROBADA,
            "ya_no_vale": punto and punto.resolucion not in reglas.APRUEBAN,
            "faltan": objeto.texto.count("[Falta "),
        }

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver la sesión", objeto.sesion.get_absolute_url())
        for formato in documentos.TIPOS:
            yield Accion(formato.upper(), reverse("comision:minuta_descargar", args=[objeto.pk, formato]))
        if not usuario.has_perm(CAMBIAR):
            return
        if objeto.estado == EstadoDeMinuta.APROBADA:
            yield Accion("Retirar su aprobación", reverse("comision:minuta_retirar", args=[objeto.pk]))
        else:
            yield Accion("Volver a redactar", reverse("comision:minuta_redactar", args=[objeto.pk]))
            yield Accion("Aprobar", reverse("comision:minuta_aprobar", args=[objeto.pk]))


class DeSesion(ConPermiso, View):
    """Lo común de las páginas que preguntan antes de hacer algo con una sesión."""

    def sesion(self, pk: int) -> Sesion:
        return get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)

    def pinta(self, sesion: Sesion, plantilla: str, titulo: str, contexto: dict, status: int = 200) -> HttpResponse:
        migas = [
            ("Inicio", reverse("inicio")),
            ("Sesiones", reverse("comision:sesion_lista")),
            (str(sesion), sesion.get_absolute_url()),
            (titulo, ""),
        ]
        todo = {"sesion": sesion, "titulo": titulo, "migas": migas, "cancelar": sesion.get_absolute_url(), **contexto}
        return render(self.request, f"comision/minutas/{plantilla}.html", todo, status=status)


class Nueva(DeSesion):
    """Enseña la redacción antes de guardarla; si la sesión ya tiene minuta, lleva a ella."""

    permiso = "comision.add_minuta"

    def get(self, request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
        sesion = self.sesion(pk)
        if previa := Minuta.objects.filter(sesion=sesion).first():
            return HttpResponseRedirect(previa.get_absolute_url())
        impedimentos = reglas.impedimentos_para_redactar(sesion)
        contexto: dict = {"impedimentos": impedimentos}
        if not impedimentos:
            texto = redaccion.borrador(sesion)
            propuesta = Minuta(sesion=sesion, texto=texto)
            contexto["cuerpo"] = html.fragmento(documentos.bloques(propuesta), nivel=3)
            contexto["faltan"] = texto.count("[Falta ")
        return self.pinta(sesion, "nueva", "Redactar la minuta", contexto, status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = self.sesion(pk)
        try:
            minuta = acciones.redactar(sesion=sesion, por=request.user)
        except ValidationError:
            return self.get(request, pk, status=422)
        messages.success(request, "La minuta quedó como borrador: corríjala y agregue lo que haga falta.")
        return HttpResponseRedirect(reverse("comision:minuta_editar", args=[minuta.pk]))


class DeMinuta(DeSesion):
    permiso = CAMBIAR

    def minuta(self, pk: int) -> Minuta:
        return get_object_or_404(consultas.minutas(), pk=pk)

    def editable(self, pk: int) -> Minuta:
        minuta = self.minuta(pk)
        if razones := reglas.impedimentos_para_editar_minuta(minuta):
            raise PermissionDenied(" ".join(razones))
        return minuta


class VolverARedactar(DeMinuta):
    def get(self, request: HttpRequest, pk: int, error: str = "", status: int = 200) -> HttpResponse:
        minuta = self.editable(pk)
        nuevo = redaccion.borrador(minuta.sesion)
        contexto = {
            "minuta": minuta,
            "tramos": comparacion.tramos(minuta.texto, nuevo),
            "iguales": not comparacion.cambios(minuta.texto, nuevo),
            "con_base": consultas.texto_base(minuta) is not None,
            "hechos": consultas.hechos_que_cambiaron(minuta),
            "error": error,
            "cancelar": minuta.get_absolute_url(),
        }
        return self.pinta(minuta.sesion, "redactar", "Volver a redactar la minuta", contexto, status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        minuta = self.editable(pk)
        version = request.POST.get("version", "")
        conservar = request.POST.get("modo") != "todo"
        try:
            if not version.isdecimal():
                raise ValidationError("El formulario llegó incompleto: revise otra vez.")
            _, pendientes = acciones.volver_a_redactar(
                minuta=minuta, por=request.user, version=int(version[:18]), conservar=conservar
            )
        except ValidationError as error:
            return self.get(request, pk, error=" ".join(error.messages), status=409)
        messages.success(request, "La minuta se volvió a redactar; el texto anterior está en su historia.")
        for tramo in pendientes:
            dice = " ".join(tramo.ahora) or "(se quita) " + " ".join(tramo.antes)
            messages.warning(request, f"Póngalo a mano, porque ese renglón ya estaba corregido: {dice}")
        return HttpResponseRedirect(minuta.get_absolute_url())


class ConFormulario(DeMinuta):
    """Un formulario de un solo paso sobre la minuta."""

    titulo = ""
    aclaracion = ""
    boton = ""
    hecho = ""

    def formulario(self, minuta: Minuta, datos=None):
        raise NotImplementedError

    def hacer(self, minuta: Minuta, datos: dict) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        minuta = self.minuta(pk)
        return self.pregunta(minuta, self.formulario(minuta))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        minuta = self.minuta(pk)
        formulario = self.formulario(minuta, request.POST)
        if formulario.is_valid():
            try:
                self.hacer(minuta, formulario.cleaned_data)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, self.hecho)
                return HttpResponseRedirect(minuta.get_absolute_url())
        return self.pregunta(minuta, formulario, status=422)

    def pregunta(self, minuta: Minuta, formulario, status: int = 200) -> HttpResponse:
        contexto = {
            "minuta": minuta,
            "formulario": formulario,
            "aclaracion": self.aclaracion,
            "boton": self.boton,
            "cancelar": minuta.get_absolute_url(),
        }
        return self.pinta(minuta.sesion, "paso", self.titulo, contexto, status)


class Aprobar(ConFormulario):
    titulo = "Aprobar la minuta"
    aclaracion = "Elija el punto con que la comisión la aprobó. Desde entonces la minuta es de sólo lectura."
    boton = "Aprobar"
    hecho = "La minuta quedó aprobada."

    def formulario(self, minuta, datos=None):
        return forms.AprobarForm(datos, minuta=minuta)

    def hacer(self, minuta, datos):
        acciones.aprobar(minuta=minuta, punto=datos["aprobada_en"], por=self.request.user)


class RetirarAprobacion(ConFormulario):
    titulo = "Retirar la aprobación de la minuta"
    aclaracion = "Vuelve a ser borrador, para corregir un error. La razón queda en su historia."
    boton = "Retirar la aprobación"
    hecho = "La minuta vuelve a ser borrador."

    def formulario(self, minuta, datos=None):
        return forms.RazonForm(datos)

    def hacer(self, minuta, datos):
        acciones.retirar_aprobacion(minuta=minuta, razon=datos["razon"], por=self.request.user)


class Descargar(DeMinuta):
    permiso = "comision.view_minuta"

    def get(self, request: HttpRequest, pk: int, formato: str) -> HttpResponse:
        minuta = self.minuta(pk)
        if formato not in documentos.TIPOS:
            raise Http404("Ese formato no existe.")
        hecho = documentos.documento(minuta)
        return documentos.descarga(hecho, formato, minuta.sesion.comision.siglas)


# -- cierre --------------------------------------------------------------------


class Cerrar(DeSesion):
    permiso = permisos.CELEBRAR

    def get(self, request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
        sesion = self.sesion(pk)
        razones = reglas.impedimentos_para_cerrar(sesion)
        dudas = [] if razones else reglas.advertencias_al_cerrar(sesion)
        return self.pinta(sesion, "cerrar", "Cerrar la sesión", {"razones": razones, "dudas": dudas}, status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion = self.sesion(pk)
        try:
            acciones.cerrar(sesion=sesion, por=request.user)
        except ValidationError:
            return self.get(request, pk, status=409)
        messages.success(request, "La sesión quedó cerrada: es de sólo lectura.")
        return HttpResponseRedirect(sesion.get_absolute_url())


class Reabrir(DeSesion):
    permiso = permisos.CELEBRAR

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.pregunta(self.sesion(pk), forms.RazonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, formulario = self.sesion(pk), forms.RazonForm(request.POST)
        if formulario.is_valid():
            try:
                acciones.reabrir(sesion=sesion, razon=formulario.cleaned_data["razon"], por=request.user)
            except ValidationError as error:
                reparte(formulario, error)
            else:
                messages.success(request, "La sesión está abierta. Cuando termine de corregir, ciérrela otra vez.")
                return HttpResponseRedirect(sesion.get_absolute_url())
        return self.pregunta(sesion, formulario, status=422)

    def pregunta(self, sesion: Sesion, formulario, status: int = 200) -> HttpResponse:
        contexto = {
            "formulario": formulario,
            "aclaracion": "La sesión deja de ser de sólo lectura hasta que la cierre otra vez. Lo que se corrija queda a "
            "la vista en su página, con quién lo hizo y cuándo.",
            "boton": "Reabrir para corregir",
        }
        return self.pinta(sesion, "paso", "Reabrir la sesión", contexto, status)
