from django.urls import path

from . import views

urlpatterns = [
    path("congelados/", views.Congelados.as_view(), name="congelados"),
    path("<int:pk>/aprobacion/", views.Aprobacion.as_view(), name="informe_aprobacion"),
    path("<int:pk>/pasar/<slug:estado>/", views.Pasar.as_view(), name="informe_pasar"),
    path("<int:pk>/correccion/abandonar/", views.Abandonar.as_view(), name="informe_abandonar"),
    path("<int:pk>/cambios/", views.Cambios.as_view(), name="informe_cambios"),
    path("congelados/<int:pk>/evidencias/", views.Evidencias.as_view(), name="version_evidencias"),
    path("congelados/<int:pk>/errata/", views.AnotarErrata.as_view(), name="version_errata"),
    path("congelados/<int:pk>/<slug:formato>/", views.DescargarVersion.as_view(), name="version_descargar"),
]
