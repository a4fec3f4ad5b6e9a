"""Las marcas de una plantilla de opinión: qué nombres valen y cómo se llenan.

Es un reemplazo propio, de una sola pasada: lo que trae un dato nunca se lee como marca ni como formato.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from vinculacion.comision.minutas.redaccion import llano
from vinculacion.nucleo.palabras import enumera


class Marca(NamedTuple):
    dice: str
    ejemplo: str


MARCAS: dict[str, Marca] = {
    "instrumento": Marca("título del instrumento", "Convenio de apoyo y colaboración con la Universidad del Valle"),
    "folio": Marca("folio del instrumento", "IECM/CONV/012/2026"),
    "tipo": Marca("tipo de instrumento", "Apoyo y colaboración"),
    "contrapartes": Marca("contrapartes", "Universidad del Valle"),
    "objeto": Marca("objeto", "Organizar cursos de educación cívica"),
    "areas": Marca("áreas responsables", "Dirección Ejecutiva de Educación Cívica"),
    "vigencia": Marca("vigencia y cómo la dice el instrumento", "hasta el 31 de diciembre de 2027"),
    "solicitada": Marca("fecha de la solicitud", "2 de marzo de 2026"),
    "numero": Marca("número de la opinión", "IECM/OP/007/2026"),
    "fecha": Marca("fecha de emisión", "13 de marzo de 2026"),
    "sentido": Marca("sentido de la opinión", "favorable"),
}
_MARCA = re.compile(r"\{\{([^{}\n]{0,80})\}\}")


def errores(texto: str) -> list[str]:
    """Lo que no es una marca que se pueda llenar, nombrado; vacío si todo vale."""
    desconocidas = dict.fromkeys(n for m in _MARCA.finditer(texto) if (n := m[1].strip()) not in MARCAS)
    fallas = [f"No hay una marca {{{{ {n} }}}}." for n in desconocidas]
    resto = _MARCA.sub("", texto)
    if "{{" in resto or "}}" in resto:
        fallas.append("Hay una marca sin abrir o sin cerrar: se escribe {{ instrumento }}, en un solo renglón.")
    if fallas:
        fallas.append(f"Las que hay son {enumera(MARCAS)}.")
    return fallas


def llenar(texto: str, valores: Mapping[str, str]) -> str:
    """Pone los valores; la marca que no está en ``valores`` se queda escrita."""
    return _MARCA.sub(lambda m: sin_formato(valores[n]) if (n := m[1].strip()) in valores else m[0], texto)


def sin_formato(dato: str) -> str:
    """Un dato capturado va en un renglón y ni sus asteriscos ni sus llaves quieren decir nada."""
    return llano(" ".join(dato.split())).replace("{", "\\{").replace("}", "\\}")
