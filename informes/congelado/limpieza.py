"""Lo que dejó un congelado que no llegó a guardarse: archivos que ninguna versión nombra."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from informes.models import ArchivoDeVersion

CARPETA = "informes/congelados"
GRACIA = timedelta(hours=1)  # uno más nuevo puede ser de una transacción que aún no termina


def quitar_huerfanos(ahora: datetime | None = None) -> int:
    limite = ((ahora or timezone.now()) - GRACIA).timestamp()
    raiz = Path(settings.MEDIA_ROOT)
    # Primero el disco y después la base: lo que se guarde entre una y otra no estaba en la lista.
    viejos = [r for r in (raiz / CARPETA).rglob("*") if _es_anterior(r, limite)]
    nombrados = set(ArchivoDeVersion.objects.values_list("archivo", flat=True)) if viejos else set()
    huerfanos = [r for r in viejos if r.relative_to(raiz).as_posix() not in nombrados]
    for ruta in huerfanos:
        ruta.unlink(missing_ok=True)
        with suppress(OSError):  # le quedan otros, u otro proceso ya la quitó
            ruta.parent.rmdir()
    return len(huerfanos)


def _es_anterior(ruta: Path, limite: float) -> bool:
    try:
        return ruta.is_file() and ruta.stat().st_mtime < limite
    except FileNotFoundError:  # otro proceso limpia al mismo tiempo
        return False
