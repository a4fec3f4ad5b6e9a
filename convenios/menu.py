from vinculacion.nucleo.menu import entrada

from . import permisos

entrada(
    "Convenios", "convenios:convenio_lista", permiso=permisos.VER, grupo="Registro", orden=30, icono="file-earmark-text"
)
entrada(
    "Tipos de instrumento", "convenios:tipoinstrumento_lista", permiso="convenios.change_tipoinstrumento",
    grupo="Administración", orden=40, icono="tags",
)  # fmt: skip
