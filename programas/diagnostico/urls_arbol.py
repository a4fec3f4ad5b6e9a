from django.urls import path

from . import vistas_arbol as vistas

urlpatterns = [
    path("<int:pk>/arbol/objetivos/proponer/", vistas.Proponer.as_view(), name="arbol_proponer"),
    path("<int:pk>/arbol/<slug:arbol>/", vistas.VerArbol.as_view(), name="arbol"),
    path("nodos/<int:pk>/mover/<slug:sentido>/", vistas.Mover.as_view(), name="nodo_mover"),
    *vistas.NodoPaginas.urls("programas", "nodos/"),
]
