"""Páginas del seguimiento de un acuerdo y del informe de una sesión."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from vinculacion.comision.consultas import VE_TODO, acuerdos_visibles
from vinculacion.comision.minutas.documentos import TIPOS, descarga
from vinculacion.comision.models import SeguimientoDeAcuerdo, Sesion
from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas
from vinculacion.nucleo.salida import html

from . import acciones, consultas, documentos, filters, forms, reglas, resources, tables


class SeguimientoPaginas(Paginas):
    modelo = SeguimientoDeAcuerdo
    clave = "seguimiento"
    tabla = tables.SeguimientoTabla
    filtro = filters.SeguimientoFiltro
    formulario = forms.SeguimientoForm
    recurso = resources.SeguimientoRecurso
    busca = ("acuerdo__folio", "nota")
    detalle = ("acuerdo", "fecha", ("Estado en que queda", tables.estado_del_paso), "nota", "sesion", "por")
    evidencia = True
    capturar_otra = False
    vistas = ("lista", "nuevo", "detalle", "editar", "eliminar", "evidencia")
    ayuda = "Lo que se ha hecho con cada acuerdo. Se da seguimiento desde la página del acuerdo."

    @property
    def nuevo(self):
        return "Dar seguimiento a un acuerdo"

    def consulta(self, usuario):
        return consultas.seguimientos_visibles(usuario)

    def argumentos_formulario(self, request):
        clave = request.GET.get("acuerdo", "")
        acuerdo = None
        if clave.isdecimal() and len(clave) <= 18:
            acuerdo = acuerdos_visibles(request.user).filter(pk=clave).first()
        return {"usuario": request.user, "acuerdo": acuerdo}

    def advertencias(self, *, formulario, usuario):
        if formulario.instance.pk or not reglas.puede_declarar(usuario):
            return []
        return reglas.advertencias(formulario.cleaned_data["acuerdo"], formulario.cleaned_data["estado"])

    def guardar(self, *, formulario, por):
        return acciones.guardar_seguimiento(seguimiento=formulario.instance, por=por, evidencias=formulario.evidencias)

    def eliminar(self, *, objeto, por):
        acciones.quitar_seguimiento(seguimiento=objeto, por=por)

    def destino(self, objeto):
        return f"{objeto.acuerdo.get_absolute_url()}#seguimiento" if objeto.pk else self.url("lista")

    def miga_superior(self, objeto):
        migas = [("Acuerdos", reverse("comision:acuerdo_lista"))]
        return [*migas, (str(objeto.acuerdo), objeto.acuerdo.get_absolute_url())] if objeto and objeto.pk else migas

    def acciones_lista(self, usuario):
        if self.puede(usuario, "change"):
            yield Accion("Importar", self.url("importar"))

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver el acuerdo", objeto.acuerdo.get_absolute_url())


class HojaPaginas(SeguimientoPaginas):
    """Un área agrega de uno en uno; la hoja, que también corrige, es de la Secretaría."""

    vistas = ("importar",)

    def permiso(self, accion):
        return "comision.change_seguimientodeacuerdo"


class DeSesion(ConPermiso, View):
    permiso = VE_TODO

    def sesion(self, pk: int) -> Sesion:
        return get_object_or_404(Sesion.objects.select_related("comision"), pk=pk)

    def agrupar(self) -> str:
        pedido = self.request.GET.get("agrupar", "")
        return pedido if pedido in documentos.GRUPOS else "estado"


class InformeDeSesion(DeSesion):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sesion, agrupar = self.sesion(pk), self.agrupar()
        bloques = documentos.bloques_de_sesion(sesion, consultas.acuerdos_para(sesion), agrupar)
        titulo = "Seguimiento de acuerdos"
        contexto = {
            "sesion": sesion,
            "titulo": titulo,
            "cuerpo": html.fragmento(bloques, nivel=2, enlaces=True),
            "agrupar": agrupar,
            "grupos": (("estado", "Por estado"), ("sesion", "Por sesión")),
            "formatos": TIPOS,
            "migas": [
                ("Inicio", reverse("inicio")),
                ("Sesiones", reverse("comision:sesion_lista")),
                (str(sesion), sesion.get_absolute_url()),
                (titulo, ""),
            ],
        }
        return render(request, "comision/seguimiento/sesion.html", contexto)


class DescargarInforme(DeSesion):
    def get(self, request: HttpRequest, pk: int, formato: str) -> HttpResponse:
        if formato not in TIPOS:
            raise Http404("Ese formato no existe.")
        sesion = self.sesion(pk)
        hecho = documentos.documento(sesion, consultas.acuerdos_para(sesion), self.agrupar())
        return descarga(hecho, formato, sesion.comision.siglas)
