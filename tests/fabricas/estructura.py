"""Imágenes de prueba y quien edita informes en pantalla."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.fabricas.personas import persona

EDITA = tuple(
    f"informes.{verbo}_{modelo}"
    for verbo in ("view", "add", "change", "delete")
    for modelo in ("informe", "plantilla", "apartado")
)


def editora():
    return persona(*EDITA)


def imagen(
    nombre: str = "foto.png", formato: str = "PNG", tamano=(60, 40), exif=None, modo="RGB"
) -> SimpleUploadedFile:
    salida = io.BytesIO()
    mas = {"exif": exif} if exif is not None else {}
    Image.new(modo, tamano, 120 if modo == "L" else (120, 40, 160)[: len(modo)] if modo == "RGB" else 0).save(
        salida, formato, **mas
    )
    return SimpleUploadedFile(nombre, salida.getvalue())
