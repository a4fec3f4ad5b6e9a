from vinculacion.nucleo.menu import entrada

from . import permisos

entrada("Opiniones", "convenios:opinion_lista", permiso=permisos.VER, grupo="Registro", orden=32, icono="patch-check")
entrada(
    "Plantillas de opinión", "convenios:plantilladeopinion_lista", permiso=permisos.CAMBIAR_PLANTILLA,
    grupo="Administración", orden=41, icono="file-earmark-ruled",
)  # fmt: skip
