"""Las rutas del proyecto y, además, un espécimen con evidencia, advertencias e impedimentos."""

from django.urls import include, path

from vinculacion.directorio.views import OrganismoPaginas
from vinculacion.nucleo import paginas
from vinculacion.urls import *  # noqa: F403 — también las páginas de error
from vinculacion.urls import urlpatterns as del_proyecto


class EspecimenPaginas(OrganismoPaginas):
    evidencia = True
    clave = "especimen"

    def impedimentos_para_editar(self, objeto, usuario):
        return ["Está validado y ya no se edita."] if objeto.siglas == "VAL" else []

    def impedimentos_para_eliminar(self, objeto, usuario):
        return ["Está validado y no se elimina."] if objeto.siglas == "VAL" else []

    def advertencias(self, *, formulario, usuario):
        return ["Se parece a otro."] if "parecido" in formulario.cleaned_data["nombre"] else []

    def acciones_de(self, objeto, usuario):
        return [paginas.Accion("Validar", "/validar/", "btn-success", "post")]


_declaradas = dict(paginas.base._DECLARADAS)
especimen = EspecimenPaginas.urls("especimen")
# El espécimen no cambia quién puede ver un organismo en las demás pruebas.
paginas.base._DECLARADAS.update(_declaradas)

urlpatterns = [*del_proyecto, path("especimen/", include((especimen, "especimen")))]
