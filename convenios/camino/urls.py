from django.urls import path

from . import views

urlpatterns = [
    path("tablero/", views.VistaTablero.as_view(), name="convenio_tablero"),
    path("<int:pk>/etapa/", views.CambiarEtapa.as_view(), name="convenio_etapa"),
    path("<int:pk>/camino/<int:paso>/", views.CorregirPaso.as_view(), name="paso_corregir"),
    path("<int:pk>/camino/deshacer/", views.DeshacerPaso.as_view(), name="paso_deshacer"),
]
