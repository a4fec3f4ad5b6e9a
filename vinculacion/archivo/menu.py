from vinculacion.nucleo.menu import entrada

entrada(
    "Series de folios",
    "archivo:serie_lista",
    permiso="archivo.change_serie",
    grupo="Administración",
    orden=60,
    icono="123",
)
