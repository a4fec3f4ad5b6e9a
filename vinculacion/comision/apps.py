from django.apps import AppConfig


class ComisionConfig(AppConfig):
    name = "vinculacion.comision"
    label = "comision"
    verbose_name = "Comisión"
