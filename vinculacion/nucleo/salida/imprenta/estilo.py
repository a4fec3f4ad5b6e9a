"""Con qué se imprime: las hojas de estilo, dónde están y lo que cambia de un documento a otro.

Sin WeasyPrint, que tarda medio segundo en leerse: quien sólo encarga no lo necesita.
"""

from dataclasses import dataclass
from pathlib import Path

# Dirección que no existe en ningún disco: el lector la traduce al estático de ese nombre.
RAIZ = "file:///estaticos/"
HOJAS = ("css/letra-impresa.css", "css/informe.css", "css/informe-impreso.css")

Carpetas = tuple[tuple[str, str], ...]  # (prefijo, carpeta), en el orden en que se busca


@dataclass(frozen=True)
class Estilo:
    """Lo que cambia de un documento a otro y no es su contenido: ``variables`` de CSS y dónde están los estáticos.

    ``huella``: la de las hojas de estilo tal como están en el disco; si cambian, se vuelven a leer.
    """

    carpetas: Carpetas
    variables: tuple[tuple[str, str], ...] = ()
    huella: str = ""

    @property
    def css(self) -> str:
        return ":root {" + "".join(f" --{nombre}: {valor};" for nombre, valor in self.variables) + " }"


def ruta_estatica(nombre: str, carpetas: Carpetas) -> Path:
    """El archivo de un estático. ``ValueError`` si se sale de su carpeta; ``FileNotFoundError`` si no está."""
    for prefijo, carpeta in carpetas:
        if prefijo and not nombre.startswith(f"{prefijo}/"):
            continue
        base = Path(carpeta).resolve()
        ruta = (base / nombre.removeprefix(prefijo).lstrip("/")).resolve()
        if not ruta.is_relative_to(base):
            # node_modules puede ser un enlace; fuera de él no se sale.
            raise ValueError(f"Nombre de estático inválido: {nombre}")
        if ruta.is_file():
            return ruta
    raise FileNotFoundError(f"Falta el estático «{nombre}».")
