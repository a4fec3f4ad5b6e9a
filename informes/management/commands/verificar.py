"""Revisa un informe: ``manage.py verificar trimestral-2020-4 [--json] [--estricto]``.

Con ``--texto`` revisa uno escrito en otra parte, sin preguntar a los registros.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from informes import consultas
from informes.models import Informe
from informes.verificador import archivos
from informes.verificador.hallazgos import Gravedad
from informes.verificador.revision import nombre_de, verificar, verificar_texto
from vinculacion.nucleo.palabras import cuenta


class Command(BaseCommand):
    help = "Lista lo que un informe trae mal o conviene revisar antes de llevarlo a una sesión."

    def add_arguments(self, parser):
        parser.add_argument("clave", nargs="?", help="clave del informe, como trimestral-2020-4")
        parser.add_argument(
            "--texto", type=Path, metavar="ARCHIVO", help="en su lugar, un PDF, un DOCX o un texto simple"
        )
        parser.add_argument("--json", action="store_true", help="una lista JSON en vez de texto")
        parser.add_argument("--estricto", action="store_true", help="termina con 1 si hay errores")

    def handle(self, clave, texto, **opciones):
        if bool(clave) == bool(texto):
            raise CommandError("Diga la clave de un informe o, con --texto, un archivo; uno de los dos.")
        hallazgos, aceptados = self.de_texto(texto) if texto else self.de_informe(clave)
        vivos = [h for h in hallazgos if h.huella not in aceptados]
        if opciones["json"]:
            self.stdout.write(json.dumps([self.dato(h, aceptados) for h in hallazgos], ensure_ascii=False, indent=2))
        else:
            self.escribe(vivos, len(hallazgos) - len(vivos))
        if opciones["estricto"] and any(h.gravedad == Gravedad.ERROR for h in vivos):
            # Sin mensaje propio: la lista ya los dijo.
            raise SystemExit(1)

    @staticmethod
    def de_informe(clave) -> tuple[list, dict[str, str]]:
        try:
            informe = consultas.informes().get(clave=clave)
        except Informe.DoesNotExist as error:
            claves = ", ".join(Informe.objects.values_list("clave", flat=True)) or "ninguno"
            raise CommandError(f"No existe el informe «{clave}». Hay: {claves}.") from error
        return verificar(informe), dict(informe.aceptaciones.values_list("huella", "razon"))

    @staticmethod
    def de_texto(ruta: Path) -> tuple[list, dict[str, str]]:
        try:
            texto = archivos.texto_de(ruta.read_bytes())
        except OSError as error:
            raise CommandError(f"No se pudo leer {ruta}: {error.strerror}.") from error
        except archivos.NoSeLee as error:
            raise CommandError(f"{ruta}: {error}") from error
        return verificar_texto(texto), {}

    @staticmethod
    def dato(hallazgo, aceptados) -> dict:
        campos = ("regla", "gravedad", "apartado", "explicacion", "fragmento", "url", "huella")
        return {campo: getattr(hallazgo, campo) for campo in campos} | {"aceptado": aceptados.get(hallazgo.huella)}

    def escribe(self, hallazgos, aceptados) -> None:
        for gravedad in Gravedad:
            suyos = [h for h in hallazgos if h.gravedad == gravedad]
            for h in suyos:
                self.stdout.write(
                    f"[{gravedad.label}] {h.apartado or 'Todo el informe'}\n    {nombre_de(h.regla)}. {h.explicacion}"
                )
                if h.fragmento:
                    self.stdout.write(f"    «{h.fragmento}»")
        cuentas = ", ".join(
            cuenta(
                sum(h.gravedad == g for h in hallazgos),
                g.label.lower(),
                f"{g.label.lower()}{'es' if g == Gravedad.ERROR else 's'}",
            )
            for g in Gravedad
        )
        self.stdout.write(f"{cuentas}{f'; {aceptados} ya aceptados' if aceptados else ''}.")
