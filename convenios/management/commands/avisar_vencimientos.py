"""El resumen diario de vencimientos, a mano."""

import smtplib
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenios.vigencia import destinatarios, redaccion, resumen
from vinculacion.nucleo.palabras import cuenta
from vinculacion.nucleo.periodos import ANIO_MAXIMO, ANIO_MINIMO, hoy


def dia(texto: str) -> date:
    try:
        fecha = date.fromisoformat(texto)
    except ValueError:
        fecha = None
    if fecha is None or not ANIO_MINIMO <= fecha.year <= ANIO_MAXIMO:
        raise CommandError(f"«{texto}» no es una fecha; escríbala como 2026-05-31.")
    return fecha


class Command(BaseCommand):
    help = (
        "Manda a cada persona un correo con lo que vence en 90, 60 y 30 días, lo vencido y los compromisos; cada plazo "
        "se dice una vez, así que puede repetirse. Termina con 1 si algún correo no salió."
    )

    def add_arguments(self, parser):
        parser.add_argument("--fecha", help="el día que se toma por hoy, como 2026-05-31")
        parser.add_argument("--simular", action="store_true", help="sólo dice a quién se escribiría y de qué")
        parser.add_argument("--programar", action="store_true", help="apunta el envío de cada mañana y no manda nada")
        parser.add_argument(
            "--repetir-interrumpidos",
            action="store_true",
            help="vuelve a mandar lo que quedó a medias; alguien podría recibirlo dos veces",
        )

    def handle(self, *, fecha, simular, programar, repetir_interrumpidos, **opciones):
        fecha = dia(fecha) if fecha else hoy()
        if programar:
            siguiente = timezone.localtime(resumen.programar().next_run)
            self.stdout.write(f"Resumen diario de vencimientos; el siguiente: {siguiente:%d/%m/%Y %H:%M}")
        elif simular:
            self.simular(fecha)
        else:
            self.mandar(fecha, repetir_interrumpidos)

    def simular(self, fecha):
        personas = 0
        for persona, vencimientos in destinatarios.por_persona(fecha):
            if nuevos := resumen.sin_decir(persona, vencimientos):
                personas += 1
                self.stdout.write(f"{persona.username} <{persona.email}>: {redaccion.asunto(nuevos)}")
        self.stdout.write(f"Se escribiría a {cuenta(personas, 'persona', 'personas')}.")

    def mandar(self, fecha, repetir):
        if repetir:
            sueltos = resumen.soltar_interrumpidos()
            self.stdout.write(f"Se vuelven a decir {cuenta(sueltos, 'aviso', 'avisos')} que quedaron a medias.")
        try:
            resultado = resumen.avisar(fecha)
        except (OSError, smtplib.SMTPException) as error:
            raise CommandError(f"No se pudo hablar con el servidor de correo: {error}") from error
        self.stdout.write(f"Salieron {cuenta(resultado.enviados, 'correo', 'correos')}.")
        if dudosos := resumen.interrumpidos().count():
            self.stderr.write(
                f"{cuenta(dudosos, 'aviso quedó', 'avisos quedaron')} a medias: --repetir-interrumpidos los vuelve a mandar."
            )
        if resultado.fallas:
            raise CommandError("No salieron todos:\n" + "\n".join(resultado.fallas))
