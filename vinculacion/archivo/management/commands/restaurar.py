"""Restaura un respaldo hecho con ``respaldar``."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from vinculacion.archivo.respaldo import RespaldoInvalido, restaurar


class Command(BaseCommand):
    help = "Sustituye todos los datos y archivos por los de un respaldo."

    def add_arguments(self, parser):
        parser.add_argument("archivo", type=Path, help="el .tar.gz que escribió respaldar")
        parser.add_argument("--reemplazar", action="store_true", help="permite restaurar aunque ya haya datos")

    def handle(self, archivo, reemplazar, **opciones):
        if not archivo.is_file():
            raise CommandError(f"No existe el archivo {archivo}.")
        if get_user_model()._base_manager.exists() and not reemplazar:
            raise CommandError("Ya hay datos: para sustituirlos todos repita la orden con --reemplazar.")
        try:
            manifiesto = restaurar(archivo)
        except RespaldoInvalido as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restaurado: respaldo del {manifiesto['creado']}, {len(manifiesto['archivos'])} archivos.")
