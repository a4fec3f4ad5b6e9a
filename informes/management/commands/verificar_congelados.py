"""Comprueba lo congelado: ``manage.py verificar_congelados``; sale con 1 si algo no coincide."""

from django.core.management.base import BaseCommand, CommandError

from informes.congelado.limpieza import quitar_huerfanos
from informes.congelado.verificacion import comprobar
from vinculacion.nucleo.palabras import cuenta


class Command(BaseCommand):
    help = "Vuelve a calcular las huellas de los informes congelados y dice cuáles no coinciden."

    def handle(self, **opciones):
        hechas, fallas = 0, 0
        for comprobacion in comprobar():
            hechas += 1
            if comprobacion.falla:
                fallas += 1
                self.stderr.write(f"{comprobacion.version}, {comprobacion.que}: {comprobacion.falla}")
        if sueltos := quitar_huerfanos():
            self.stdout.write(f"Se quitaron {sueltos} archivos de congelados que no llegaron a guardarse.")
        if fallas:
            raise CommandError(f"{cuenta(fallas, 'huella no coincide', 'huellas no coinciden')} de {hechas}.")
        self.stdout.write(f"{cuenta(hechas, 'huella comprobada', 'huellas comprobadas')}: todo coincide.")
