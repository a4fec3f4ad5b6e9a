"""Lo que se pregunta muchas veces mientras se arma un documento se consulta una sola vez.

Fuera de ``memoria()`` nada se recuerda: una página nunca ve lo que otra leyó.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_memoria: ContextVar[dict[Any, Any] | None] = ContextVar("memoria", default=None)


@contextmanager
def memoria() -> Iterator[None]:
    """Mientras dure, cada función ``recordada`` contesta lo mismo a la misma pregunta."""
    if _memoria.get() is not None:
        yield
        return
    sello = _memoria.set({})
    try:
        yield
    finally:
        _memoria.reset(sello)


def recordando() -> bool:
    return _memoria.get() is not None


def recordada(funcion: Callable[P, R]) -> Callable[P, R]:
    """Para consultas cuyos argumentos se pueden comparar y cuya respuesta nadie modifica."""

    @wraps(funcion)
    def envuelta(*args: P.args, **kwargs: P.kwargs) -> R:
        recuerdos = _memoria.get()
        if recuerdos is None:
            return funcion(*args, **kwargs)
        llave = (funcion, args, tuple(sorted(kwargs.items())))
        if llave not in recuerdos:
            recuerdos[llave] = funcion(*args, **kwargs)
        return recuerdos[llave]

    return envuelta
