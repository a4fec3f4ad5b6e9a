from vinculacion.nucleo.caras import cara

INFORME = "informes.informe"

cara(
    INFORME,
    "observaciones",
    "Observaciones",
    "informes:informe_observaciones",
    permiso="informes.view_observacion",
    orden=40,
)
cara(
    INFORME,
    "versiones",
    "Versiones y diferencias",
    "informes:informe_versiones",
    permiso="informes.view_versiondeinforme",
    orden=50,
)
