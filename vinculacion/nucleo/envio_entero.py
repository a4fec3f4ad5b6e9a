"""Un envío que se corta a la mitad no se procesa.

WSGI entrega lo que alcanzó a llegar como si fuera todo: un texto o un archivo
truncados se guardarían como buenos. Aquí se compara con lo que el navegador anunció.
"""

from django.http import HttpRequest


class Entera:
    """El cuerpo de la petición; ``ConnectionAbortedError`` si termina antes de lo anunciado.

    Django la convierte en ``UnreadablePostError`` y rechaza la petición sin llegar a la página.
    """

    def __init__(self, flujo, anunciado: int):
        self.flujo = flujo
        self.faltan = anunciado

    def read(self, size=-1, /):
        quedan = self.faltan if size is None or size < 0 else min(size, self.faltan)
        trozos = []
        while quedan > 0:
            # Un servidor puede entregar menos de lo pedido sin haber terminado: sólo lo vacío es el final.
            trozos.append(self._cuenta(self.flujo.read(quedan)))
            quedan -= len(trozos[-1])
        return b"".join(trozos)

    def readline(self, size=-1, /):
        return self._cuenta(self.flujo.readline(size)) if self.faltan and size else b""

    def _cuenta(self, trozo: bytes) -> bytes:
        if not trozo:
            raise ConnectionAbortedError(f"El envío se cortó: faltaron {self.faltan} bytes.")
        self.faltan -= len(trozo)
        return trozo

    def close(self) -> None:
        self.flujo.close()


class EnvioEntero:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        anunciado = request.META.get("CONTENT_LENGTH") or ""
        if anunciado.isdecimal() and int(anunciado) and hasattr(request, "_stream"):
            request._stream = Entera(request._stream, int(anunciado))  # type: ignore[assignment]
        return self.get_response(request)
