"""Quién ve todos los convenios y quién sólo los de su área."""

VER = "convenios.view_convenio"
VER_TODOS = "convenios.ver_todos"
CAMBIAR = "convenios.change_convenio"
VER_ACTUALIZACIONES = "convenios.view_actualizacion"
REPORTAR = "convenios.add_actualizacion"
QUITAR_ACTUALIZACION = "convenios.delete_actualizacion"


def solo_su_area(usuario) -> bool:
    """Quien no tiene el permiso de ver todos (el papel Área) ve únicamente los de su área."""
    return not usuario.has_perm(VER_TODOS)
