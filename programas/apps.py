from django.apps import AppConfig


class ProgramasConfig(AppConfig):
    name = "programas"
    label = "programas"
    verbose_name = "Programas"
