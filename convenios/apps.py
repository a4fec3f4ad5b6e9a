from django.apps import AppConfig


class ConveniosConfig(AppConfig):
    name = "convenios"
    label = "convenios"
    verbose_name = "Convenios"
