"""Apunta la limpieza diaria en el proceso de segundo plano."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from vinculacion.archivo.limpieza import programar


class Command(BaseCommand):
    help = "Programa la limpieza diaria de sesiones, hojas sin confirmar y archivos sin registro; puede repetirse."

    def handle(self, **opciones):
        tarea = programar()
        self.stdout.write(f"Limpieza diaria; la siguiente: {timezone.localtime(tarea.next_run):%d/%m/%Y %H:%M}")
