"""Todo lo que se escribe en la comisión: con nombre, en una transacción y diciendo quién (``por``)."""

from ..seguimiento.acciones import dar_seguimiento
from .acuerdos import (
    editar_acuerdo,
    eliminar_acuerdo,
    hueco_que_deja,
    registrar_acuerdo,
    tomar_acuerdo,
)
from .asistencia import AsistenciaCambiada, anotar_asistencia, registrar_asistencia
from .sesiones import (
    agregar_punto,
    cambiar_estado_sesion,
    crear_comision,
    crear_integracion,
    crear_sesion,
    crear_tema,
    editar_punto,
    eliminar_punto,
    eliminar_sesion,
    guardar_comision,
    guardar_integracion,
    guardar_sesion,
    insertar_punto,
    mover_punto,
    siguiente_numero,
)

__all__ = [
    "AsistenciaCambiada",
    "agregar_punto",
    "anotar_asistencia",
    "cambiar_estado_sesion",
    "crear_comision",
    "crear_integracion",
    "crear_sesion",
    "crear_tema",
    "dar_seguimiento",
    "editar_acuerdo",
    "editar_punto",
    "eliminar_acuerdo",
    "eliminar_punto",
    "eliminar_sesion",
    "guardar_comision",
    "guardar_integracion",
    "guardar_sesion",
    "hueco_que_deja",
    "insertar_punto",
    "mover_punto",
    "registrar_acuerdo",
    "registrar_asistencia",
    "siguiente_numero",
    "tomar_acuerdo",
]
