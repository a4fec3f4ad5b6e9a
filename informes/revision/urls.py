from django.urls import path

from . import views, vistas_edicion, vistas_versiones

urlpatterns = [
    *views.ObservacionPaginas.urls("informes", "observaciones/"),
    path("observaciones/<int:pk>/responder/", views.Responder.as_view(), name="observacion_responder"),
    path("observaciones/<int:pk>/reabrir/", views.Reabrir.as_view(), name="observacion_reabrir"),
    path("observaciones/<int:pk>/retirar/", views.Retirar.as_view(), name="observacion_retirar"),
    path("<int:pk>/observaciones/", views.ObservacionesDeInforme.as_view(), name="informe_observaciones"),
    path(
        "<int:pk>/observaciones/<slug:formato>/",
        views.DescargarObservaciones.as_view(),
        name="informe_observaciones_descargar",
    ),
    path("<int:pk>/versiones/", vistas_versiones.Versiones.as_view(), name="informe_versiones"),
    path("<int:pk>/versiones/guardar/", vistas_versiones.GuardarVersion.as_view(), name="informe_guardar_version"),
    path("<int:pk>/diferencias/", vistas_versiones.Comparar.as_view(), name="informe_comparar"),
    path("versiones/<int:pk>/", vistas_versiones.LeerVersion.as_view(), name="version_detalle"),
    path("versiones/<int:pk>/recuperar/<int:clave>/", vistas_versiones.Recuperar.as_view(), name="version_recuperar"),
    path("apartados/<int:pk>/edicion/", vistas_edicion.Anunciar.as_view(), name="apartado_edicion"),
    path("apartados/<int:pk>/edicion/soltar/", vistas_edicion.Soltar.as_view(), name="apartado_soltar"),
]
