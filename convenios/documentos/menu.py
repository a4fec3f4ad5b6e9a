from vinculacion.nucleo.menu import entrada

entrada(
    "Documentos de convenios", "convenios:documento_lista", permiso="convenios.view_documentodeconvenio",
    grupo="Registro", orden=34, icono="files",
)  # fmt: skip
