"""Qué archivos se aceptan: por su contenido, no por su nombre."""

import hashlib

import magic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from .subidas import ArchivoExcedido

# extensión → tipos de contenido con que puede presentarse
TIPOS = {
    "pdf": {"application/pdf"},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"},
    "xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
    "pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip"},
    "odt": {"application/vnd.oasis.opendocument.text"},
    "ods": {"application/vnd.oasis.opendocument.spreadsheet"},
    "csv": {"text/csv", "text/plain"},
    "txt": {"text/plain"},
    "eml": {"message/rfc822", "text/plain"},
    "mp3": {"audio/mpeg"},
    "mp4": {"video/mp4"},
    "zip": {"application/zip"},
    "ics": {"text/calendar", "text/plain"},
}
ACEPTADOS = ",".join(f".{extension}" for extension in TIPOS)


def tamano(bytes_: int) -> str:
    """«25 MB», «30.5 MB»: sin el decimal que nada dice."""
    return filesizeformat(bytes_).replace(".0\xa0", "\xa0")


def tipo_de(archivo) -> str:
    """Tipo MIME según los primeros bytes."""
    archivo.seek(0)
    tipo = magic.from_buffer(archivo.read(8192), mime=True)
    archivo.seek(0)
    return tipo


def huella(archivo) -> str:
    """SHA-256 en hexadecimal del contenido entero."""
    archivo.seek(0)
    suma = hashlib.file_digest(archivo, "sha256").hexdigest()
    archivo.seek(0)
    return suma


def validar_archivo(archivo) -> None:
    """Rechaza con su razón lo vacío, lo que pasa del tope y lo que no es lo que su nombre dice."""
    tope = tamano(settings.ARCHIVO_TAMANO_MAXIMO)
    if isinstance(archivo, ArchivoExcedido):
        raise ValidationError(f"El archivo pesa {tamano(archivo.tamano_recibido)}; el máximo es {tope}.", code="tamano")
    if archivo.size > settings.ARCHIVO_TAMANO_MAXIMO:
        raise ValidationError(f"El archivo pesa {tamano(archivo.size)}; el máximo es {tope}.", code="tamano")
    if not archivo.size:
        raise ValidationError("El archivo está vacío (0 bytes).", code="vacio")
    extension = archivo.name.rsplit(".", 1)[-1].lower() if "." in archivo.name else ""
    if extension not in TIPOS:
        raise ValidationError(
            f"No se aceptan archivos «.{extension}». Se aceptan: {', '.join(sorted(TIPOS))}.", code="extension"
        )
    tipo = tipo_de(archivo)
    if tipo not in TIPOS[extension]:
        raise ValidationError(
            f"El archivo se llama «.{extension}» pero su contenido es de otro tipo ({tipo}).", code="contenido"
        )
