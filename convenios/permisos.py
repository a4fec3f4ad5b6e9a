"""Quién ve todos los convenios y quién sólo los de su área."""

from vinculacion.cuentas.roles import AREA

VER = "convenios.view_convenio"
CAMBIAR = "convenios.change_convenio"
VER_ACTUALIZACIONES = "convenios.view_actualizacion"
REPORTAR = "convenios.add_actualizacion"
QUITAR_ACTUALIZACION = "convenios.delete_actualizacion"


def solo_su_area(usuario) -> bool:
    """El enlace de un área, sin otro papel que lo amplíe, ve únicamente lo de su área."""
    return not usuario.is_superuser and usuario.papeles == [AREA]
