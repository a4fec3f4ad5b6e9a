from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgramasConfig(AppConfig):
    name = "programas"
    label = "programas"
    verbose_name = "Programas"

    def ready(self) -> None:
        from .sumas import poner

        post_migrate.connect(poner, sender=self)
