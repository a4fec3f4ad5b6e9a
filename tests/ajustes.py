"""Ajustes de las pruebas: los del proyecto con archivos y base desechables."""

import os
import tempfile
from pathlib import Path

os.environ["ENTORNO"] = "pruebas"
os.environ.setdefault("SECRET_KEY", "solo-para-las-pruebas")

from vinculacion.settings import *

# Cada proceso tiene su directorio, que borra conftest.py: dos corridas al mismo tiempo no se estorban.
TEMPORAL = Path(tempfile.mkdtemp(prefix="vinculacion-pruebas-"))

MEDIA_ROOT = TEMPORAL / "archivos"
SENDFILE_ROOT = MEDIA_ROOT
EMAIL_FILE_PATH = TEMPORAL / "correo"

# En archivo y no en memoria: así los hilos compiten por la base como en la vida real.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEMPORAL / "prueba.sqlite3")}
