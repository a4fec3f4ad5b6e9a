from vinculacion.nucleo.menu import entrada

GRUPO = "Comisión"
entrada(
    "Calendario", "comision:calendario", permiso="comision.view_sesion", grupo=GRUPO, orden=5, icono="calendar-month"
)
entrada("Sesiones", "comision:sesion_lista", permiso="comision.view_sesion", grupo=GRUPO, orden=10, icono="calendar3")
entrada("Minutas", "comision:minuta_lista", permiso="comision.view_minuta", grupo=GRUPO, orden=15, icono="journal-text")
entrada(
    "Acuerdos", "comision:acuerdo_lista", permiso="comision.view_acuerdo", grupo=GRUPO, orden=20, icono="check2-square"
)
entrada(
    "Asistencia", "comision:asistencia", permiso="comision.view_asistencia", grupo=GRUPO, orden=30, icono="grid-3x3"
)
entrada("Cifras", "comision:cifras", permiso="comision.view_sesion", grupo=GRUPO, orden=35, icono="bar-chart")
entrada(
    "Comisiones", "comision:comision_lista", permiso="comision.view_comision", grupo=GRUPO, orden=40, icono="people"
)
entrada(
    "Integración",
    "comision:integracion_lista",
    permiso="comision.view_integracion",
    grupo=GRUPO,
    orden=50,
    icono="person-badge",
)
entrada("Temas", "comision:tema_lista", permiso="comision.view_tema", grupo=GRUPO, orden=60, icono="tags")
entrada("Mi calendario", "comision:mi_calendario", permiso="comision.view_sesion", grupo=GRUPO, orden=70, icono="phone")
