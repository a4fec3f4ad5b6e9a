from vinculacion.nucleo.menu import entrada

from . import permisos

entrada(
    "Red de Observación", "observacion:integrantered_lista", permiso=permisos.VER_INTEGRANTES, grupo="Registro",
    orden=40, icono="eye",
)  # fmt: skip
entrada(
    "Asistencia de la Red", "observacion:reuniones", permiso=permisos.VER_ASISTENCIA, grupo="Registro",
    orden=41, icono="person-check",
)  # fmt: skip
