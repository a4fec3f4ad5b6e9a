"""Lo que toda respuesta debe cumplir y ningún marco pone por omisión."""

from django.http import HttpRequest, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

METODOS = ["GET", "HEAD", "POST", "OPTIONS"]


class Privacidad:
    """Las páginas con sesión no se guardan para nadie más, y al salir el navegador olvida lo que vio.

    No se usa ``no-store``: quitaría lo escrito al volver con «atrás» a un formulario.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        if request.method == "TRACE":
            return HttpResponseNotAllowed(METODOS)
        estaba = request.user.is_authenticated
        respuesta = self.get_response(request)
        if (estaba or request.user.is_authenticated) and not respuesta.has_header("Cache-Control"):
            patch_cache_control(respuesta, private=True, no_cache=True)
        if estaba and not request.user.is_authenticated:
            respuesta["Clear-Site-Data"] = '"cache"'
        return respuesta
