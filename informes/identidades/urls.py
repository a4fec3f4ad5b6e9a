from django.urls import path

from . import views

urlpatterns = [
    *views.IdentidadPaginas.urls("informes", "identidades/"),
    path("identidades/<int:pk>/muestra/", views.Muestra.as_view(), name="identidad_muestra"),
    path("identidades/color/<slug:color>.css", views.Color.as_view(), name="color"),
]
