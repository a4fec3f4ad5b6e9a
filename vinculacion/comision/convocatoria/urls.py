from django.urls import path

from . import views, vistas_orden

urlpatterns = [
    path("sesiones/<int:pk>/orden/", vistas_orden.OrdenDelDia.as_view(), name="orden_del_dia"),
    path("sesiones/<int:pk>/orden/tramite/", vistas_orden.AgregarTramites.as_view(), name="orden_tramite"),
    path("sesiones/<int:pk>/orden/incluir/", vistas_orden.IncluirPropuesta.as_view(), name="orden_incluir"),
    path("puntos/<int:pk>/documento/", vistas_orden.AgregarDocumento.as_view(), name="orden_documento"),
    path("sesiones/<int:pk>/<slug:documento>.pdf", views.SesionPDF.as_view(), name="sesion_pdf"),
    path("convocatorias/nueva/", views.Convocar.as_view(), name="convocatoria_nueva"),
    path("convocatorias/<int:pk>/enviar/", views.Enviar.as_view(), name="convocatoria_enviar"),
    *views.ConvocatoriaPaginas.urls("comision", prefijo="convocatorias/"),
]
