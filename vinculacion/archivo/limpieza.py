"""La limpieza de cada noche: lo que nadie va a volver a usar.

La hace el proceso de segundo plano (``manage.py qcluster``); ``programar_limpieza`` la apunta.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from vinculacion.nucleo.hojas.vistas import limpiar as limpiar_importaciones

from .models import Evidencia

NOMBRE = "limpieza"
HORA = 3  # de la mañana, hora local
GRACIA = timedelta(days=1)  # un archivo más nuevo puede ser de un guardado que aún no termina
DIAS_DE_ENTRADAS = 90  # lo que se recuerda de cada entrada al sistema


def limpiar() -> str:
    """Sesiones vencidas, hojas sin confirmar, bitácora vieja de entradas y archivos sin registro."""
    call_command("clearsessions", verbosity=0)
    call_command("axes_reset_logs", age=DIAS_DE_ENTRADAS, verbosity=0)
    limpiar_importaciones()
    return f"Archivos sin registro quitados: {quitar_huerfanos()}"


def quitar_huerfanos(ahora: datetime | None = None) -> int:
    """Los archivos que dejó un guardado deshecho: están en el disco y ninguna evidencia los nombra."""
    limite = ((ahora or timezone.now()) - GRACIA).timestamp()
    raiz = Path(settings.MEDIA_ROOT)
    # Primero el disco y después la base: lo que se guarde entre una y otra no estaba en la lista.
    viejos = [r for r in (raiz / "evidencia").rglob("*") if r.is_file() and r.stat().st_mtime < limite]
    nombrados = set(Evidencia.objects.exclude(archivo="").values_list("archivo", flat=True))
    huerfanos = [r for r in viejos if r.relative_to(raiz).as_posix() not in nombrados]
    for ruta in huerfanos:
        ruta.unlink(missing_ok=True)
    return len(huerfanos)


def programar(ahora: datetime | None = None) -> Schedule:
    """Apunta la limpieza diaria; si ya estaba la deja una sola vez y respeta cuándo le toca."""
    ahora = timezone.localtime(ahora)
    tarea = {"func": f"{__name__}.limpiar", "schedule_type": Schedule.DAILY, "repeats": -1}
    primera = (ahora + timedelta(days=1)).replace(hour=HORA, minute=0, second=0, microsecond=0)
    apuntada, _ = Schedule.objects.update_or_create(
        name=NOMBRE, defaults=tarea, create_defaults={**tarea, "next_run": primera}
    )
    return apuntada
