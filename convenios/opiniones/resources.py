"""La hoja «opiniones»."""

from django.core.exceptions import ValidationError

from vinculacion.nucleo import hojas

from ..estados import EstadoDeOpinion
from ..models import Opinion
from ..resources import FolioDeConvenio
from . import acciones, consultas, permisos


class OpinionRecurso(hojas.Recurso):
    """Un borrador no tiene número: se reconoce por su instrumento. Lo emitido entra con su número histórico."""

    clave = "opiniones"
    se_nombra = ("folio",)
    encabezados = {"motivo": "Motivo de la cancelación"}

    convenio = hojas.Columna(widget=FolioDeConvenio("convenios.Convenio"))

    class Meta:
        model = Opinion
        import_id_fields = ("folio", "convenio")
        fields = (
            "folio",
            "convenio",
            "serie",
            "complementa",
            "areas",
            "solicitada",
            "estado",
            "sentido",
            "fecha",
            "plantilla",
            "texto",
            "motivo",
        )

    def consulta(self):
        return consultas.opiniones() if self.por is None else consultas.opiniones_visibles(self.por)

    def guardar(self, instancia, por):
        valores = instancia.valores_hoja
        estado, folio = instancia.estado, (instancia.folio or "").strip()
        sentido, fecha, motivo = instancia.sentido, instancia.fecha, instancia.motivo
        _revisa(estado, folio, por)
        instancia.estado = EstadoDeOpinion.BORRADOR
        acciones.guardar_opinion(opinion=instancia, areas=valores.get("areas"), por=por)
        if "areas" in valores:  # una celda vacía toma las del instrumento: que no se borren después
            valores["areas"] = list(instancia.areas.all())
        if estado == EstadoDeOpinion.BORRADOR:
            return
        acciones.emitir(opinion=instancia, sentido=sentido, fecha=fecha, folio=folio, por=por)
        if estado == EstadoDeOpinion.CANCELADA:
            acciones.cancelar(opinion=instancia, motivo=motivo, por=por)
        instancia.refresh_from_db()  # otra fila de la misma hoja puede complementarla


def _revisa(estado: str, folio: str, por) -> None:
    if estado == EstadoDeOpinion.BORRADOR and folio:
        raise ValidationError({"folio": "Un borrador no lleva número: lo toma al emitirse."})
    if estado != EstadoDeOpinion.BORRADOR and not folio:
        raise ValidationError({"folio": "Lo que ya se emitió lleva su número."})
    if estado != EstadoDeOpinion.BORRADOR and por is not None and not por.has_perm(permisos.EMITIR):
        raise ValidationError({"estado": "Su papel no incluye emitir opiniones: pida a Dirección que las importe."})
