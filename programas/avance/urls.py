from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/avance/", views.VistaAvance.as_view(), name="avance"),
    path("registros/", views.VistaRegistros.as_view(), name="registros"),
    path("sin-captura/", views.VistaSinCaptura.as_view(), name="sin_captura"),
]
