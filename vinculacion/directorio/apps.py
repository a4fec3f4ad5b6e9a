from django.apps import AppConfig


class DirectorioConfig(AppConfig):
    name = "vinculacion.directorio"
    label = "directorio"
    verbose_name = "Directorio"
