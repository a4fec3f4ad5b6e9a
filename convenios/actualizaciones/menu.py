from vinculacion.nucleo.menu import entrada

from .. import permisos

entrada(
    "Actualizaciones", "convenios:actualizacion_lista", permiso=permisos.VER_ACTUALIZACIONES, grupo="Registro",
    orden=31, icono="clipboard-check",
)  # fmt: skip
