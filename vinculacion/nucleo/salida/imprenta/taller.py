"""Varias piezas a la vez, en procesos aparte.

Se llama a sí mismo (``python -m …taller``) y ahí se divide: sirve igual desde la página, desde una orden y
desde un trabajador de segundo plano, que no puede tener hijos de ``multiprocessing``.
"""

import gc
import json
import multiprocessing
import os
import signal
import subprocess  # nosec B404 — sólo se llama a este mismo módulo
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .prensa import Estilo, aparejo, imprimir


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

    def __enter__(self):
        return self

    def __exit__(self, *_error) -> None:
        pass

    def imprimir(self, piezas: Mapping[Path, str], al_terminar: Callable[[Path], None]) -> None:
        for ruta, html in piezas.items():
            guardar(ruta, html, self.estilo)
            al_terminar(ruta)


class Taller:
    """Un proceso por núcleo mientras dura el ``with``; empieza a prepararse en cuanto se abre."""

    def __init__(self, estilo: Estilo, operarios: int | None = None):
        self.estilo, self.operarios = estilo, operarios or nucleos()

    def __enter__(self):
        entorno = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self.maestro = subprocess.Popen(  # noqa: S603  # nosec B603
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=entorno,
            text=True,
            start_new_session=True,
        )
        self._escribe({"operarios": self.operarios, **asdict(self.estilo)})
        return self

    def __exit__(self, error, *_resto) -> None:
        if error is not None:
            os.killpg(self.maestro.pid, signal.SIGKILL)
        if self.maestro.stdin:
            self.maestro.stdin.close()
        self.maestro.wait()
        if self.maestro.stdout:
            self.maestro.stdout.close()

    def imprimir(self, piezas: Mapping[Path, str], al_terminar: Callable[[Path], None]) -> None:
        """Deja en cada ruta el PDF de su HTML. ``RuntimeError`` si alguna no se pudo imprimir.

        ``al_terminar`` puede lanzar ``Cancelado``: al salir del ``with`` todo se detiene.
        """
        # Las más largas primero: ninguna queda sola al final.
        for ruta in sorted(piezas, key=lambda r: -len(piezas[r])):
            ruta.with_suffix(".html").write_text(piezas[ruta], encoding="utf-8")
            self._escribe({"ruta": str(ruta)})
        for _ in piezas:
            renglon = self.maestro.stdout.readline() if self.maestro.stdout else ""
            if not renglon:
                raise RuntimeError("La imprenta se interrumpió.")
            hecha = json.loads(renglon)
            if hecha["error"]:
                raise RuntimeError(f"No se pudo imprimir una pieza: {hecha['error']}")
            al_terminar(Path(hecha["ruta"]))

    def _escribe(self, mensaje: dict[str, Any]) -> None:
        try:
            if self.maestro.stdin:
                self.maestro.stdin.write(json.dumps(mensaje) + "\n")
                self.maestro.stdin.flush()
        except BrokenPipeError:
            pass  # lo dirá la lectura, que llegará vacía


def guardar(ruta: Path, html: str, estilo: Estilo) -> None:
    """La ficha va antes que el PDF y los dos de una vez: quien halle el PDF lo halla entero y con ella."""
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


def _maestro() -> None:
    """Prepara letras y estilos una vez, se divide y reparte: un renglón de entrada por pieza, uno de salida."""
    datos = json.loads(sys.stdin.readline())
    estilo = Estilo(
        tuple((prefijo, carpeta) for prefijo, carpeta in datos["carpetas"]),
        tuple((nombre, valor) for nombre, valor in datos["variables"]),
    )
    aparejo(estilo)
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(datos["operarios"]) as operarios:
        for renglon in sys.stdin:
            operarios.apply_async(_una, (json.loads(renglon)["ruta"], estilo), callback=_contesta)
        # La entrada se cierra cuando ya se recogió todo, o porque quien pedía murió: lo que falte no se imprime.


def _una(nombre: str, estilo: Estilo) -> dict[str, str]:
    ruta = Path(nombre)
    html = ruta.with_suffix(".html")
    try:
        guardar(ruta, html.read_text(encoding="utf-8"), estilo)
        html.unlink()
    except Exception as error:  # la falla viaja a quien pidió la pieza
        return {"ruta": nombre, "error": f"{type(error).__name__}: {error}"}
    return {"ruta": nombre, "error": ""}


def _contesta(hecha: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(hecha) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _maestro()
