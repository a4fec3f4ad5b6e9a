"""Escribe un informe: ``manage.py informe trimestral-2020-4 --salida informe.pdf``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from informes import consultas
from informes.armado import InformeConProblemas
from informes.exportacion import FORMATOS, exportar
from informes.models import Informe


class Command(BaseCommand):
    help = "Escribe un informe en PDF, DOCX, XLSX o JSON, según termine el nombre de la salida."

    def add_arguments(self, parser):
        parser.add_argument("clave", help="clave del informe, como trimestral-2020-4")
        parser.add_argument(
            "--salida", required=True, type=Path, help="archivo que se escribe (.pdf, .docx, .xlsx o .json)"
        )

    def handle(self, clave, salida, **opciones):
        formato = salida.suffix.lstrip(".").lower()
        if formato not in FORMATOS:
            raise CommandError(
                f"La salida debe terminar en {', '.join('.' + f for f in FORMATOS)}; se pidió «{salida.name}»."
            )
        if not salida.parent.is_dir():
            raise CommandError(f"No existe la carpeta {salida.parent}.")
        try:
            informe = consultas.informes().get(clave=clave)
        except Informe.DoesNotExist as error:
            claves = ", ".join(Informe.objects.values_list("clave", flat=True)) or "ninguno"
            raise CommandError(f"No existe el informe «{clave}». Hay: {claves}.") from error
        try:
            contenido = exportar(informe, formato)
        except InformeConProblemas as error:
            raise CommandError(f"El informe no se puede armar todavía:\n{error}") from error
        salida.write_bytes(contenido)
        self.stdout.write(f"{salida} ({len(contenido):,} bytes)")
