"""El árbol de un documento en hojas de cálculo: bajarlo y traerlo."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo import hojas
from vinculacion.nucleo.paginas import ConPermiso, Paginas

from .. import reglas
from ..models import Informe, Plantilla, UsoDeSeccion
from . import consultas
from .resources import ApartadoRecurso, SeccionDeApartadoRecurso

HOJAS = {"apartados": (ApartadoRecurso, consultas.apartados), "secciones": (SeccionDeApartadoRecurso, consultas.usos)}


class UsoPaginas(Paginas):
    """Sólo para importar: en pantalla una sección se edita desde su apartado y con sus mismos permisos."""

    modelo = UsoDeSeccion
    recurso = SeccionDeApartadoRecurso
    clave = "uso"
    vistas = ("importar",)

    def consulta(self, usuario):
        return consultas.usos()

    def permiso(self, accion):
        return f"informes.{accion}_apartado"

    def impedimentos_para_editar(self, objeto, usuario):
        return reglas.impedimentos_para_editar(objeto.apartado.documento)

    def url(self, vista, objeto=None, **mas):
        return reverse("informes:informe_lista") if vista == "lista" else super().url(vista, objeto, **mas)


class HojaDelDocumento(ConPermiso, View):
    permiso = "informes.view_apartado"

    def get(self, request, modelo, pk, hoja, formato):
        if hoja not in HOJAS or formato not in ("xlsx", "csv"):
            raise Http404
        documento = get_object_or_404({"informe": Informe, "plantilla": Plantilla}[modelo], pk=pk)
        recurso, consulta = HOJAS[hoja]
        suyos = consulta().filter(documento_escrito=f"{modelo}:{documento.clave}")
        return hojas.respuesta(hojas.exportar(recurso, suyos, formato), f"{documento.clave} {hoja}", formato)
