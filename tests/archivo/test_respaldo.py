"""Respaldar y restaurar: vuelve todo, y si algo falla no se pierde nada."""

import hashlib
import io
import json
import tarfile
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.fabricas.base import CONTRASENA, con_papel
from tests.fabricas.directorio import organismo
from vinculacion.archivo import respaldo
from vinculacion.archivo.almacen import AlmacenDeEvidencia
from vinculacion.archivo.folios import siguiente_folio
from vinculacion.archivo.models import Evidencia, Serie
from vinculacion.cuentas.models import Usuario
from vinculacion.cuentas.roles import CAPTURA, ROLES
from vinculacion.directorio.models import Organismo

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def carpeta(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    return tmp_path


# Los datos se quitan y se ponen con transacciones de verdad.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("carpeta"),
]


@pytest.fixture
def mundo(carpeta):
    """Una persona, un organismo con historia, un archivo, un folio y una sesión abierta."""
    persona = con_papel(CAPTURA, username="captura", email="captura@prueba.example")
    uno = organismo(nombre="Organismo con ñ y “comillas”")
    uno.siglas = "OCÑ"
    uno._history_user = persona
    uno.save()
    archivo = SimpleUploadedFile("acta.pdf", PDF)
    prueba = AlmacenDeEvidencia().agregar(objeto=uno, datos={"archivo": archivo, "titulo": "Acta"}, por=persona)
    serie = Serie.objects.create(clave="acuerdos", nombre="Acuerdos", patron="A/{numero:03}/{anio:02}")
    siguiente_folio(serie, 2020)
    sesion = SessionStore()
    sesion["algo"] = 1
    sesion.save()
    return {"persona": persona, "organismo": uno, "evidencia": prueba, "serie": serie}


