from vinculacion.nucleo.menu import entrada

entrada(
    "Informes",
    "informes:informe_lista",
    permiso="informes.view_informe",
    grupo="Informes",
    orden=10,
    icono="file-earmark-richtext",
)
entrada(
    "Plantillas",
    "informes:plantilla_lista",
    permiso="informes.change_plantilla",
    grupo="Informes",
    orden=20,
    icono="layout-text-window",
)
