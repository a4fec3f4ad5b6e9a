from django.urls import path

from . import views

urlpatterns = [
    # Antes que las demás: la visibilidad del registro la responde la última declarada.
    *views.HojaPaginas.urls("comision", prefijo="acuerdos/seguimiento/"),
    *views.SeguimientoPaginas.urls("comision", prefijo="acuerdos/seguimiento/"),
    path("sesiones/<int:pk>/seguimiento/", views.InformeDeSesion.as_view(), name="seguimiento_de_sesion"),
    path(
        "sesiones/<int:pk>/seguimiento/<str:formato>/",
        views.DescargarInforme.as_view(),
        name="seguimiento_de_sesion_descargar",
    ),
]
