"""Carga la demostración: ``manage.py demo``. Repetirla no agrega nada."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from informes.demo.carga import cargar
from informes.demo.cuentas import CONTRASENA, CUENTAS
from vinculacion.nucleo.periodos import hoy


class Command(BaseCommand):
    help = "Carga los registros de 2020 y 2021 y un año en curso ficticio, por las mismas acciones que las páginas."

    def add_arguments(self, parser):
        parser.add_argument("--sin-ficticio", action="store_true", help="sólo los hechos de 2020 y 2021")
        parser.add_argument("--cuentas", action="store_true", help="sólo enseña la tabla de cuentas")
        parser.add_argument("--contrasena", default="", help="contraseña de las cuentas de demostración")

    def handle(self, sin_ficticio, cuentas, contrasena, verbosity, **opciones):
        if not cuentas:
            if settings.EN_PRODUCCION and not contrasena:
                raise CommandError(
                    "En producción no se crean cuentas con una contraseña publicada: dé la suya con --contrasena."
                )
            self.en_silencio = verbosity == 0
            inicio = time.monotonic()
            nueva = cargar(
                hoy=hoy(), ficticio=not sin_ficticio, avisar=self._avance, contrasena=contrasena or CONTRASENA
            )
            if nueva:
                self.stdout.write(f"Demostración cargada en {time.monotonic() - inicio:.1f} s.")
            else:
                self.stdout.write("La demostración ya estaba cargada: se conserva lo capturado.")
        self._tabla("la que se dio" if contrasena else CONTRASENA)

    def _avance(self, texto: str) -> None:
        if not self.en_silencio:
            self.stdout.write(f"  · {texto}…")
            self.stdout.flush()

    def _tabla(self, contrasena: str) -> None:
        ancho = max(len(usuario) for usuario, *_ in CUENTAS) + 2
        self.stdout.write(f"\nCuentas de demostración (contraseña: {contrasena})")
        for usuario, papel, cargo, _ in CUENTAS:
            self.stdout.write(f"  {usuario:<{ancho}}{papel:<20}{cargo}")
