from django.urls import path

from . import views

urlpatterns = [
    *views.ProgramaPaginas.urls("programas"),
    path("<int:pk>/aprobar/", views.Aprobar.as_view(), name="programa_aprobar"),
    *views.EjePaginas.urls("programas", "ejes/"),
    *views.AccionPaginas.urls("programas", "acciones/"),
    *views.TipoActividadPaginas.urls("programas", "tipos/"),
]
