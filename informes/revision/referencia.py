"""La respuesta a una observación dice al final qué apartado cambió, y desde ahí se llega a él."""

import re

from ..models import Apartado

_REFERENCIA = re.compile(r"\s*Véase: «(?P<titulo>.*)» \(apartado-(?P<pk>\d{1,18})\)\s*\Z", re.S)


def con_referencia(texto: str, apartado: Apartado | None) -> str:
    texto = texto.strip()
    return texto if apartado is None else f"{texto}\n\nVéase: «{apartado.titulo}» (apartado-{apartado.pk})"


def separar(respuesta: str) -> tuple[str, str, int | None]:
    """(texto, título del apartado que cambió, su llave); sin referencia, ``""`` y ``None``."""
    hallada = _REFERENCIA.search(respuesta)
    if hallada is None:
        return respuesta, "", None
    return respuesta[: hallada.start()], hallada["titulo"], int(hallada["pk"])


def escrita(respuesta: str) -> str:
    """Como se lee en papel, sin la dirección."""
    texto, titulo, _ = separar(respuesta)
    return f"{texto}\nVéase «{titulo}»." if titulo else texto
