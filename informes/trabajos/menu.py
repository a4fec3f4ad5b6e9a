from vinculacion.nucleo.menu import entrada

entrada(
    "Mis descargas",
    "informes:trabajo_lista",
    permiso="informes.view_trabajo",
    grupo="Informes",
    orden=90,
    icono="download",
)
