"""Con qué se identifica lo congelado: el contenido, sus archivos y el programa que lo escribió."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings

COLOFON = "colofon"  # el ancla del apartado que lleva la huella: no puede contarse a sí mismo
ANCLA_DE_ERRATA = "fe-de-erratas"


def huella_de(documento: dict) -> str:
    """SHA-256 de los bloques (portada y apartados, sin el colofón ni la hora): lo mismo dicho da la misma."""
    contenido = {clave: valor for clave, valor in documento.items() if clave != "creado"}
    contenido["apartados"] = [a for a in documento["apartados"] if a["ancla"] != COLOFON]
    return sha256(json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def sha256(contenido: bytes) -> str:
    return hashlib.sha256(contenido).hexdigest()


@cache
def version_del_sistema() -> str:
    """La que se instaló, o «código» y el principio de la huella de lo que corre: nunca queda en blanco."""
    if settings.VERSION_DEL_SISTEMA:
        return settings.VERSION_DEL_SISTEMA[:80]
    raiz = Path(settings.BASE_DIR)
    suma = hashlib.sha256()
    for sala in settings.SALAS:
        for ruta in sorted((raiz / sala.replace(".", "/")).rglob("*.py")):
            suma.update(ruta.relative_to(raiz).as_posix().encode() + b"\0" + ruta.read_bytes())
    return f"código {suma.hexdigest()[:12]}"
