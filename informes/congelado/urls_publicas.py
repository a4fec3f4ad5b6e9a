"""Lo único de los informes que se abre sin sesión: confirmar un documento publicado."""

from django.urls import path

from . import publica

app_name = "constancia"
urlpatterns = [
    path("<slug:clave>/", publica.Constancia.as_view(), name="ver"),
    path("<slug:clave>/documento.pdf", publica.DescargarPublicado.as_view(), name="pdf"),
]
