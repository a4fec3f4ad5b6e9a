from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NucleoConfig(AppConfig):
    name = "vinculacion.nucleo"
    label = "nucleo"
    verbose_name = "Núcleo"

    def ready(self) -> None:
        from . import texto  # noqa: F401 — enseña a SQLite a comparar sin acentos

        # Lo que no tiene orden se descubre por nombre de archivo en cada sala.
        autodiscover_modules("menu", "fuentes", "busqueda", "avisos", "propuestas", "secciones")
        # Las hojas van al final: sus opciones salen de lo que registran los demás archivos.
        autodiscover_modules("resources")
