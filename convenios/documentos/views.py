"""Páginas de los documentos de un instrumento."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from vinculacion.nucleo.paginas import Accion, Paginas, Panel

from ..models import DocumentoDeConvenio
from . import acciones, consultas, reglas
from .filters import DocumentoFiltro
from .forms import DocumentoForm
from .resources import DocumentoRecurso
from .tables import DocumentoTabla

AGREGAR = "convenios.add_documentodeconvenio"


class DocumentoPaginas(Paginas):
    modelo = DocumentoDeConvenio
    clave = "documento"
    tabla = DocumentoTabla
    filtro = DocumentoFiltro
    formulario = DocumentoForm
    recurso = DocumentoRecurso
    busca = ("titulo", "nota", "convenio__titulo", "convenio__folio")
    capturar_otra = False
    plantilla_lista = "convenios/convenio_lista.html"
    plantilla_detalle = "convenios/documentos/detalle.html"
    detalle = (
        ("Instrumento", lambda d: d.convenio),
        "clase",
        ("Versión", lambda d: d.numero),
        "fecha",
        "nota",
        ("Lo agregó", lambda d: d.por),
    )
    ayuda = (
        "Proyectos, versiones validadas e instrumentos firmados. Ninguna versión sustituye a otra: se conservan todas."
    )

    def consulta(self, usuario):
        return consultas.documentos_visibles(usuario)

    def argumentos_formulario(self, request):
        return {"usuario": request.user, "version_de": self._version_de(request)}

    def _version_de(self, request) -> DocumentoDeConvenio | None:
        clave = request.GET.get("version_de", "")
        if not clave:
            return None
        if not clave.isdecimal() or len(clave) > 18:
            raise Http404
        return get_object_or_404(self.consulta(request.user), pk=clave)

    def guardar(self, *, formulario, por):
        if formulario.instance.pk:
            return acciones.corregir_documento(documento=formulario.instance, por=por)
        datos = formulario.cleaned_data
        return acciones.agregar_version(
            documento=formulario.instance, archivo=datos["archivo"], enlace=datos["enlace"], por=por
        )

    def advertencias(self, *, formulario, usuario):
        if formulario.instance.pk:
            return []
        return reglas.dudas_al_agregar(formulario.instance)

    def destino(self, objeto):
        return f"{objeto.convenio.get_absolute_url()}#documentos"

    def eliminar(self, *, objeto, por):
        acciones.quitar_version(documento=objeto, por=por)

    def impedimentos_para_eliminar(self, objeto, usuario):
        return reglas.impedimentos_para_quitar(objeto)

    def acciones_de(self, objeto, usuario):
        yield Accion("Ver el instrumento", objeto.convenio.get_absolute_url())
        if usuario.has_perm(AGREGAR):
            yield Accion("Nueva versión", f"{reverse('convenios:documento_nuevo')}?version_de={objeto.pk}")

    def paneles(self, objeto, usuario):
        yield Panel(
            "Archivo o enlace", "convenios/documentos/_archivo.html", {"evidencias": list(objeto.evidencias.all())}
        )
        iguales = consultas.documentos().filter(convenio=objeto.convenio_id, clase=objeto.clase, titulo=objeto.titulo)
        versiones = list(iguales.order_by("-numero"))
        if len(versiones) > 1:
            yield Panel("Todas sus versiones", "convenios/documentos/_versiones.html", {"versiones": versiones})
