"""Varias piezas a la vez, en procesos aparte.

Se llama a sí mismo (``ARRANQUE``) y ahí se divide: sirve igual desde la página, desde una orden y
desde un trabajador de segundo plano, que no puede tener hijos de ``multiprocessing``.
"""

import atexit
import fcntl
import gc
import json
import multiprocessing
import os
import signal
import subprocess  # nosec B404 — sólo se llama a este mismo módulo
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .estilo import Estilo

RECADOS = 2**20  # bytes de encargos que caben sin que quien encarga espere a que el maestro arranque
OCIOSO = 60  # segundos que el maestro espera otro documento antes de irse
PIEZAS_POR_OPERARIO = 60  # luego lo releva otro, con la memoria limpia
# Sin recolector mientras se leen las bibliotecas: no hay nada que recoger, y buscarlo es la décima parte de leerlas.
ARRANQUE = f"import gc; gc.disable(); from {__name__} import maestro; maestro()"


class Cancelado(Exception):
    """Quien pidió el documento ya no lo quiere."""


def nucleos() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # no en todos los sistemas
        return os.cpu_count() or 1


class AquiMismo:
    """Imprime en este proceso: para lo que es corto no compensa arrancar otros."""

    def __init__(self, estilo: Estilo):
        self.estilo = estilo
        self._encargos: dict[Path, str] = {}

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        pass

    def encargar(self, ruta: Path, html: str) -> None:
        self._encargos[ruta] = html

    def recoger(self) -> Iterator[Path]:
        while self._encargos:
            ruta, html = self._encargos.popitem()
            guardar(ruta, html, self.estilo)
            yield ruta


class Taller:
    """Un proceso por núcleo; lo que se ``encargar``a se imprime mientras quien encarga hace otra cosa."""

    def __init__(self, estilo: Estilo, operarios: int | None = None):
        self.estilo, self.operarios = estilo, operarios or nucleos()
        self._faltan = 0

    def __enter__(self):
        self.maestro = _tomar(self.operarios)
        self.maestro.prepara(self.estilo)
        return self

    def __exit__(self, error, *_resto) -> None:
        # Con algo a medias no se guarda: sus respuestas llegarían al siguiente.
        _dejar(self.maestro, sirve=error is None and not self._faltan)

    def encargar(self, ruta: Path, html: str) -> None:
        """``ruta`` tendrá el PDF de ``html``."""
        self._faltan += 1
        self.maestro.escribe({"ruta": str(ruta), "html": html, "estilo": asdict(self.estilo)})

    def recoger(self) -> Iterator[Path]:
        """Las rutas encargadas, como van quedando. ``RuntimeError`` si alguna no se pudo imprimir.

        Quien recorre puede lanzar ``Cancelado``: al salir del ``with`` todo se detiene.
        """
        while self._faltan:
            hecha = self.maestro.lee()
            if hecha is None:
                raise RuntimeError("La imprenta se interrumpió.")
            if hecha["error"]:
                raise RuntimeError(f"No se pudo imprimir una pieza: {hecha['error']}")
            self._faltan -= 1
            yield Path(hecha["ruta"])


