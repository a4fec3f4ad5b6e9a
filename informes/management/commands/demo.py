"""Carga la demostración: ``manage.py demo``. Repetirla no agrega nada."""

import time
from collections.abc import Iterable

from django.core.management.base import BaseCommand

from informes.demo.carga import cargar
from informes.demo.cuentas import CONTRASENA, CUENTAS
from vinculacion.nucleo.periodos import hoy


class Command(BaseCommand):
    help = "Carga los registros de 2020 y 2021 y un año en curso ficticio, por las mismas acciones que las páginas."

    def add_arguments(self, parser):
        parser.add_argument("--sin-ficticio", action="store_true", help="sólo los hechos de 2020 y 2021")
        parser.add_argument("--cuentas", action="store_true", help="sólo enseña la tabla de cuentas")

    def handle(self, sin_ficticio, cuentas, **opciones):
        if not cuentas:
            inicio = time.monotonic()
            nueva = cargar(hoy=hoy(), ficticio=not sin_ficticio, avisar=self._avance, contrasena=CONTRASENA)
            tardanza = time.monotonic() - inicio
            self.stdout.write(
                f"Demostración cargada en {tardanza:.1f} s." if nueva else "La demostración ya estaba cargada."
            )
        self._tabla(CUENTAS)

    def _avance(self, texto: str) -> None:
        if self.verbosity_de_avance:
            self.stdout.write(f"  · {texto}…")
            self.stdout.flush()

    def execute(self, *args, **opciones):
        self.verbosity_de_avance = opciones.get("verbosity", 1) > 0
        return super().execute(*args, **opciones)

    def _tabla(self, cuentas: Iterable[tuple[str, str, str, str]]) -> None:
        self.stdout.write(f"\nCuentas de demostración; contraseña de todas: {CONTRASENA}\n")
        for usuario, papel, cargo, _ in cuentas:
            self.stdout.write(f"  {usuario:<16}{papel:<20}{cargo}")
