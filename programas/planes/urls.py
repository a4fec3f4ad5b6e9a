from django.urls import path

from . import views

urlpatterns = [
    *views.ProgramaPaginas.urls("programas"),
    path("<int:pk>/paso/<slug:paso>/", views.Paso.as_view(), name="programa_paso"),
    *views.EjePaginas.urls("programas", "ejes/"),
    *views.AccionPaginas.urls("programas", "acciones/"),
    *views.MetaPaginas.urls("programas", "metas/"),
    *views.TipoActividadPaginas.urls("programas", "tipos/"),
]
