from django.urls import path

from .views import Descargar, SeriePaginas

app_name = "archivo"
urlpatterns = [
    path("evidencia/<int:pk>/", Descargar.as_view(), name="descargar"),
    *SeriePaginas.urls(app_name, prefijo="series/"),
]
