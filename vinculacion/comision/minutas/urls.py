from django.urls import path

from . import views

urlpatterns = [
    *views.MinutaPaginas.urls("comision", prefijo="minutas/"),
    path("sesiones/<int:pk>/minuta/", views.Nueva.as_view(), name="minuta_nueva"),
    path("minutas/<int:pk>/redactar/", views.VolverARedactar.as_view(), name="minuta_redactar"),
    path("minutas/<int:pk>/aprobar/", views.Aprobar.as_view(), name="minuta_aprobar"),
    path("minutas/<int:pk>/retirar-aprobacion/", views.RetirarAprobacion.as_view(), name="minuta_retirar"),
    path("minutas/<int:pk>/descargar/<str:formato>/", views.Descargar.as_view(), name="minuta_descargar"),
    path("sesiones/<int:pk>/cerrar/", views.Cerrar.as_view(), name="sesion_cerrar"),
    path("sesiones/<int:pk>/reabrir/", views.Reabrir.as_view(), name="sesion_reabrir"),
]
