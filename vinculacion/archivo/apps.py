from django.apps import AppConfig


class ArchivoConfig(AppConfig):
    name = "vinculacion.archivo"
    label = "archivo"
    verbose_name = "Archivo"
