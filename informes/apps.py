from django.apps import AppConfig


class InformesConfig(AppConfig):
    name = "informes"
    label = "informes"
    verbose_name = "Informes"

    def ready(self) -> None:
        from . import catalogo

        catalogo.revisar()
