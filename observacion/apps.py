from django.apps import AppConfig


class ObservacionConfig(AppConfig):
    name = "observacion"
    label = "observacion"
    verbose_name = "Observación"
