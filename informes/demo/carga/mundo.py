"""Lo que ya se cargó, para nombrarlo por su clave sin volver a preguntar a la base."""

from collections.abc import Callable
from dataclasses import dataclass, field

from convenios.models import Convenio
from observacion.models import IntegranteRed
from programas.models import Accion, TipoActividad
from vinculacion.comision.models import Sesion, Tema
from vinculacion.cuentas.models import Usuario
from vinculacion.directorio.models import Area, Organismo


@dataclass
class Mundo:
    avisar: Callable[[str], None]
    personas: dict[str, Usuario] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    organismos: dict[str, Organismo] = field(default_factory=dict)
    temas: dict[str, Tema] = field(default_factory=dict)
    sesiones: dict[tuple[str, int, int], Sesion] = field(default_factory=dict)
    acciones: dict[str, Accion] = field(default_factory=dict)
    tipos: dict[str, TipoActividad] = field(default_factory=dict)
    integrantes: dict[str, IntegranteRed] = field(default_factory=dict)
    convenios: dict[str, Convenio] = field(default_factory=dict)

    @property
    def captura(self) -> Usuario:
        return self.personas["captura"]

    @property
    def direccion(self) -> Usuario:
        return self.personas["direccion"]

    @property
    def secretaria(self) -> Usuario:
        return self.personas["secretaria"]
