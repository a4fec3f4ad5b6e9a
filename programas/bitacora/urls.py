"""Rutas de la bitácora; ``programas/urls.py`` las suma a las de los planes."""

from django.urls import path

from . import views

urlpatterns = [
    path("actividades/por-validar/", views.PorValidar.as_view(), name="actividad_por_validar"),
    path("actividades/<int:pk>/validar/", views.Validar.as_view(), name="actividad_validar"),
    path("actividades/<int:pk>/rechazar/", views.Rechazar.as_view(), name="actividad_rechazar"),
    path("actividades/<int:pk>/devolver/", views.Devolver.as_view(), name="actividad_devolver"),
    *views.ActividadPaginas.urls("programas", prefijo="actividades/"),
]
