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
    permiso="informes.change_identidad",
    grupo="Administración",
    orden=80,
    icono="shield-check",
)
