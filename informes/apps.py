from django.apps import AppConfig


class InformesConfig(AppConfig):
    name = "informes"
    label = "informes"
    verbose_name = "Informes"

    def ready(self) -> None:
        from vinculacion.nucleo.salida.documento import prestar_membrete

        from . import catalogo
        from .identidades.consultas import membrete_predeterminado

        catalogo.revisar()
        prestar_membrete(membrete_predeterminado)
