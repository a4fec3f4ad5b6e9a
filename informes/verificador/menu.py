from vinculacion.nucleo.menu import entrada

entrada(
    "Verificar un texto",
    "informes:verificar_texto",
    permiso="informes.view_informe",
    grupo="Informes",
    orden=30,
    icono="spellcheck",
)
