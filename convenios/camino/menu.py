from vinculacion.nucleo.menu import entrada

from ..permisos import VER

entrada(
    "Tablero de convenios", "convenios:convenio_tablero", permiso=VER, grupo="Registro", orden=30, icono="kanban"
)  # fmt: skip
