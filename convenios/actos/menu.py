from vinculacion.nucleo.menu import entrada

entrada(
    "Actos protocolarios", "convenios:acto_lista", permiso="convenios.view_actoprotocolario", grupo="Registro",
    orden=33, icono="calendar-event",
)  # fmt: skip
