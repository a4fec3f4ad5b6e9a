"""Preguntas sobre las actualizaciones, contestadas con razones."""

from vinculacion.comision.estados import EstadoDeSesion

from ..estados import FIRMADAS
from ..models import Convenio
from ..permisos import solo_su_area


def impedimentos_para_reportar(convenio: Convenio, sesion, usuario=None) -> list[str]:
    """Por qué ``usuario`` no puede anotar avance de ``convenio`` en ``sesion``."""
    razones = []
    if usuario is not None and solo_su_area(usuario) and usuario.area not in convenio.areas.all():
        razones.append("Ese convenio no es de su área.")
    if convenio.etapa not in FIRMADAS or convenio.fecha_firma is None:
        razones.append("El instrumento no está suscrito: no puede reportar avance.")
    elif sesion.fecha < convenio.fecha_firma:
        razones.append("La sesión es anterior a la firma del instrumento.")
    if sesion.estado == EstadoDeSesion.CANCELADA:
        razones.append("La sesión se canceló.")
    return razones
