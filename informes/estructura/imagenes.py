"""Las imágenes de un apartado: qué se acepta, cómo se limpia y el bloque que sale de ella."""

import base64
import io
import struct

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from vinculacion.archivo.subidas import ArchivoExcedido
from vinculacion.archivo.validadores import huella, tamano
from vinculacion.nucleo.bloques import Imagen

from ..models import ImagenDeApartado

__all__ = ["bloque", "huella", "limpia", "tipo"]

PESO_MAXIMO = 15 * 1024 * 1024
PIXELES_MAXIMOS = 60_000_000  # una imagen que crece sin medida al abrirse tumba al servidor
LADO_AL_ABRIR = 30_000  # una tira de un punto de ancho cabe en lo anterior y tarda lo que no debe
LADO_MAXIMO = 2400  # de sobra para una hoja a 300 puntos por pulgada
ACEPTADOS = ("PNG", "JPEG", "WEBP")
# Pillow no tiene un error propio para lo dañado: según dónde se rompa, dice uno u otro.
ROTA = (OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError, struct.error)
TIPOS = {"png": "image/png", "jpg": "image/jpeg"}


def limpia(archivo) -> ContentFile:
    """La misma imagen derecha, sin los datos de la cámara (lugar, fecha, aparato) y de un tamaño imprimible.

    ``ValidationError`` si por su contenido no es una imagen que se pueda imprimir.
    """
    peso = archivo.tamano_recibido if isinstance(archivo, ArchivoExcedido) else archivo.size
    if peso > PESO_MAXIMO:
        raise ValidationError(f"La imagen pesa {tamano(peso)}; el máximo es {tamano(PESO_MAXIMO)}.")
    if not peso:
        raise ValidationError("El archivo está vacío (0 bytes).")
    try:
        archivo.seek(0)
        Image.open(archivo, formats=ACEPTADOS).verify()  # la imprenta deja a Pillow abrir archivos cortados
        archivo.seek(0)
        imagen: Image.Image = Image.open(archivo, formats=ACEPTADOS)
        if imagen.width * imagen.height > PIXELES_MAXIMOS or max(imagen.size) > LADO_AL_ABRIR:
            raise ValidationError(
                f"La imagen mide {imagen.width} × {imagen.height} puntos: redúzcala antes de agregarla."
            )
        foto = imagen.format == "JPEG"
        imagen = ImageOps.exif_transpose(imagen)
        imagen.thumbnail((LADO_MAXIMO, LADO_MAXIMO))
        transparente = imagen.mode in ("RGBA", "LA", "PA") or "transparency" in imagen.info
        imagen = imagen.convert("RGBA" if transparente else "RGB")
        salida = io.BytesIO()
        if foto:
            imagen.save(salida, "JPEG", quality=88, optimize=True)
        else:
            imagen.save(salida, "PNG", optimize=True)
    except ValidationError:
        raise
    except (*ROTA, Image.DecompressionBombError) as error:
        raise ValidationError("El archivo no es una imagen PNG, JPEG o WebP que se pueda abrir.") from error
    contenido = ContentFile(salida.getvalue())
    contenido.name = f"{huella(contenido)[:32]}.{'jpg' if foto else 'png'}"
    return contenido


def tipo(imagen: ImagenDeApartado) -> str:
    return TIPOS[imagen.archivo.name.rsplit(".", 1)[-1]]


def bloque(imagen: ImagenDeApartado) -> Imagen:
    """``ValidationError`` si el archivo ya no está: nunca un hueco en el informe."""
    try:
        with imagen.archivo.open("rb") as archivo:
            contenido = archivo.read()
    except (OSError, ValueError) as error:
        raise ValidationError(f"Falta el archivo de la imagen «{imagen}»: vuelva a subirlo.") from error
    return Imagen(
        alternativo=imagen.alternativo,
        datos=f"data:{tipo(imagen)};base64,{base64.b64encode(contenido).decode()}",
        titulo=imagen.titulo,
        nota=imagen.nota,
        ancho=imagen.ancho,
    )
