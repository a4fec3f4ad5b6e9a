"""Un cuerpo más corto que lo anunciado no llega a ninguna página."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.test import RequestFactory

from vinculacion.nucleo.envio_entero import Entera, EnvioEntero


def peticion(cuerpo: bytes, anunciado: int, tipo: str = "application/x-www-form-urlencoded") -> WSGIRequest:
    entorno = {**RequestFactory().post("/").environ, "CONTENT_TYPE": tipo, "CONTENT_LENGTH": str(anunciado)}
    return WSGIRequest({**entorno, "wsgi.input": io.BytesIO(cuerpo)})


def lee_todo(request):
    return HttpResponse(f"{dict(request.POST)} {sorted(request.FILES)}")


def multiparte(contenido: bytes = b"hola") -> bytes:
    return (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n' + contenido + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(("tipo", "cuerpo"), [("application/x-www-form-urlencoded", b"a=1&b=" + b"2" * 90_000),
                                              ("multipart/form-data; boundary=x", multiparte(b"z" * 200_000))])  # fmt: skip
def test_entero_pasa_y_cortado_no(tipo, cuerpo):
    assert b"'a': ['1']" in EnvioEntero(lee_todo)(peticion(cuerpo, len(cuerpo), tipo)).content
    for hasta in (1, 40, len(cuerpo) // 2, len(cuerpo) - 1):
        with pytest.raises(UnreadablePostError):
            EnvioEntero(lee_todo)(peticion(cuerpo[:hasta], len(cuerpo), tipo))


@pytest.mark.parametrize("anunciado", ["", "0", "-3"])
def test_sin_anuncio_no_estorba(anunciado):
    peticion_ = peticion(b"", 0)
    peticion_.META["CONTENT_LENGTH"] = anunciado
    assert EnvioEntero(lee_todo)(peticion_).status_code == 200


def test_por_renglones():
    flujo = Entera(io.BytesIO(b"uno\ndos\n"), 8)
    assert [flujo.readline(), flujo.readline(), flujo.readline()] == [b"uno\n", b"dos\n", b""]
    de_a_poco = Entera(io.BytesIO(b"uno\ndos\n"), 8)
    assert [de_a_poco.read(3), de_a_poco.read(0), de_a_poco.read(100), de_a_poco.read()] == [
        b"uno",
        b"",
        b"\ndos\n",
        b"",
    ]
    corto = Entera(io.BytesIO(b"uno\n"), 8)
    assert corto.readline() == b"uno\n"
    with pytest.raises(ConnectionAbortedError):
        corto.readline()
