"""Lo que se escribe en el archivo: evidencia de cualquier registro y series."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet

from vinculacion.nucleo.modelos import guarda

from .models import Evidencia, Serie
from .validadores import huella, tipo_de, validar_archivo


def evidencias_de(registro: Model) -> QuerySet[Evidencia]:
    return Evidencia.objects.filter(
        tipo_de_registro=ContentType.objects.get_for_model(registro), registro_id=registro.pk
    ).select_related("subido_por")


@transaction.atomic
def agregar_evidencia(*, registro: Model, por, archivo=None, enlace: str = "", titulo: str = "") -> Evidencia:
    """Guarda un archivo o un enlace; el mismo contenido no se agrega dos veces al mismo registro."""
    nueva = Evidencia(registro=registro, titulo=titulo, enlace=enlace, subido_por=por)
    if archivo:
        validar_archivo(archivo)
        nueva.sha256 = huella(archivo)
        nueva.tipo_mime = tipo_de(archivo)
        nueva.tamano = archivo.size
        nueva.nombre_original = archivo.name[-255:]
        nueva.archivo = archivo
        if evidencias_de(registro).filter(sha256=nueva.sha256).exists():
            raise ValidationError({"archivo": "Ese mismo archivo ya es evidencia de este registro."})
    elif evidencias_de(registro).filter(enlace=enlace).exists():
        raise ValidationError({"enlace": "Ese mismo enlace ya es evidencia de este registro."})
    # Lo que llega sin persona (una orden, una carga) no tiene a quién anotar.
    nueva.full_clean(exclude=["archivo"] if por is not None else ["archivo", "subido_por"])
    nueva.save()
    return nueva


@transaction.atomic
def quitar_evidencia(*, evidencia: Evidencia, por) -> None:
    """Borra el renglón; el archivo se va del disco cuando la base ya lo confirmó y nadie más lo usa."""
    nombre, deposito = evidencia.archivo.name, evidencia.archivo.storage
    evidencia.delete()
    if nombre and not Evidencia.objects.filter(archivo=nombre).exists():
        transaction.on_commit(lambda: deposito.delete(nombre))


@transaction.atomic
def guardar_serie(*, serie: Serie, por) -> Serie:
    """El patrón no cambia una vez que la serie dio folios: los ya dados dejarían de leerse."""
    if serie.pk:
        previa = Serie.objects.get(pk=serie.pk)
        if previa.patron != serie.patron and serie.contadores.filter(ultimo__gt=0).exists():
            raise ValidationError({"patron": "La serie ya dio folios con el patrón anterior; cree otra serie."})
    return guarda(serie, por)
