"""Escribe la plantilla vacía de un recurso."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vinculacion.nucleo import hojas


class Command(BaseCommand):
    help = "Escribe la hoja vacía de un recurso, lista para llenarse e importarse."

    def add_arguments(self, parser):
        parser.add_argument("recurso", metavar="RECURSO", help="Clave del recurso (vea «catalogo»).")
        parser.add_argument(
            "--salida",
            default="",
            metavar="ARCHIVO",
            help="Archivo .xlsx o .csv; «-» escribe CSV en la salida. Si no se da, RECURSO.xlsx.",
        )

    def handle(self, *, recurso, salida, **opciones):
        try:
            clase = hojas.recurso_por_clave(recurso)
        except hojas.RecursoDesconocido as error:
            raise CommandError(str(error)) from error
        if salida == "-":
            self.stdout.write(hojas.plantilla(clase, "csv").decode("utf-8-sig"), ending="")
            return
        ruta = Path(salida or f"{recurso}.xlsx")
        formato = ruta.suffix.lower().removeprefix(".")
        if formato not in ("xlsx", "csv"):
            raise CommandError(f"«{ruta}» debe terminar en .xlsx o .csv.")
        try:
            ruta.write_bytes(hojas.plantilla(clase, formato))
        except OSError as error:
            raise CommandError(f"No se pudo escribir «{ruta}»: {error.strerror}.") from error
        self.stdout.write(str(ruta))
