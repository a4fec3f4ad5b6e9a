from vinculacion.nucleo.caras import boton, cara
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

cara("informes.informe", "informe", "Informe", "informes:informe_detalle", permiso="informes.view_informe", orden=0)
cara(
    "programas.programa",
    "documento",
    "Documento",
    "informes:programa_documento",
    permiso="programas.view_programa",
    orden=90,
)
boton(
    "programas.programa",
    "copiar",
    "Copiar a otro año",
    "informes:programa_copiar",
    permiso="programas.add_programa",
)
