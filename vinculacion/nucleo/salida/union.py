"""Varios PDF en uno, con marcadores que llevan a cada parte."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf


def paginas(contenido: bytes) -> int:
    """Cuántas tiene; 0 si no es un PDF que se pueda leer (dañado o con contraseña)."""
    try:
        with pikepdf.open(BytesIO(contenido)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return 0


def unir(partes: Sequence[tuple[str, bytes]], *, titulo: str) -> bytes:
    """``partes``: (marcador, PDF). No conserva las etiquetas de accesibilidad: cada original queda aparte."""
    unido = pikepdf.new()
    with unido.open_outline() as marcadores:
        for nombre, contenido in partes:
            with pikepdf.open(BytesIO(contenido)) as pdf:
                marcadores.root.append(pikepdf.OutlineItem(nombre, len(unido.pages)))
                unido.pages.extend(pdf.pages)
    unido.docinfo["/Title"] = titulo
    unido.Root.Lang = "es-MX"
    salida = BytesIO()
    unido.save(salida)
    return salida.getvalue()
