"""Respaldo entero en un solo archivo: los datos (JSON por renglones) y los archivos, con sus huellas.

Es independiente del motor: lo respaldado en SQLite se restaura en PostgreSQL y al revés.
"""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import override_settings
from django.utils import timezone

FORMATO = 1
MANIFIESTO, DATOS = "manifiesto.json", "datos.jsonl"
# Lo que Django vuelve a crear al migrar, o que no debe salir de la máquina en que nació.
EXCLUIDOS = ("contenttypes", "auth.permission", "sessions", "django_q", "axes")


class RespaldoInvalido(ValueError):
    """El archivo no es un respaldo, está dañado o es de otra versión."""


def _migraciones() -> list[str]:
    propias = {config.label for config in apps.get_app_configs()}
    aplicadas = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{sala}.{nombre}" for sala, nombre in aplicadas if sala in propias)


# -- guardar -----------------------------------------------------------------


def respaldar(destino: Path) -> dict:
    """Escribe el respaldo en ``destino`` (.tar.gz) y devuelve su manifiesto."""
    raiz = Path(settings.MEDIA_ROOT)
    # Se arma aparte y se mueve al final: un proceso muerto no deja un respaldo a medias con el nombre bueno.
    parcial = destino.with_name(f".{destino.name}.parcial")
    try:
        with tempfile.TemporaryDirectory() as carpeta:
            datos = Path(carpeta) / DATOS
            _volcar(datos)
            parcial.touch(mode=0o600)
            with tarfile.open(parcial, "w:gz", compresslevel=6) as tar:
                tar.add(datos, DATOS)
                manifiesto = {
                    "formato": FORMATO,
                    "creado": timezone.now().isoformat(timespec="seconds"),
                    "migraciones": _migraciones(),
                    "datos": _huella(datos),
                    "archivos": _guardar_archivos(tar, raiz),
                }
                # El manifiesto va al último: si está, lo demás está.
                texto = json.dumps(manifiesto, ensure_ascii=False, indent=1).encode()
                ficha = tarfile.TarInfo(MANIFIESTO)
                ficha.size = len(texto)
                tar.addfile(ficha, io.BytesIO(texto))
        parcial.replace(destino)
    finally:
        parcial.unlink(missing_ok=True)
    return manifiesto


def _volcar(datos: Path) -> None:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Todas las tablas como estaban en el mismo instante, aunque alguien siga capturando.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        call_command(
            "dumpdata",
            format="jsonl",
            output=str(datos),
            exclude=[*EXCLUIDOS, *(m._meta.label for m in apps.get_models() if getattr(m, "calculado", False))],
            use_natural_foreign_keys=True,
            use_base_manager=True,
            verbosity=0,
        )


def _guardar_archivos(tar: tarfile.TarFile, raiz: Path) -> dict[str, str]:
    huellas = {}
    for nombre in _archivos_de(raiz):
        try:
            huellas[nombre] = _huella(raiz / nombre)
            tar.add(raiz / nombre, f"archivos/{nombre}")
        except FileNotFoundError:
            huellas.pop(nombre, None)  # lo quitaron mientras tanto, junto con su renglón
    return huellas


def _archivos_de(raiz: Path) -> list[str]:
    """Los nombres relativos, sin lo oculto: lo que empieza con punto es trabajo a medias."""
    if not raiz.is_dir():
        return []
    rutas = (r.relative_to(raiz) for r in raiz.rglob("*") if r.is_file())
    return sorted(r.as_posix() for r in rutas if not any(parte.startswith(".") for parte in r.parts))


# -- restaurar ---------------------------------------------------------------


def restaurar(origen: Path) -> dict:
    """Sustituye TODO lo que hay por lo del respaldo; si algo falla, datos y archivos quedan como estaban.

    ``RespaldoInvalido`` si el archivo no sirve; en ese caso no se ha tocado nada.
    """
    with tempfile.TemporaryDirectory() as carpeta:
        temporal = Path(carpeta)
        manifiesto = _abrir(origen, temporal)
        with _archivos_puestos(temporal / "archivos", manifiesto["archivos"]):
            try:
                _cargar(temporal / DATOS)
            except (CommandError, DatabaseError, DeserializationError, ValidationError) as error:
                raise RespaldoInvalido(f"Los datos del respaldo no se pudieron cargar ({error}).") from error
    return manifiesto


