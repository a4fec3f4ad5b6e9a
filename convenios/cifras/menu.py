from convenios import permisos
from vinculacion.nucleo.menu import entrada

entrada(
    "Cifras de convenios", "convenios:cifras", permiso=permisos.VER, grupo="Registro", orden=38, icono="bar-chart"
)  # fmt: skip
