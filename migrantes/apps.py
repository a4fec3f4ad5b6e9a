from django.apps import AppConfig


class MigrantesConfig(AppConfig):
    name = "migrantes"
    label = "migrantes"
    verbose_name = "Migrantes"
