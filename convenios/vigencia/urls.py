from django.urls import path

from . import views

urlpatterns = [
    path("vencimientos/", views.Vencimientos.as_view(), name="vencimientos"),
    path("renovaciones/<int:pk>/sucesor/", views.CrearSucesor.as_view(), name="renovacion_sucesor"),
    *views.RenovacionPaginas.urls("convenios", prefijo="renovaciones/"),
]
