from django.apps import AppConfig


class ArchivoConfig(AppConfig):
    name = "vinculacion.archivo"
    label = "archivo"
    verbose_name = "Archivo"

    def ready(self) -> None:
        from vinculacion.nucleo.evidencia import prestar

        from .almacen import AlmacenDeEvidencia

        prestar(AlmacenDeEvidencia())
