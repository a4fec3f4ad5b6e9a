"""Lo que se escribe del árbol: agregar en su lugar, llevar, copiar, ordenar secciones e imágenes."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from vinculacion.nucleo.modelos import borra, firma, guarda

from .. import acciones as informes
from .. import arbol
from ..acciones import exigir_editable, guardar_apartado
from ..models import Apartado, ImagenDeApartado, Informe, Plantilla
from . import imagenes


@transaction.atomic
def agregar_apartado(*, apartado: Apartado, donde: str, junto_a: Apartado | None, por) -> Apartado:
    """Uno nuevo ``antes``, ``despues`` o ``dentro`` de otro; sin otro, al final del primer nivel."""
    documento = apartado.documento
    apartado.padre = arbol.exigir_lugar(documento, donde, junto_a)
    guardar_apartado(apartado=apartado, por=por)
    if donde != arbol.DENTRO and junto_a is not None:
        arbol.colocar(apartado, donde, junto_a, por)
    return apartado


@transaction.atomic
def llevar_apartado(*, apartado: Apartado, donde: str, junto_a: Apartado | None, por) -> None:
    exigir_editable(apartado.documento)
    arbol.colocar(apartado, donde, junto_a, por)


@transaction.atomic
def copiar_apartado(
    *, origen: Apartado, documento: Informe | Plantilla, donde: str, junto_a: Apartado | None, por
) -> Apartado:
    """``origen`` con todo lo que lleva y cuelga de él, en ``documento``; es otro y no sigue al primero."""
    exigir_editable(documento)
    arbol.exigir_lugar(documento, donde, junto_a, arbol.altura(origen))
    cuantos = documento.apartados.filter(padre=None).count()
    copia = arbol.copiar_rama(arbol.nodo_de(origen), documento, None, cuantos, por)
    arbol.colocar(copia, donde, junto_a, por)
    return copia


@transaction.atomic
def quitar_apartado(*, apartado: Apartado, por) -> None:
    """Con todo lo que cuelga de él; los archivos de sus imágenes, si nadie más los usa."""
    imagenes_ = [i for nodo in arbol.nodo_de(apartado).recorrer() for i in nodo.apartado.imagenes.all()]
    informes.quitar_apartado(apartado=apartado, por=por)
    for imagen in imagenes_:
        tirar_archivo(imagen.archivo.name, imagen)


@transaction.atomic
def guardar_imagen(*, imagen: ImagenDeApartado, por, contenido: ContentFile | None = None) -> ImagenDeApartado:
    """``contenido``: la imagen ya limpia (``imagenes.limpia``); sin él conserva la que tiene."""
    exigir_editable(imagen.apartado.documento)
    anterior = imagen.archivo.name
    imagen.full_clean(exclude=["archivo", "sha256"])
    if contenido is not None:
        imagen.archivo.save(str(contenido.name), contenido, save=False)
        imagen.sha256 = imagenes.huella(contenido)
    if imagen.pk is None:
        imagen.orden = arbol.siguiente_lugar(imagen.apartado)
    guarda(imagen, por)
    if contenido is not None and anterior:
        tirar_archivo(anterior, imagen)
    return imagen


@transaction.atomic
def quitar_imagen(*, imagen: ImagenDeApartado, por) -> None:
    exigir_editable(imagen.apartado.documento)
    nombre = imagen.archivo.name
    borra(imagen, por)
    tirar_archivo(nombre, imagen)


def tirar_archivo(nombre: str | None, imagen: ImagenDeApartado) -> None:
    """El archivo se va cuando la base ya lo confirmó y ninguna copia del apartado lo usa."""
    deposito = imagen.archivo.storage
    if nombre and not ImagenDeApartado.objects.filter(archivo=nombre).exists():
        transaction.on_commit(lambda: deposito.delete(nombre))


@transaction.atomic
def mover_pieza(*, pieza: arbol.Pieza, hacia: str, por) -> None:
    """``sube`` o ``baja`` una sección o una imagen dentro de su apartado."""
    exigir_editable(pieza.apartado.documento)
    fila = arbol.piezas(pieza.apartado)
    lugar = fila.index(pieza) if pieza in fila else -1  # la pudo quitar otra persona
    otro = lugar + {"sube": -1, "baja": 1}.get(hacia, 0)
    if lugar < 0 or otro == lugar or not 0 <= otro < len(fila):
        raise ValidationError(
            f"{'La imagen' if isinstance(pieza, ImagenDeApartado) else 'La sección'} no se puede mover hacia ahí."
        )
    fila[lugar], fila[otro] = fila[otro], fila[lugar]
    for orden, elemento in enumerate(fila):
        if elemento.orden != orden:
            elemento.orden = orden
            firma(elemento, por, "Se movió de lugar")
            elemento.save()
