from vinculacion.nucleo.menu import entrada

entrada(
    "Identidad gráfica",
    "informes:identidad_lista",
    permiso="informes.view_identidad",
    grupo="Administración",
    orden=40,
    icono="palette",
)
