"""Revisa un informe: ``manage.py verificar trimestral-2020-4 [--json] [--estricto]``."""

import json

from django.core.management.base import BaseCommand, CommandError

from informes import consultas
from informes.models import Informe
from informes.verificador.hallazgos import Gravedad
from informes.verificador.revision import nombre_de, verificar
from vinculacion.nucleo.palabras import cuenta


class Command(BaseCommand):
    help = "Lista lo que un informe trae mal o conviene revisar antes de llevarlo a una sesión."

    def add_arguments(self, parser):
        parser.add_argument("clave", help="clave del informe, como trimestral-2020-4")
        parser.add_argument("--json", action="store_true", help="una lista JSON en vez de texto")
        parser.add_argument("--estricto", action="store_true", help="termina con 1 si hay errores")

    def handle(self, clave, **opciones):
        try:
            informe = consultas.informes().get(clave=clave)
        except Informe.DoesNotExist as error:
            claves = ", ".join(Informe.objects.values_list("clave", flat=True)) or "ninguno"
            raise CommandError(f"No existe el informe «{clave}». Hay: {claves}.") from error
        aceptados = dict(informe.aceptaciones.values_list("huella", "razon"))
        hallazgos = verificar(informe)
        vivos = [h for h in hallazgos if h.huella not in aceptados]
        if opciones["json"]:
            self.stdout.write(json.dumps([self.dato(h, aceptados) for h in hallazgos], ensure_ascii=False, indent=2))
        else:
            self.escribe(vivos, len(hallazgos) - len(vivos))
        if opciones["estricto"] and any(h.gravedad == Gravedad.ERROR for h in vivos):
            # Sin mensaje propio: la lista ya los dijo.
            raise SystemExit(1)

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