def _cargar(datos: Path) -> None:
    conservadas = {ContentType._meta.db_table, Permission._meta.db_table}
    tablas = [t for t in connection.introspection.django_table_names(only_existing=True) if t not in conservadas]
    with override_settings(SIMPLE_HISTORY_ENABLED=False), transaction.atomic():
        # También sesiones, intentos y tareas: son de las personas y registros que se van.
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tablas, reset_sequences=True))
        call_command("loaddata", str(datos), verbosity=0)
        # Los permisos de cada papel son los de este programa, no los del día del respaldo.
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@contextmanager
def _archivos_puestos(nuevos: Path, nombres: dict[str, str]):
    """Pone los archivos antes que los datos; los regresa si los datos fallan y quita los sobrantes al final."""
    raiz = Path(settings.MEDIA_ROOT)
    raiz.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restaurando-", dir=raiz) as carpeta:
        apartados = Path(carpeta)
        previos = _archivos_de(raiz)
        agregados: list[Path] = []
        try:
            for nombre, huella in nombres.items():
                ruta = raiz / nombre
                if nombre in previos and _huella(ruta) == huella:
                    continue
                if nombre in previos:
                    _mover(ruta, apartados / nombre)
                agregados.append(ruta)
                _mover(nuevos / nombre, ruta)
            yield
        except BaseException:
            for ruta in agregados:
                ruta.unlink(missing_ok=True)
            for nombre in _archivos_de(apartados):
                _mover(apartados / nombre, raiz / nombre)
            raise
    for nombre in set(previos) - nombres.keys():
        (raiz / nombre).unlink(missing_ok=True)


def _mover(origen: Path, destino: Path) -> None:
    destino.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(origen, destino)


def _abrir(origen: Path, temporal: Path) -> dict:
    """Saca a ``temporal`` lo que nombra el manifiesto, revisado; nada más."""
    try:
        with tarfile.open(origen, "r:gz") as tar:
            manifiesto = json.load(_leer(tar, MANIFIESTO))
            _revisar(manifiesto)
            esperados = {DATOS: manifiesto["datos"]}
            esperados |= {f"archivos/{nombre}": huella for nombre, huella in manifiesto["archivos"].items()}
            for nombre, huella in esperados.items():
                ruta = temporal / nombre
                ruta.parent.mkdir(parents=True, exist_ok=True)
                with _leer(tar, nombre) as dentro, ruta.open("wb") as fuera:
                    shutil.copyfileobj(dentro, fuera)
                if _huella(ruta) != huella:
                    raise RespaldoInvalido(f"Dentro del respaldo, «{nombre}» está dañado.")
    except RespaldoInvalido:
        raise
    except (
        tarfile.TarError,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ) as error:
        raise RespaldoInvalido(f"«{origen.name}» no es un respaldo que se pueda leer ({error}).") from error
    return manifiesto


def _leer(tar: tarfile.TarFile, nombre: str):
    miembro = tar.extractfile(tar.getmember(nombre))
    if miembro is None:
        raise RespaldoInvalido(f"Dentro del respaldo, «{nombre}» no es un archivo.")
    return miembro


def _revisar(manifiesto: dict) -> None:
    if manifiesto.get("formato") != FORMATO:
        raise RespaldoInvalido("El respaldo es de un formato que esta versión no conoce.")
    if manifiesto["migraciones"] != _migraciones():
        raise RespaldoInvalido(
            "El respaldo es de otra versión del sistema: use la misma con que se hizo y después migre."
        )
    for nombre in manifiesto["archivos"]:
        ruta = PurePosixPath(nombre)
        if ruta.is_absolute() or ".." in ruta.parts or "\\" in nombre:
            raise RespaldoInvalido(f"El respaldo quiere escribir fuera de su carpeta («{nombre}»).")


def _huella(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()
