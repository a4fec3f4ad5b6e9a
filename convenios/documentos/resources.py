"""Los documentos en hojas de cálculo: sus datos y su enlace. Los archivos se suben en la página."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from vinculacion.nucleo import hojas

from ..models import DocumentoDeConvenio
from ..resources import FolioDeConvenio
from . import acciones, consultas


class DocumentoRecurso(hojas.Recurso):
    clave = "documentos_de_convenio"
    titulo = "Documentos de convenios"

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))
    enlace = hojas.Columna(
        column_name="Enlace",
        widget=hojas.Texto(),
        virtual=True,
        ayuda="Obligatorio en lo nuevo. De lo que ya tiene su archivo en el sistema sale en blanco.",
        ejemplo="https://www.iecm.mx/convenio.pdf",
    )

    class Meta:
        model = DocumentoDeConvenio
        import_id_fields = ("convenio", "clase", "titulo", "numero")
        fields = ("convenio", "clase", "titulo", "numero", "fecha", "nota", "enlace")

    def consulta(self):
        todos = consultas.documentos() if self.por is None else consultas.documentos_visibles(self.por)
        return todos.order_by("convenio__folio", "clase", "titulo", "numero")

    def dehydrate_enlace(self, documento):
        return next((e.enlace for e in documento.evidencias.all() if e.enlace), "") if documento.pk else ""

    def guardar(self, instancia, por):
        enlace = instancia.valores_hoja.get("enlace") or ""
        if not instancia.pk:
            if not enlace:
                raise ValidationError({"enlace": "Falta el enlace; si es un archivo, súbalo en la página."})
            URLValidator(schemes=["http", "https"], message="No es una dirección completa.")(enlace)
            acciones.agregar_version(documento=instancia, enlace=enlace, por=por)
            return
        if "enlace" in instancia.despues_hoja and enlace != instancia.antes_hoja.get("enlace"):
            raise ValidationError({"enlace": "El enlace de una versión no cambia: agregue la versión que sigue."})
        acciones.corregir_documento(documento=instancia, por=por)
