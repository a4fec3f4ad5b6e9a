from .documentos import Aceptacion, Apartado, ImagenDeApartado, Informe, Plantilla, Renglon, UsoDeSeccion
from .identidad import Identidad
from .revision import Edicion, Observacion
from .versiones import ArchivoDeVersion, Trabajo, VersionDeInforme

__all__ = [
    "Aceptacion",
    "Apartado",
    "ArchivoDeVersion",
    "Edicion",
    "Identidad",
    "ImagenDeApartado",
    "Informe",
    "Observacion",
    "Plantilla",
    "Renglon",
    "Trabajo",
    "UsoDeSeccion",
    "VersionDeInforme",
]
