"""Comisión, integración, sesiones, puntos, votos, asistencia, minutas, acuerdos y convocatorias."""

from .acuerdos import Acuerdo, SeguimientoDeAcuerdo
from .avisos import Convocatoria, Entrega, SuscripcionDeCalendario, secreto
from .comisiones import Comision, Integracion
from .sesiones import CLAVE_DE_TIPO, Asistencia, CambioDeSesion, Minuta, Punto, Sesion, Tema, Voto

__all__ = [
    "CLAVE_DE_TIPO",
    "Acuerdo",
    "Asistencia",
    "CambioDeSesion",
    "Comision",
    "Convocatoria",
    "Entrega",
    "Integracion",
    "Minuta",
    "Punto",
    "SeguimientoDeAcuerdo",
    "Sesion",
    "SuscripcionDeCalendario",
    "Tema",
    "Voto",
    "secreto",
]
