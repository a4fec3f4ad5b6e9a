"""Vuelve a sumar el avance: ``manage.py sumar``; sale con 1 si algo no coincidía."""

from django.core.management.base import BaseCommand, CommandError

from programas.sumas import poner, volver_a_sumar
from vinculacion.nucleo.palabras import cuenta


class Command(BaseCommand):
    help = "Compara las sumas por día con los registros de la bitácora y corrige las que no coincidan."

    def handle(self, **opciones):
        distintas = volver_a_sumar()
        poner()
        if distintas:
            raise CommandError(f"{cuenta(distintas, 'suma no coincidía', 'sumas no coincidían')}: ya se corrigió.")
        self.stdout.write("Las sumas coinciden con los registros.")
