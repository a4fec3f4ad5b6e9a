from vinculacion.nucleo.caras import cara
from vinculacion.nucleo.menu import entrada

cara(
    "informes.informe",
    "aprobacion",
    "Aprobación",
    "informes:informe_aprobacion",
    permiso="informes.view_informe",
    orden=80,
)
entrada(
    "Congelados",
    "informes:congelados",
    permiso="informes.view_versiondeinforme",
    grupo="Informes",
    orden=95,
    icono="shield-check",
)