class _Maestro:
    """El proceso que reparte, visto desde quien encarga."""

    def __init__(self, operarios: int):
        entorno = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self.operarios, self.preparado, self.nacido = operarios, False, time.monotonic()
        self.proceso = subprocess.Popen(  # noqa: S603  # nosec B603
            [sys.executable, "-c", ARRANQUE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=entorno,
            text=True,
            start_new_session=True,
        )
        if self.proceso.stdin:
            # No con «pipesize» de Popen: donde el sistema no deja ensancharlo, falla; aquí sólo se espera.
            with suppress(AttributeError, OSError):
                fcntl.fcntl(self.proceso.stdin, fcntl.F_SETPIPE_SZ, RECADOS)

    def prepara(self, estilo: Estilo) -> None:
        """Lo primero que se le dice; luego ya no cambia, pero cada encargo trae el suyo."""
        if not self.preparado:
            self.escribe({"operarios": self.operarios, "estilo": asdict(estilo)})
            self.preparado = True

    def escribe(self, mensaje: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):  # lo dirá la lectura, que llegará vacía
            if self.proceso.stdin:
                self.proceso.stdin.write(json.dumps(mensaje) + "\n")
                self.proceso.stdin.flush()

    def lee(self) -> dict[str, str] | None:
        renglon = self.proceso.stdout.readline() if self.proceso.stdout else ""
        return json.loads(renglon) if renglon else None

    def sirve(self) -> bool:
        if not self.preparado:  # al que está por irse no se le encarga nada
            return self.proceso.poll() is None and time.monotonic() - self.nacido < OCIOSO / 2
        self.escribe({})
        return self.lee() == {}

    def cerrar(self, *, ya: bool = False) -> None:
        if ya and self.proceso.poll() is None:
            os.killpg(self.proceso.pid, signal.SIGKILL)
        for extremo in (self.proceso.stdin, self.proceso.stdout):
            if extremo:
                with suppress(BrokenPipeError):
                    extremo.close()
        self.proceso.wait()


# El último que terminó espera aquí: arrancar otro cuesta lo que imprimir diez hojas. Si este proceso
# muere, se le cierra la entrada y se va.
_libres: list[_Maestro] = []
_cerrojo = threading.Lock()
os.register_at_fork(after_in_child=_libres.clear)


def encender() -> None:
    """Para quien va a imprimir algo largo dentro de un momento: el maestro se alista mientras se reúne lo demás."""
    if nucleos() == 1:
        return
    with suppress(OSError):  # sólo es por ganar tiempo: si no se puede arrancar, lo dirá quien imprima
        _dejar(_que_espera(nucleos()) or _Maestro(nucleos()), sirve=True)


def _tomar(operarios: int) -> _Maestro:
    return _que_espera(operarios) or _Maestro(operarios)


def _que_espera(operarios: int) -> _Maestro | None:
    with _cerrojo:
        guardado = _libres.pop() if _libres else None
    if guardado is None or (guardado.operarios == operarios and guardado.sirve()):
        return guardado
    guardado.cerrar(ya=True)
    return None


def _dejar(maestro: _Maestro, *, sirve: bool) -> None:
    with _cerrojo:
        cabe = sirve and not _libres
        if cabe:
            _libres.append(maestro)
    if not cabe:
        maestro.cerrar(ya=True)


def apagar() -> None:
    """Despide al que espera."""
    with _cerrojo:
        while _libres:
            _libres.pop().cerrar(ya=True)


atexit.register(apagar)


def guardar(ruta: Path, html: str, estilo: Estilo) -> None:
    """La ficha va antes que el PDF y los dos de una vez: quien halle el PDF lo halla entero y con ella."""
    from .prensa import imprimir  # quien sólo encarga no carga con WeasyPrint

    impresa = imprimir(html, estilo)
    ficha = json.dumps({"paginas": impresa.paginas, "anclas": impresa.anclas}).encode()
    for destino, contenido in ((ruta.with_suffix(".json"), ficha), (ruta, impresa.pdf)):
        provisional = destino.with_suffix(f".{os.getpid()}.tmp")
        provisional.write_bytes(contenido)
        provisional.replace(destino)


def ficha_de(ruta: Path) -> tuple[int, dict[str, int]]:
    datos = json.loads(ruta.with_suffix(".json").read_bytes())
    return datos["paginas"], datos["anclas"]


# -- el otro lado ---------------------------------------------------------------


def maestro() -> None:
    """Prepara letras y estilos una vez, se divide y reparte: un renglón de entrada por pieza, uno de salida."""
    signal.alarm(OCIOSO)  # se encendió por si acaso y nadie encargó nada
    from .prensa import aparejo

    if not (renglon := sys.stdin.readline()):
        return
    signal.alarm(OCIOSO)
    datos = json.loads(renglon)
    aparejo(_estilo(datos["estilo"]))
    gc.freeze()
    gc.enable()
    # Sólo de aquí: quien releva a otro cierra y vacía los suyos, y se quedaría esperando a que alguien los suelte.
    entrada, salida, sys.stdin, sys.stdout = sys.stdin, sys.stdout, None, None
    pendientes = 0
    turno = threading.Lock()

    def contesta(hecha: dict[str, str]) -> None:
        nonlocal pendientes
        with turno:
            salida.write(json.dumps(hecha) + "\n")
            salida.flush()
            pendientes -= bool(hecha)

    def despide(*_senal) -> None:
        if not pendientes:
            raise SystemExit
        signal.alarm(OCIOSO)

    signal.signal(signal.SIGALRM, despide)
    with multiprocessing.get_context("fork").Pool(
        datos["operarios"], maxtasksperchild=PIEZAS_POR_OPERARIO
    ) as operarios:
        for renglon in entrada:
            signal.alarm(OCIOSO)
            if encargo := json.loads(renglon):
                with turno:
                    pendientes += 1
                operarios.apply_async(_una, (encargo,), callback=contesta)
            else:
                contesta({})
        # La entrada se cierra cuando ya se recogió todo, o porque quien pedía murió: lo que falte no se imprime.


def _una(encargo: dict[str, Any]) -> dict[str, str]:
    try:
        guardar(Path(encargo["ruta"]), encargo["html"], _estilo(encargo["estilo"]))
    except Exception as error:  # la falla viaja a quien pidió la pieza
        return {"ruta": encargo["ruta"], "error": f"{type(error).__name__}: {error}"}
    return {"ruta": encargo["ruta"], "error": ""}


def _estilo(datos: dict[str, Any]) -> Estilo:
    return Estilo(
        tuple((prefijo, carpeta) for prefijo, carpeta in datos["carpetas"]),
        tuple((nombre, valor) for nombre, valor in datos["variables"]),
        datos["huella"],
    )
