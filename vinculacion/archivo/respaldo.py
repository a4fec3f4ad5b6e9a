"""Respaldo entero en un solo archivo: los datos (JSON por renglones) y los archivos, con sus huellas.

Es independiente del motor: lo respaldado en SQLite se restaura en PostgreSQL y al revés.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings
from django.utils import timezone

FORMATO = 1
# Lo que Django vuelve a crear al migrar, o que no debe salir de la máquina en que nació.
EXCLUIDOS = ("contenttypes", "auth.permission", "sessions", "django_q", "axes")


class RespaldoInvalido(ValueError):
    """El archivo no es un respaldo, está dañado o es de otra versión."""


def _migraciones() -> list[str]:
    propias = {config.label for config in apps.get_app_configs()}
    aplicadas = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{sala}.{nombre}" for sala, nombre in aplicadas if sala in propias)


def respaldar(destino: Path) -> dict:
    """Escribe el respaldo en ``destino`` (.tar.gz) y devuelve su manifiesto."""
    raiz = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory() as carpeta:
        datos = Path(carpeta) / "datos.jsonl"
        with transaction.atomic():
            call_command(
                "dumpdata",
                format="jsonl",
                output=str(datos),
                exclude=list(EXCLUIDOS),
                use_natural_foreign_keys=True,
                verbosity=0,
            )
        archivos = sorted(r for r in raiz.rglob("*") if r.is_file()) if raiz.is_dir() else []
        manifiesto = {
            "formato": FORMATO,
            "creado": timezone.now().isoformat(timespec="seconds"),
            "migraciones": _migraciones(),
            "datos": _huella(datos),
            "archivos": {str(r.relative_to(raiz)): _huella(r) for r in archivos},
        }
        # Se arma aparte y se mueve al final: un proceso muerto no deja un respaldo a medias con el nombre bueno.
        parcial = destino.with_name(f".{destino.name}.parcial")
        try:
            with tarfile.open(parcial, "w:gz") as tar:
                texto = json.dumps(manifiesto, ensure_ascii=False, indent=1).encode()
                ficha = tarfile.TarInfo("manifiesto.json")
                ficha.size = len(texto)
                tar.addfile(ficha, io.BytesIO(texto))
                tar.add(datos, "datos.jsonl")
                for ruta in archivos:
                    tar.add(ruta, f"archivos/{ruta.relative_to(raiz)}")
            parcial.chmod(0o600)
            parcial.replace(destino)
        finally:
            parcial.unlink(missing_ok=True)
    return manifiesto


def restaurar(origen: Path) -> dict:
    """Sustituye TODO lo que hay por lo del respaldo; o entra entero o no cambia nada de la base."""
    with tempfile.TemporaryDirectory() as carpeta:
        temporal = Path(carpeta)
        manifiesto = _abrir(origen, temporal)
        with override_settings(SIMPLE_HISTORY_ENABLED=False), transaction.atomic():
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=False)
            _vaciar_grupos()
            call_command("loaddata", str(temporal / "datos.jsonl"), verbosity=0)
        raiz = Path(settings.MEDIA_ROOT)
        for nombre in manifiesto["archivos"]:
            ruta = raiz / nombre
            ruta.parent.mkdir(parents=True, exist_ok=True)
            ruta.write_bytes((temporal / "archivos" / nombre).read_bytes())
    return manifiesto


def _vaciar_grupos() -> None:
    """Al vaciar la base, la sincronización vuelve a crear los papeles; los del respaldo traen los suyos."""
    from django.contrib.auth.models import Group

    Group.objects.all().delete()


def _abrir(origen: Path, temporal: Path) -> dict:
    try:
        with tarfile.open(origen, "r:gz") as tar:
            tar.extractall(temporal, filter="data")
        manifiesto = json.loads((temporal / "manifiesto.json").read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise RespaldoInvalido(f"«{origen.name}» no es un respaldo que se pueda leer ({error}).") from error
    if manifiesto.get("formato") != FORMATO:
        raise RespaldoInvalido("El respaldo es de un formato que esta versión no conoce.")
    if manifiesto["migraciones"] != _migraciones():
        raise RespaldoInvalido(
            "El respaldo es de otra versión del sistema: use la misma con que se hizo y después migre."
        )
    rutas = {"datos.jsonl": manifiesto["datos"]}
    rutas |= {f"archivos/{nombre}": huella for nombre, huella in manifiesto["archivos"].items()}
    for nombre, huella in rutas.items():
        if not (temporal / nombre).is_file() or _huella(temporal / nombre) != huella:
            raise RespaldoInvalido(f"Dentro del respaldo, «{nombre}» falta o está dañado.")
    return manifiesto


def _huella(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()
