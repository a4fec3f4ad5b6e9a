from vinculacion.nucleo.menu import entrada

entrada(
    "Organismos",
    "directorio:organismo_lista",
    permiso="directorio.view_organismo",
    grupo="Directorio",
    orden=10,
    icono="buildings",
)
entrada(
    "Áreas", "directorio:area_lista", permiso="directorio.view_area", grupo="Directorio", orden=20, icono="diagram-3"
)
entrada(
    "Procesos electorales",
    "directorio:procesoelectoral_lista",
    permiso="directorio.view_procesoelectoral",
    grupo="Directorio",
    orden=30,
    icono="calendar-check",
)
