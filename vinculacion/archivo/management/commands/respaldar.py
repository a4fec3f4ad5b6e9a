"""Respaldo de los datos y los archivos en un solo .tar.gz."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vinculacion.archivo.respaldo import respaldar


class Command(BaseCommand):
    help = "Guarda todos los datos y archivos en un .tar.gz con sus huellas."

    def add_arguments(self, parser):
        parser.add_argument(
            "--salida", type=Path, help="archivo que se escribe; si no se dice, vinculacion-AAAAMMDD-HHMM.tar.gz aquí"
        )

    def handle(self, salida, **opciones):
        destino = salida or Path(f"vinculacion-{timezone.localtime():%Y%m%d-%H%M}.tar.gz")
        if not destino.parent.is_dir():
            raise CommandError(f"No existe la carpeta {destino.parent}.")
        try:
            manifiesto = respaldar(destino)
        except OSError as error:
            raise CommandError(f"No se pudo escribir {destino}: {error}") from error
        self.stdout.write(f"{destino}: {len(manifiesto['archivos'])} archivos, {destino.stat().st_size:,} bytes")
