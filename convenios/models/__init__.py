from .actos import ActoProtocolario, InvitadoDeActo, Renovacion
from .compromisos import Actualizacion, AvanceDeCompromiso, AvisoDeVencimiento, Compromiso
from .instrumentos import CambioDeEtapa, Convenio, DocumentoDeConvenio, PasoPendiente, TipoInstrumento
from .opiniones import Opinion, PlantillaDeOpinion

__all__ = [
    "ActoProtocolario",
    "Actualizacion",
    "AvanceDeCompromiso",
    "AvisoDeVencimiento",
    "CambioDeEtapa",
    "Compromiso",
    "Convenio",
    "DocumentoDeConvenio",
    "InvitadoDeActo",
    "Opinion",
    "PasoPendiente",
    "PlantillaDeOpinion",
    "Renovacion",
    "TipoInstrumento",
]
