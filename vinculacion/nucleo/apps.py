import pkgutil
from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import autodiscover_modules, module_has_submodule


def descubrir(*nombres: str) -> None:
    """Importa ``<sala>.<nombre>`` y ``<sala>.<paquete>.<nombre>`` donde existan."""
    autodiscover_modules(*nombres)
    for sala in apps.get_app_configs():
        if sala.name not in settings.SALAS or sala.module is None:
            continue
        for paquete in pkgutil.iter_modules(sala.module.__path__, f"{sala.name}."):
            if not paquete.ispkg:
                continue
            modulo = import_module(paquete.name)
            for nombre in nombres:
                if module_has_submodule(modulo, nombre):
                    import_module(f"{paquete.name}.{nombre}")


class NucleoConfig(AppConfig):
    name = "vinculacion.nucleo"
    label = "nucleo"
    verbose_name = "Núcleo"

    def ready(self) -> None:
        from . import texto  # noqa: F401 — enseña a SQLite a comparar sin acentos

        # Lo que no tiene orden se descubre por nombre de archivo en cada sala y en sus paquetes.
        descubrir(
            "menu", "fuentes", "busqueda", "avisos", "propuestas", "eventos", "balance", "pendientes", "secciones"
        )
        # Las hojas van al final: sus opciones salen de lo que registran los demás archivos.
        descubrir("resources")
