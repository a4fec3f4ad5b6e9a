from vinculacion.nucleo.menu import entrada

entrada(
    "Personas",
    "cuentas:usuario_lista",
    permiso="cuentas.view_usuario",
    grupo="Administración",
    orden=10,
    icono="people",
)
