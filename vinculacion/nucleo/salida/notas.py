"""Notas al pie de la narrativa: ``[^1]`` en el texto y, en su renglón, ``[^1]: lo que dice``."""

import re

_DEFINICION = re.compile(r"^[ ]{0,3}\[\^([\w-]+)\]:[ \t]*(\S.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
_LLAMADA = re.compile(r"\[\^([\w-]+)\]")
# Señales que el Markdown deja pasar; son de uso privado y ningún texto capturado las conserva.
ABRE, CIERRA = "\ue000", "\ue001"
MARCA = re.compile(f"{ABRE}(\\d+)(r?){CIERRA}")


def separar(texto: str) -> tuple[str, list[str]]:
    """El texto con una señal en cada llamada, y lo que dice cada nota en el orden en que se llama.

    Una llamada sin nota, o una nota a la que nadie llama, se quedan a la vista como se escribieron.
    """
    texto = texto.replace("\r\n", "\n").replace(ABRE, "").replace(CIERRA, "")
    definidas = {clave: re.sub(r"\s*\n\s*", " ", dice).strip() for clave, dice in _DEFINICION.findall(texto)}
    llamadas = {c for c in _LLAMADA.findall(_DEFINICION.sub("", texto)) if c in definidas}
    orden: list[str] = []

    def marca(hallada: re.Match) -> str:
        clave = hallada[1]
        if clave not in llamadas:
            return f"\\[^{clave}\\]"  # sin la barra, Markdown lo tomaría por la dirección de un enlace
        repetida = "r" if clave in orden else ""
        if not repetida:
            orden.append(clave)
        return f"{ABRE}{orden.index(clave) + 1}{repetida}{CIERRA}"

    cuerpo = _DEFINICION.sub(lambda d: "" if d[1] in llamadas else d[0], texto)
    return _LLAMADA.sub(marca, cuerpo), [definidas[clave] for clave in orden]


def faltas(texto: str) -> list[str]:
    """Lo que un lector notaría: llamadas sin nota y notas sin llamada."""
    texto = texto.replace("\r\n", "\n")
    claves = [clave for clave, _ in _DEFINICION.findall(texto)]
    llamadas = list(dict.fromkeys(_LLAMADA.findall(_DEFINICION.sub("", texto))))
    return [
        *(f"La llamada [^{c}] no tiene su nota al pie." for c in llamadas if c not in claves),
        *(f"Nadie llama a la nota al pie [^{c}]." for c in dict.fromkeys(claves) if c not in llamadas),
        *(f"La nota al pie [^{c}] está dos veces." for c in dict.fromkeys(claves) if claves.count(c) > 1),
    ]
