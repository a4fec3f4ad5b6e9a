from vinculacion.nucleo.menu import entrada

from . import permisos

entrada(
    "Envíos a migrantes", "migrantes:envio_lista", permiso=permisos.VER, grupo="Registro", orden=50, icono="envelope"
)
