"""Escribe un informe o un programa: ``manage.py informe trimestral-2020-4 --salida informe.pdf``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from informes import consultas, exportacion
from informes.armado import InformeConProblemas
from informes.congelado.consultas import ArchivoPerdido
from informes.exportacion import FORMATOS
from informes.models import Informe
from informes.planeacion.documento import documento
from programas.consultas import programas
from programas.models import Programa


class Command(BaseCommand):
    help = "Escribe un informe o un programa en PDF, DOCX, XLSX o JSON, según termine el nombre de la salida."

    def add_arguments(self, parser):
        parser.add_argument("clave", help="clave del informe o del programa: trimestral-2020-4, pe-2021")
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
        contenido = self.contenido(clave, formato)
        salida.write_bytes(contenido)
        self.stdout.write(f"{salida} ({len(contenido):,} bytes)")

    @staticmethod
    def contenido(clave: str, formato: str) -> bytes:
        if informe := consultas.informes().filter(clave=clave).first():
            try:
                return exportacion.exportar(informe, formato)
            except InformeConProblemas as error:
                raise CommandError(f"El informe no se puede armar todavía:\n{error}") from error
            except ArchivoPerdido as error:
                raise CommandError(str(error)) from error
        if programa := programas().filter(clave=clave).first():
            return exportacion.escribir(documento(programa), formato)
        claves = [*Informe.objects.values_list("clave", flat=True), *Programa.objects.values_list("clave", flat=True)]
        raise CommandError(f"No existe el informe ni el programa «{clave}». Hay: {', '.join(claves) or 'ninguno'}.")
