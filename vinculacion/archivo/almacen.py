"""El almacén de evidencia que la sala presta a las páginas genéricas."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from .forms import EvidenciaForm
from .models import Evidencia
from .validadores import huella, tipo_de, validar_archivo


class AlmacenDeEvidencia:
    formulario = EvidenciaForm

    def de(self, objeto):
        return Evidencia.objects.filter(
            tipo_de_registro=ContentType.objects.get_for_model(objeto), registro_id=objeto.pk
        ).select_related("subido_por")

    @transaction.atomic
    def agregar(self, *, objeto, datos, por) -> Evidencia:
        """Guarda un archivo o un enlace; el mismo contenido no se agrega dos veces al mismo registro."""
        nueva = Evidencia(registro=objeto, titulo=datos.get("titulo", ""), enlace=datos.get("enlace", ""), subido_por=por)
        archivo = datos.get("archivo")
        if archivo:
            validar_archivo(archivo)
            nueva.sha256 = huella(archivo)
            nueva.tipo_mime = tipo_de(archivo)
            nueva.tamano = archivo.size
            nueva.nombre_original = archivo.name[-255:]
            nueva.archivo = archivo
            if self.de(objeto).filter(sha256=nueva.sha256).exists():
                raise ValidationError({"archivo": "Ese mismo archivo ya es evidencia de este registro."})
        elif self.de(objeto).filter(enlace=nueva.enlace).exists():
            raise ValidationError({"enlace": "Ese mismo enlace ya es evidencia de este registro."})
        nueva.full_clean(exclude=["archivo"])
        nueva.save()
        return nueva

    @transaction.atomic
    def quitar(self, *, evidencia: Evidencia, por) -> None:
        """Borra el renglón; el archivo se va del disco cuando la base ya lo confirmó y nadie más lo usa."""
        nombre, deposito = evidencia.archivo.name, evidencia.archivo.storage
        evidencia.delete()
        if nombre and not Evidencia.objects.filter(archivo=nombre).exists():
            transaction.on_commit(lambda: deposito.delete(nombre))
