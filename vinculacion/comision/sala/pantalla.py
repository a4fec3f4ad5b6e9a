"""La página de la sala: lo guardado y, encima, lo que alguien envió y no valió."""

import hashlib
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.functional import cached_property

from vinculacion.nucleo.periodos import hoy

from .. import reglas as de_la_comision
from ..consultas import integracion_en
from ..estados import ASISTIERON, REALIZADAS, EstadoDeAsistencia, EstadoDeSesion, Resolucion, Solicitud
from ..models import Acuerdo, Asistencia, Integracion, Punto, Sesion, Voto
from ..reglas import CON_VOTO
from . import consultas, reglas
from .acciones import firma_de

ASISTENCIAS = [
    (EstadoDeAsistencia.PRESENTE, "Presente"),
    (EstadoDeAsistencia.AUSENTE, "Ausente"),
    (EstadoDeAsistencia.JUSTIFICADA, "Justificó"),
    (EstadoDeAsistencia.SUPLENTE, "Suplente"),
]
NO_VOTO = "no_voto"
SENTIDOS = [("favor", "A favor"), ("contra", "En contra"), ("abstencion", "Abstención"), (NO_VOTO, "No votó")]


def huella(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()[:16]


@dataclass
class Fallo:
    """Qué envío no valió (``donde``), por qué y lo que llevaba escrito."""

    donde: str
    errores: list[str]
    datos: dict[str, str] = field(default_factory=dict)
    duda: bool = False  # se puede confirmar
    choque: bool = False  # otra persona guardó otra cosa


@dataclass
class Fila:
    """Una capacidad en la lista de asistencia."""

    capacidad: Integracion
    asistencia: Asistencia | None
    fallo: Fallo | None = None

    @property
    def vota(self) -> bool:
        return self.capacidad.rol in CON_VOTO

    @property
    def estado(self) -> str:
        if self.fallo and not self.fallo.choque:
            return self.fallo.datos.get("estado", "")
        return self.asistencia.estado if self.asistencia else ""

    @property
    def nota(self) -> str:
        if self.fallo and "nota" in self.fallo.datos:
            return self.fallo.datos["nota"]
        return (self.asistencia.motivo or self.asistencia.suplente) if self.asistencia else ""

    @property
    def etiqueta_nota(self) -> str:
        """Qué se escribe junto a su estado; vacía si nada."""
        return {"justificada": "Motivo", "suplente": "Quién suple"}.get(self.estado, "")

    @property
    def antes(self) -> str:
        return firma_de(self.asistencia)


@dataclass
class PuntoTratado:
    punto: Punto
    votacion: consultas.Votacion
    presentes: list[Integracion]
    abierto: bool
    fallo: Fallo | None = None
    fallo_nota: Fallo | None = None

    @property
    def pide_aprobacion(self) -> bool:
        return self.punto.solicitud == Solicitud.APROBACION

    @property
    def por_votar(self) -> bool:
        return self.pide_aprobacion and not self.punto.resolucion and not self.votacion.total

    @property
    def boletas(self) -> list[tuple[Integracion, str]]:
        """Cada quien con lo que se le había marcado, si el envío no valió."""
        datos = self.fallo.datos if self.fallo else {}
        return [(i, datos.get(f"voto-{i.pk}", "")) for i in self.presentes]

    @property
    def razon(self) -> str:
        return self.fallo.datos.get("nota", "") if self.fallo else ""

    @property
    def con_cambios(self) -> bool:
        return bool(self.fallo and self.fallo.datos.get("con_cambios"))

    @property
    def texto(self) -> str:
        return self.fallo_nota.datos["intervenciones"] if self.fallo_nota else self.punto.intervenciones

    @property
    def antes(self) -> str:
        """Huella de la nota que la persona tenía a la vista: si chocó, sigue siendo la suya."""
        return self.fallo_nota.datos["antes"] if self.fallo_nota else self.huella

    @property
    def huella(self) -> str:
        return huella(self.punto.intervenciones)


class Pantalla:
    """Todo lo que la página enseña, en consultas constantes."""

    sentidos = SENTIDOS
    asistencias = ASISTENCIAS
    de_empate = [(r.value, r.label) for r in Resolucion if r in reglas.DE_VOTACION]

    def __init__(self, sesion: Sesion, fallo: Fallo | None = None):
        self.sesion, self.fallo = sesion, fallo
        self.fallos = {fallo.donde: fallo} if fallo else {}

    @cached_property
    def filas(self) -> list[Fila]:
        anotadas = {a.integracion_id: a for a in self.sesion.asistencias.all()}
        return [
            Fila(c, anotadas.get(c.pk), self.fallos.get(f"fila-{c.pk}"))
            for c in integracion_en(self.sesion.comision, self.sesion.fecha)
        ]

    @cached_property
    def puntos(self) -> list[PuntoTratado]:
        puntos = list(
            self.sesion.puntos.select_related("tema").prefetch_related(
                "evidencias",
                Prefetch("acuerdos", Acuerdo.objects.order_by("folio")),
                Prefetch("votos", Voto.objects.select_related("integracion").order_by("integracion__orden", "pk")),
            )
        )
        cuentas = consultas.votaciones(puntos)
        asisten = [f.capacidad for f in self.filas if f.vota and f.asistencia and f.asistencia.estado in ASISTIERON]
        return [
            PuntoTratado(
                p,
                cuentas.get(p.pk, consultas.Votacion()),
                asisten,
                not self.impedimentos,
                self.fallos.get(f"punto-{p.pk}"),
                self.fallos.get(f"nota-{p.pk}"),
            )
            for p in puntos
        ]

    @cached_property
    def quorum(self) -> consultas.Quorum:
        return consultas.quorum(self.sesion)

    @cached_property
    def impedimentos(self) -> list[str]:
        return reglas.impedimentos_para_tratar(self.sesion)

    @cached_property
    def impedimentos_lista(self) -> list[str]:
        return de_la_comision.impedimentos_para_asistencia(self.sesion, hoy())

    @cached_property
    def pendientes(self) -> list[str]:
        return reglas.advertencias_para_terminar(self.sesion) if self.empezada else []

    @property
    def en_curso(self) -> bool:
        return self.sesion.estado == EstadoDeSesion.EN_CURSO

    @property
    def empezada(self) -> bool:
        return self.sesion.estado in REALIZADAS

    @property
    def por_iniciar(self) -> bool:
        return not self.en_curso and not reglas.impedimentos_para_iniciar(self.sesion)

    @property
    def sin_anotar(self) -> int:
        return sum(f.asistencia is None for f in self.filas)

    # Lo que cada envío refresca además de lo suyo. Los formularios se quedan y sólo cambia lo de dentro:
    # un toque que espera su turno no pierde el formulario del que salió.
    @cached_property
    def refresca_lista(self) -> str:
        return _por_dentro(
            "sala-quorum", "sala-cierre", "sala-demas", *(f"votos-{p.punto.pk}" for p in self.puntos if p.por_votar)
        )

    @cached_property
    def refresca_todas(self) -> str:
        return _por_dentro(*(f"fila-{f.capacidad.pk}" for f in self.filas)) + "," + self.refresca_lista


def _por_dentro(*claves: str) -> str:
    return ",".join(f"{clave}:innerHTML" for clave in claves)
