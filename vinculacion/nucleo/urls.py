"""Páginas que no son de ninguna sala: salud, búsqueda y manual."""

from django.urls import path

from . import views

urlpatterns = [
    path("salud/", views.salud, name="salud"),
    path("buscar/", views.Busqueda.as_view(), name="buscar"),
    path("ayuda/", views.Manual.as_view(), name="manual"),
    path("ayuda/<slug:pagina>/", views.Manual.as_view(), name="manual_pagina"),
]
