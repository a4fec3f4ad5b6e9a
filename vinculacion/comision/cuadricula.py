"""La cuadrícula de asistencia en pantalla: se pinta, se lee de vuelta y se compara con lo guardado.

Cada sesión lleva escondidas su versión y lo que la persona tenía a la vista; así se
distingue lo que ella cambió de lo que otra guardó mientras tanto.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from . import consultas
from .acciones import AsistenciaCambiada, registrar_asistencia
from .estados import ASISTIERON, EstadoDeAsistencia
from .models import Integracion, Sesion

PRESENTE, AUSENTE = EstadoDeAsistencia.PRESENTE, EstadoDeAsistencia.AUSENTE
JUSTIFICADA, SUPLENTE = EstadoDeAsistencia.JUSTIFICADA, EstadoDeAsistencia.SUPLENTE
LEGIBLE = {
    PRESENTE: "presente",
    AUSENTE: "ausente",
    JUSTIFICADA: "ausencia justificada",
    SUPLENTE: "asistió quien suple",
    "": "sin anotar",
}


@dataclass
class Celda:
    sesion: Sesion
    capacidad: Integracion
    guardada: str | None  # estado en la base; None si no integraba la comisión ese día
    estado: str = ""  # lo que se enseña marcado
    nota: str = ""  # el motivo de la ausencia, o quién suplió
    choca: str = ""  # lo que otra persona guardó, si no es lo que aquí se marcó
    nota_guardada: str = ""

    def __post_init__(self) -> None:
        self.nota_guardada = self.nota

    @property
    def distinta(self) -> bool:
        return (self.guardada, self.nota_guardada) != (self.estado, self.nota)

    @property
    def legible(self) -> str:
        """Lo guardado, con su nota."""
        return LEGIBLE[self.guardada or ""] + (f" ({self.nota_guardada})" if self.nota_guardada else "")

    @property
    def clave(self) -> str:
        return f"{self.sesion.pk}-{self.capacidad.pk}"

    @property
    def integra(self) -> bool:
        return self.guardada is not consultas.NO_INTEGRABA

    @property
    def presente(self) -> bool:
        return self.estado == PRESENTE

    @property
    def justificada(self) -> bool:
        return self.estado == JUSTIFICADA

    @property
    def suplente(self) -> bool:
        return self.estado == SUPLENTE

    @property
    def asistio(self) -> bool:
        return self.estado in ASISTIERON


@dataclass
class Encabezado:
    """Una sesión de la cuadrícula con sus cuentas."""

    sesion: Sesion
    presentes: int
    total: int
    antes: str


@dataclass
class Cuadricula:
    """``detallada`` pide también quién justificó, quién mandó suplente y la nota; es para una sola sesión."""

    sesiones: Sequence[Sesion]
    detallada: bool = False
    filas: list[tuple[Integracion, list[Celda]]] = field(init=False)
    errores: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        notas: dict[tuple[int, int], str] = {}
        self.filas = [
            (
                capacidad,
                [
                    Celda(s, capacidad, marca, marca or "", notas.get((s.pk, capacidad.pk), ""))
                    for s, marca in zip(self.sesiones, marcas, strict=True)
                ],
            )
            for capacidad, marcas in consultas.matriz_de_asistencia(self.sesiones, notas)
        ]
        self.chocan = False

    @property
    def encabezados(self) -> list[Encabezado]:
        todos = []
        for n, sesion in enumerate(self.sesiones):
            celdas = [fila[n] for _, fila in self.filas if fila[n].integra]
            antes = ",".join(f"{c.capacidad.pk}:{c.guardada}" for c in celdas if c.guardada)
            todos.append(Encabezado(sesion, sum(c.asistio for c in celdas), len(celdas), antes))
        return todos

    @property
    def cuentas(self) -> list[tuple[Integracion, list[Celda], int, int]]:
        """Cada fila con sus asistencias y las sesiones ya anotadas en que integraba la comisión."""
        return [
            (capacidad, celdas, sum(c.asistio for c in celdas), sum(bool(c.guardada) for c in celdas))
            for capacidad, celdas in self.filas
        ]

    def guardar(self, datos: Mapping[str, str], por) -> int:
        """Guarda las sesiones que cambiaron y dice cuántas; si algo no vale o choca no guarda ninguna.

        Al fallar quedan ``errores`` o ``chocan`` y la cuadrícula enseña lo que la persona marcó.
        """
        guardadas = 0
        try:
            with transaction.atomic():
                for n, sesion in enumerate(self.sesiones):
                    guardadas += self._guardar_sesion(n, sesion, datos, por)
                if self.errores or self.chocan:
                    transaction.set_rollback(True)
        except ValidationError as error:
            self.errores += error.messages
        return 0 if self.errores or self.chocan else guardadas

    def _guardar_sesion(self, n: int, sesion: Sesion, datos: Mapping[str, str], por) -> bool:
        version = datos.get(f"v-{sesion.pk}", "")
        if not version:
            return False  # la sesión no estaba en la página que se envió
        antes = _lee_antes(datos.get(f"antes-{sesion.pk}", ""))
        celdas = [fila[n] for _, fila in self.filas if fila[n].integra]
        estados: dict[int, str] = {}
        notas: dict[int, str] = {}
        suyas = []
        for celda in celdas:
            previo = antes.get(celda.capacidad.pk, "")
            estado, nota = self._pedido(celda, previo, datos)
            # Contra la nota que la persona tenía a la vista: la de ahora pudo escribirla otra.
            nota_previa = datos.get(f"a-{celda.clave}", celda.nota_guardada) if self.detallada else nota
            if (estado, nota) != (previo or AUSENTE, nota_previa):
                suyas.append(celda)
                celda.estado, celda.nota = estado, nota
            estados[celda.capacidad.pk] = estado
            notas[celda.capacidad.pk] = nota
        falta_anotar = self.detallada and any(c.guardada == "" for c in celdas)
        if (not suyas and not falta_anotar) or self.errores:
            return False
        try:
            registrar_asistencia(
                sesion=sesion,
                estados=estados,
                motivos={pk: nota for pk, nota in notas.items() if estados[pk] != SUPLENTE},
                suplentes={pk: nota for pk, nota in notas.items() if estados[pk] == SUPLENTE},
                por=por,
                version=int(version) if _es_numero(version) else -1,
            )
        except AsistenciaCambiada:
            self.chocan = True
            for celda in suyas:
                if celda.distinta:
                    celda.choca = celda.legible
            return False
        return True

    def _pedido(self, celda: Celda, previo: str, datos: Mapping[str, str]) -> tuple[str, str]:
        presente = f"p-{celda.clave}" in datos
        if not self.detallada:
            # Aquí sólo se marca quién vino: lo justificado o suplido lo sigue siendo si no se cambia la marca.
            sigue = (previo == JUSTIFICADA and not presente) or (previo == SUPLENTE and presente)
            return (previo if sigue else PRESENTE if presente else AUSENTE), celda.nota if sigue else ""
        justificada, suplente = f"j-{celda.clave}" in datos, f"s-{celda.clave}" in datos
        nota = datos.get(f"m-{celda.clave}", "").replace("\x00", "").strip()
        if presente and justificada:
            self.errores.append(f"{celda.capacidad}: no puede estar presente y justificar su ausencia.")
        elif suplente and (presente or justificada):
            self.errores.append(f"{celda.capacidad}: si asistió quien suple, no marque otra cosa.")
        elif nota and not justificada and not suplente:
            self.errores.append(
                f"{celda.capacidad}: la nota es el motivo de una ausencia justificada o quién suple; marque cuál."
            )
        return (JUSTIFICADA if justificada else SUPLENTE if suplente else PRESENTE if presente else AUSENTE), nota


def _lee_antes(texto: str) -> dict[int, str]:
    pares = (par.split(":", 1) for par in texto.split(",") if ":" in par)
    return {int(clave): estado for clave, estado in pares if _es_numero(clave)}


def _es_numero(texto: str) -> bool:
    """Una llave o versión posible; lo demás no salió de esta página."""
    return texto.isdecimal() and len(texto) <= 18
