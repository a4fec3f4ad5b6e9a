from vinculacion.nucleo.menu import entrada

from ..permisos import VER

entrada(
    "Vencimientos", "convenios:vencimientos", permiso=VER, grupo="Registro", orden=31, icono="hourglass-split",
)  # fmt: skip
