"""Con qué se mide: medianas alternadas, exponentes y memoria de un proceso y sus hijos."""

import math
import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def aviso(texto: str) -> None:
    print(texto, file=sys.stderr, flush=True)


def segundos(funcion: Callable[[], object]) -> float:
    inicio = time.perf_counter()
    funcion()
    return time.perf_counter() - inicio


def alternadas(
    funciones: Mapping[str, Callable[[], object]],
    vueltas: int,
    antes: Mapping[str, Callable[[], object]] | None = None,
) -> dict[str, float]:
    """La mediana de cada una, en segundos; se turnan, para que lo que estorbe al equipo estorbe a todas.

    ``antes``: cómo dejar las cosas para cada una; no se cuenta.
    """
    tomadas: dict[str, list[float]] = {nombre: [] for nombre in funciones}
    for vuelta in range(vueltas):
        nombres = list(funciones)
        for nombre in nombres if vuelta % 2 == 0 else reversed(nombres):
            if preparar := (antes or {}).get(nombre):
                preparar()
            tomadas[nombre].append(segundos(funciones[nombre]))
    return {nombre: statistics.median(tiempos) for nombre, tiempos in tomadas.items()}


def exponente(tamanos: Sequence[float], medidas: Sequence[float]) -> float:
    """La pendiente de la recta que mejor ajusta log(medida) contra log(tamaño): 1 es proporcional."""
    x, y = [math.log(t) for t in tamanos], [math.log(m) for m in medidas]
    return round(statistics.linear_regression(x, y).slope, 3)


class Memoria:
    """La mayor memoria residente (MB) del proceso y sus hijos mientras dura el ``with``."""

    def __enter__(self):
        self.mayor, self._sigue = 0.0, True
        self._hilo = threading.Thread(target=self._mira, daemon=True)
        self._hilo.start()
        return self

    def __exit__(self, *_error) -> None:
        self._sigue = False
        self._hilo.join()

    def _mira(self) -> None:
        while self._sigue:
            self.mayor = max(self.mayor, sum(map(_residente, _descendientes("self"))))
            time.sleep(0.05)


def _descendientes(pid: str) -> list[str]:
    suyos = [pid]
    for hilo in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for hijo in hilo.read_text().split():
                suyos += _descendientes(hijo)
        except OSError:  # terminó mientras se miraba
            continue
    return suyos


def _residente(pid: str) -> float:
    """Lo suyo y su parte de lo compartido: un hijo que nace por división no cuenta dos veces lo de su padre."""
    try:
        for renglon in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if renglon.startswith("Pss:"):
                return int(renglon.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
