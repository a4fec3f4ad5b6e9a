from vinculacion.nucleo.menu import entrada

entrada(
    "Compromisos", "convenios:compromiso_lista", permiso="convenios.view_compromiso", grupo="Registro",
    orden=32, icono="list-check",
)  # fmt: skip
