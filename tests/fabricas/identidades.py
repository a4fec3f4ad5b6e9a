"""Identidades gráficas de prueba y los logotipos que alguien podría subir."""

from django.core.files.uploadedfile import SimpleUploadedFile

from informes.identidades.acciones import guardar_identidad
from informes.models import Identidad

from .bloques import png

SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://dibujo.example/" width="90" height="60" i:version="1">'
    '<!-- hecho aquí --><metadata>x</metadata><rect width="90" height="60" style="fill:#0a5c36"/></svg>'
)


def identidad(nombre: str = "Instituto, 2026", logo=None, **mas) -> Identidad:
    datos = {"institucion": "Instituto de Ejemplo", "color": "#0a5c36"} | mas
    return guardar_identidad(identidad=Identidad(nombre=nombre, **datos), por=None, logo=logo)


def archivo(contenido: str | bytes = SVG, nombre: str = "logo.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, contenido.encode() if isinstance(contenido, str) else contenido)


def archivo_png(ancho: int = 60, alto: int = 60) -> SimpleUploadedFile:
    return archivo(png(ancho, alto), "logo.png")
