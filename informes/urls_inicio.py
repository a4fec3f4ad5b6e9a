"""La página de inicio vive arriba porque mira todas las salas."""

from django.urls import path

from . import tablero

urlpatterns = [path("", tablero.Inicio.as_view(), name="inicio")]
