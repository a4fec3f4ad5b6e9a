"""Versiones de documentos de un convenio."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from convenios.documentos import acciones
from convenios.estados import ClaseDeDocumento
from convenios.models import DocumentoDeConvenio

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(nombre: str = "convenio.pdf", mas: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, PDF + mas, content_type="application/pdf")


def version(convenio, *, enlace="https://www.iecm.example/convenio.pdf", archivo=None, por=None, **datos):
    """Un enlace, salvo que se dé un archivo."""
    base = {"clase": ClaseDeDocumento.PROYECTO, "titulo": "Proyecto de convenio", "fecha": date(2026, 1, 15)}
    return acciones.agregar_version(
        documento=DocumentoDeConvenio(convenio=convenio, **{**base, **datos}),
        archivo=archivo,
        enlace="" if archivo else enlace,
        por=por,
    )
