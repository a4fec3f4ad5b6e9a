from django.urls import path

from . import views, vistas_matriz

urlpatterns = [
    path("<int:pk>/mir/", vistas_matriz.Matriz.as_view(), name="mir"),
    path("<int:pk>/mir/datos/", vistas_matriz.Captura.as_view(), name="mir_datos"),
    *views.IndicadorPaginas.urls("programas", "indicadores/"),
    *views.VariablePaginas.urls("programas", "variables/"),
    *views.SupuestoPaginas.urls("programas", "supuestos/"),
    *views.DatoPaginas.urls("programas", "datos/"),
    *views.AjustePaginas.urls("programas", "ajustes/"),
    *views.ExplicacionPaginas.urls("programas", "explicaciones/"),
]
