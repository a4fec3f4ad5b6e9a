from django.urls import path

from . import views

urlpatterns = [
    path("actualizaciones/cuadricula/", views.VistaCuadricula.as_view(), name="actualizacion_matriz"),
    path("actualizaciones/cuadricula/guardar/", views.GuardarCuadricula.as_view(), name="actualizacion_matriz_guardar"),
    path("actualizaciones/sesion/<int:pk>/", views.VistaSesion.as_view(), name="actualizacion_sesion"),
    path(
        "actualizaciones/sesion/<int:pk>/guardar/", views.GuardarSesion.as_view(), name="actualizacion_sesion_guardar"
    ),
    *views.ActualizacionPaginas.urls("convenios", prefijo="actualizaciones/"),
]