def en_milesimas(fila: dict) -> dict:
    """El JSON de Django guarda las horas con milésimas de segundo."""
    return {
        k: v.replace(microsecond=v.microsecond // 1000 * 1000) if isinstance(v, datetime) else v
        for k, v in fila.items()
    }


def estado() -> dict:
    """Lo que hay, para comparar antes y después."""
    todo = {
        "personas": list(Usuario.objects.order_by("pk").values()),
        "papeles": sorted((u.username, g.name) for u in Usuario.objects.all() for g in u.groups.all()),
        "permisos": {g.name: sorted(g.permissions.values_list("codename", flat=True)) for g in Group.objects.all()},
        "organismos": list(Organismo.objects.order_by("pk").values()),
        "historia": list(Organismo.history.order_by("history_id").values()),
        # El número del tipo cambia entre instalaciones; lo que cuenta es a qué registro lleva.
        "evidencia": [
            {**fila, "tipo_de_registro_id": Evidencia.objects.get(pk=fila["id"]).registro}
            for fila in Evidencia.objects.order_by("pk").values()
        ],
        "archivos": {e.pk: e.archivo.read() for e in Evidencia.objects.exclude(archivo="")},
        "contadores": list(Serie.objects.order_by("pk").values("clave", "contadores__anio", "contadores__ultimo")),
    }
    for nombre in ("personas", "organismos", "historia", "evidencia"):
        todo[nombre] = [en_milesimas(fila) for fila in todo[nombre]]
    return todo


def en_disco() -> set[str]:
    from django.conf import settings

    return {str(r.relative_to(settings.MEDIA_ROOT)) for r in Path(settings.MEDIA_ROOT).rglob("*") if r.is_file()}


def test_ida_y_vuelta(mundo, carpeta):
    destino = carpeta / "respaldo.tar.gz"
    antes, llave = estado(), mundo["organismo"].pk
    manifiesto = respaldo.respaldar(destino)
    assert len(manifiesto["archivos"]) == 1
    assert destino.stat().st_mode & 0o777 == 0o600
    assert [r.name for r in carpeta.iterdir() if "parcial" in r.name] == []

    # Después del respaldo pasan cosas que la restauración debe deshacer.
    mundo["organismo"].delete()
    organismo(nombre="Posterior")
    con_papel(CAPTURA)
    Usuario.objects.filter(pk=mundo["persona"].pk).update(first_name="Cambiada")
    AlmacenDeEvidencia().quitar(evidencia=mundo["evidencia"], por=mundo["persona"])
    AlmacenDeEvidencia().agregar(
        objeto=Organismo.objects.get(),
        datos={"archivo": SimpleUploadedFile("otra.pdf", PDF + b"%otra\n")},
        por=mundo["persona"],
    )
    siguiente_folio(mundo["serie"], 2020)

    call_command("restaurar", destino, "--reemplazar")
    assert estado() == antes
    assert len(en_disco()) == 1
    assert Session.objects.count() == 0
    assert Usuario.objects.get(username="captura").check_password(CONTRASENA)
    # Las llaves siguen donde iban: lo nuevo no choca con lo restaurado.
    assert organismo().pk > llave
    assert siguiente_folio(Serie.objects.get(), 2020) == "A/002/20"
    assert Evidencia.objects.get().registro == Organismo.objects.get(siglas="OCÑ")


def test_los_papeles_quedan_con_los_permisos_de_este_programa(mundo, carpeta):
    respaldo.respaldar(carpeta / "r.tar.gz")
    Group.objects.get(name=CAPTURA).permissions.clear()
    respaldo.restaurar(carpeta / "r.tar.gz")
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Usuario.objects.get(username="captura").has_perm("directorio.view_organismo")


def test_restaurar_en_una_instalacion_nueva(mundo, carpeta, settings):
    antes = estado()
    respaldo.respaldar(carpeta / "r.tar.gz")
    call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = carpeta / "todavia-no-existe"
    call_command("restaurar", carpeta / "r.tar.gz")
    assert estado() == antes


def test_sobre_datos_pide_reemplazar(mundo, carpeta):
    respaldo.respaldar(carpeta / "r.tar.gz")
    with pytest.raises(CommandError, match="--reemplazar"):
        call_command("restaurar", carpeta / "r.tar.gz")


def test_no_existe(carpeta):
    with pytest.raises(CommandError, match="No existe el archivo"):
        call_command("restaurar", carpeta / "nada.tar.gz")
    with pytest.raises(CommandError, match="No existe la carpeta"):
        call_command("respaldar", "--salida", carpeta / "nada" / "r.tar.gz")


# -- respaldos que no sirven ---------------------------------------------------------------------


def rehacer(ruta: Path, cambia) -> None:
    """Vuelve a armar el respaldo pasando cada miembro por ``cambia(nombre, bytes) -> bytes | None``."""
    with tarfile.open(ruta) as tar:
        miembros = {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}
    with tarfile.open(ruta, "w:gz") as tar:
        for nombre, contenido in miembros.items():
            nuevo = cambia(nombre, contenido)
            if nuevo is not None:
                ficha = tarfile.TarInfo(nombre)
                ficha.size = len(nuevo)
                tar.addfile(ficha, io.BytesIO(nuevo))


def con_manifiesto(ruta: Path, **cambios) -> None:
    rehacer(
        ruta,
        lambda n, c: json.dumps({**json.loads(c), **cambios}).encode() if n == respaldo.MANIFIESTO else c,
    )


def con_datos(ruta: Path, datos: bytes) -> None:
    """Datos cambiados con su huella al día: lo que falla es cargarlos."""
    rehacer(ruta, lambda n, c: datos if n == respaldo.DATOS else c)
    con_manifiesto(ruta, datos=hashlib.sha256(datos).hexdigest())


def trunca(ruta: Path) -> None:
    ruta.write_bytes(ruta.read_bytes()[: ruta.stat().st_size // 2])


def voltea(ruta: Path) -> None:
    contenido = bytearray(ruta.read_bytes())
    contenido[len(contenido) // 3] ^= 0xFF
    ruta.write_bytes(contenido)


DANOS = {
    "vacío": lambda r: r.write_bytes(b""),
    "no es un tar": lambda r: r.write_bytes(b"hola" * 1000),
    "cortado": trunca,
    "un byte volteado": voltea,
    "sin manifiesto": lambda r: rehacer(r, lambda n, c: None if n == respaldo.MANIFIESTO else c),
    "sin datos": lambda r: rehacer(r, lambda n, c: None if n == respaldo.DATOS else c),
    "sin un archivo": lambda r: rehacer(r, lambda n, c: None if n.startswith("archivos/") else c),
    "un archivo cambiado": lambda r: rehacer(r, lambda n, c: c + b"x" if n.startswith("archivos/") else c),
    "otro formato": lambda r: con_manifiesto(r, formato=99),
    "otra versión": lambda r: con_manifiesto(r, migraciones=["cuentas.0001_initial"]),
    "manifiesto raro": lambda r: con_manifiesto(r, archivos=["x"]),
    "fuera de su carpeta": lambda r: con_manifiesto(r, archivos={"../../fuera.txt": "0" * 64}),
    "datos que no son JSON": lambda r: con_datos(r, b"esto no es JSON\n"),
    "datos incoherentes": lambda r: con_datos(
        r,
        b'{"model": "archivo.contador", "pk": 1, "fields": {"serie": 987654, "anio": 2020, "ultimo": 1}}\n',
    ),
    "un modelo que no existe": lambda r: con_datos(r, b'{"model": "nada.nada", "pk": 1, "fields": {}}\n'),
}


@pytest.mark.parametrize("dano", DANOS.values(), ids=DANOS.keys())
def test_un_respaldo_que_no_sirve_no_cambia_nada(mundo, carpeta, dano):
    ruta = carpeta / "r.tar.gz"
    respaldo.respaldar(ruta)
    dano(ruta)
    Organismo.objects.update(nombre="Lo de ahora")
    antes, discos = estado(), en_disco()
    with pytest.raises(CommandError):
        call_command("restaurar", ruta, "--reemplazar")
    assert estado() == antes
    assert en_disco() == discos
    assert Session.objects.count() == 1


def test_si_los_datos_fallan_los_archivos_vuelven(mundo, carpeta, monkeypatch, settings):
    """Un archivo del mismo nombre con otro contenido se aparta y regresa; los agregados se quitan."""
    ruta = carpeta / "r.tar.gz"
    respaldo.respaldar(ruta)
    (nombre,) = en_disco()
    (settings.MEDIA_ROOT / nombre).write_bytes(b"lo de ahora")
    (settings.MEDIA_ROOT / "nuevo.txt").write_text("posterior")

    def truena(datos):
        assert (settings.MEDIA_ROOT / nombre).read_bytes() == PDF
        raise KeyboardInterrupt

    monkeypatch.setattr(respaldo, "_cargar", truena)
    with pytest.raises(KeyboardInterrupt):
        respaldo.restaurar(ruta)
    assert en_disco() == {nombre, "nuevo.txt"}
    assert (settings.MEDIA_ROOT / nombre).read_bytes() == b"lo de ahora"


def test_un_respaldo_que_falla_no_deja_nada_ni_borra_el_anterior(mundo, carpeta, monkeypatch):
    ruta = carpeta / "r.tar.gz"
    ruta.write_bytes(b"el anterior")

    def truena(*_):
        raise OSError("disco lleno")

    monkeypatch.setattr(respaldo, "_guardar_archivos", truena)
    with pytest.raises(CommandError, match="disco lleno"):
        call_command("respaldar", "--salida", ruta)
    assert ruta.read_bytes() == b"el anterior"
    assert {r.name for r in carpeta.iterdir()} == {"r.tar.gz", "archivos"}
