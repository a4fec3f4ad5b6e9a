"""Las cuentas de la comisión. Todas parten de una lista de sesiones celebradas y hacen consultas constantes.

La página, los informes y las hojas de cálculo dicen lo mismo porque lo preguntan aquí.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from vinculacion.comision import consultas
from vinculacion.comision.estados import (
    ASISTIERON,
    EstadoDeAcuerdo,
    EstadoDeAsistencia,
    Resolucion,
    SentidoDelVoto,
    Solicitud,
    TipoDeSesion,
)
from vinculacion.comision.models import Acuerdo, Integracion, Punto, Sesion, Tema, Voto
from vinculacion.comision.reglas import CON_VOTO
from vinculacion.comision.sala.consultas import votaciones as votaciones_de
from vinculacion.directorio.models import Area
from vinculacion.nucleo.cuadros import Cruce, porcentaje
from vinculacion.nucleo.texto import llano

Marca = str | None

# Quien ocupa dos capacidades a la vez cuenta por la que más dice.
_PESO = (
    EstadoDeAsistencia.PRESENTE,
    EstadoDeAsistencia.SUPLENTE,
    EstadoDeAsistencia.JUSTIFICADA,
    EstadoDeAsistencia.AUSENTE,
    consultas.SIN_ANOTAR,
)


# -- asistencia ----------------------------------------------------------------


@dataclass(frozen=True)
class Participacion:
    """Cómo asistió alguien a las sesiones celebradas mientras integraba la comisión."""

    nombre: str
    capacidades: tuple[Integracion, ...]
    marcas: tuple[str, ...]

    def _cuantas(self, *estados: str) -> int:
        return sum(marca in estados for marca in self.marcas)

    @property
    def sesiones(self) -> int:
        return len(self.marcas)

    @property
    def asistio(self) -> int:
        return self._cuantas(*ASISTIERON)

    @property
    def por_suplente(self) -> int:
        return self._cuantas(EstadoDeAsistencia.SUPLENTE)

    @property
    def justificadas(self) -> int:
        return self._cuantas(EstadoDeAsistencia.JUSTIFICADA)

    @property
    def ausentes(self) -> int:
        return self._cuantas(EstadoDeAsistencia.AUSENTE)

    @property
    def sin_anotar(self) -> int:
        return self._cuantas(consultas.SIN_ANOTAR)

    @property
    def anotadas(self) -> int:
        return self.sesiones - self.sin_anotar

    @property
    def porcentaje(self) -> Decimal | None:
        """De las sesiones de su periodo cuya lista ya se pasó: lo que no se ha anotado no es una falta."""
        return porcentaje(self.asistio, self.anotadas)

    @property
    def calidades(self) -> tuple[str, ...]:
        """En el orden en que las tuvo."""
        en_orden = sorted(self.capacidades, key=lambda c: c.desde)
        return tuple(dict.fromkeys(str(c.get_rol_display()) for c in en_orden))


def participacion_por_capacidad(sesiones: Sequence[Sesion]) -> list[Participacion]:
    """Una por renglón de la integración, en orden de protocolo."""
    matriz = consultas.matriz_de_asistencia(sesiones)
    nombres = _distintos([capacidad for capacidad, _ in matriz])
    return [
        Participacion(nombres[c.pk], (c,), tuple(m for m in fila if m is not consultas.NO_INTEGRABA))
        for c, fila in matriz
    ]


def participacion_por_persona(sesiones: Sequence[Sesion]) -> list[Participacion]:
    """Junta las capacidades de una misma persona u oficina; a una sesión se asiste una vez."""
    grupos: dict[Hashable, list[tuple[Integracion, list[Marca]]]] = {}
    for capacidad, fila in consultas.matriz_de_asistencia(sesiones):
        grupos.setdefault(quien(capacidad), []).append((capacidad, fila))
    nombres = _nombres_de([capacidad for suyas in grupos.values() for capacidad, _ in suyas])
    juntas = []
    for suyas in grupos.values():
        por_sesion = zip(*(fila for _, fila in suyas), strict=True)
        mejores = (_la_que_mas_dice(marcas) for marcas in por_sesion)
        capacidades = tuple(capacidad for capacidad, _ in suyas)
        nombre = nombres(capacidades)
        juntas.append(Participacion(nombre, capacidades, tuple(m for m in mejores if m is not consultas.NO_INTEGRABA)))
    return juntas


def quien(capacidad: Integracion) -> Hashable:
    """Lo que identifica a quien se sienta: la persona si se sabe, si no el partido, el área o el nombre."""
    if capacidad.persona.strip():
        return " ".join(llano(capacidad.persona).split())
    if capacidad.organismo_id:
        return ("organismo", capacidad.organismo_id)
    if capacidad.area_id:
        return ("area", capacidad.area_id)
    return " ".join(llano(capacidad.nombre).split())


def _la_que_mas_dice(marcas: Iterable[Marca]) -> Marca:
    presentes = set(marcas)
    return next((marca for marca in _PESO if marca in presentes), consultas.NO_INTEGRABA)


def _con_persona(capacidad: Integracion) -> str:
    return f"{capacidad.nombre}: {capacidad.persona}" if capacidad.persona else capacidad.nombre


def _distintos(capacidades: Sequence[Integracion]) -> dict[int, str]:
    """Quienes ocuparon la misma capacidad uno tras otro se distinguen por sus fechas."""
    veces = Counter(map(_con_persona, capacidades))
    nombres = {}
    for c in capacidades:
        nombre = _con_persona(c)
        hasta = f"al {c.hasta:%d/%m/%Y}" if c.hasta else "en adelante"
        nombres[c.pk] = nombre if veces[nombre] == 1 else f"{nombre} ({c.desde:%d/%m/%Y} {hasta})"
    return nombres


def _nombres_de(capacidades: Iterable[Integracion]):
    areas = Area.objects.in_bulk({c.area_id for c in capacidades if c.area_id})

    def nombre(suyas: tuple[Integracion, ...]) -> str:
        """El de su única capacidad; si ocupó varias, el de la persona u oficina."""
        primera = suyas[0]
        if primera.persona:
            return primera.persona
        nombres = list(dict.fromkeys(c.nombre for c in suyas))
        if len(nombres) > 1 and not primera.organismo_id and primera.area_id in areas:
            return areas[primera.area_id].nombre
        return nombres[-1]

    return nombre


def porcentaje_de_asistencia(sesiones: Sequence[Sesion], roles: Iterable[str] = CON_VOTO) -> Decimal | None:
    """De todas las veces que debían estar quienes tienen esa calidad, en cuántas estuvieron."""
    suyas = [p for p in participacion_por_capacidad(sesiones) if p.capacidades[0].rol in roles]
    return porcentaje(sum(p.asistio for p in suyas), sum(p.anotadas for p in suyas))


# -- sesiones y puntos ---------------------------------------------------------


def sesiones_por_tipo(sesiones: Sequence[Sesion]) -> Cruce:
    """Año en que se celebraron × tipo."""
    cuentas = Counter((s.fecha.year, s.tipo) for s in sesiones)
    return Cruce(_anios(sesiones), tuple(TipoDeSesion.values), cuentas)


def puntos_por_tema(sesiones: Sequence[Sesion], *, con_tramite: bool = True) -> Cruce:
    """Tema (``None``: sin tema) × año; primero los temas con más puntos."""
    anio_de = {s.pk: s.fecha.year for s in sesiones}
    consulta = consultas.puntos_de(sesiones, con_tramite=con_tramite).order_by()
    cuentas: Counter = Counter()
    for tema, sesion, n in consulta.values_list("tema", "sesion").annotate(n=Count("pk")):
        cuentas[tema, anio_de[sesion]] += n
    temas = Tema.objects.in_bulk({tema for tema, _ in cuentas if tema})
    return _por_frecuencia(cuentas, temas, _anios(sesiones))


def _por_frecuencia(cuentas: Counter, objetos: dict, columnas: tuple) -> Cruce:
    """Cambia las llaves por sus objetos; lo que no tiene va al final."""
    con_objetos = Counter({(objetos.get(fila), columna): n for (fila, columna), n in cuentas.items()})
    filas = {fila for fila, _ in con_objetos}
    totales = {fila: sum(con_objetos[fila, c] for c in columnas) for fila in filas}
    orden = sorted(filas, key=lambda f: (f is None, -totales[f], str(f)))
    return Cruce(tuple(orden), columnas, con_objetos)


def _anios(sesiones: Iterable[Sesion]) -> tuple[int, ...]:
    return tuple(sorted({s.fecha.year for s in sesiones}))


# -- acuerdos ------------------------------------------------------------------


@dataclass(frozen=True)
class Acuerdos:
    """Los tomados en unas sesiones, según en qué van hoy."""

    por_area: Cruce  # área responsable (None: sin área) × estado
    por_anio: Cruce  # estado × año de la sesión
    vencidos: dict[Area | None, int]

    @property
    def total(self) -> int:
        return self.por_area.total


def acuerdos_por_estado(sesiones: Sequence[Sesion], hoy: date | None = None) -> Acuerdos:
    anio_de = {s.pk: s.fecha.year for s in sesiones}
    acuerdos = consultas.acuerdos_de(sesiones).order_by()
    por_area: Counter = Counter()
    por_anio: Counter = Counter()
    for area, estado, sesion, n in acuerdos.values_list("area_responsable", "estado", "sesion").annotate(n=Count("pk")):
        por_area[area, estado] += n
        por_anio[estado, anio_de[sesion]] += n
    vencidos = Counter(consultas.vencidos(acuerdos, hoy).values_list("area_responsable", flat=True))
    areas = Area.objects.in_bulk({area for area, _ in por_area if area})
    estados = tuple(EstadoDeAcuerdo.values)
    return Acuerdos(
        _por_frecuencia(por_area, areas, estados),
        Cruce(estados, _anios(sesiones), por_anio),
        {areas.get(area): n for area, n in vencidos.items()},
    )


def cuantos_acuerdos(sesiones: Sequence[Sesion], estados: Iterable[str]) -> int:
    return Acuerdo.objects.filter(sesion__in=[s.pk for s in sesiones], estado__in=estados).count()


# -- votos ---------------------------------------------------------------------


@dataclass(frozen=True)
class Votos:
    """Lo que pasó con los puntos que pedían aprobación y cómo votó cada quien."""

    por_aprobar: int
    resoluciones: dict[str, int]  # Resolucion o "" (sin resolver)
    unanimes: int
    divididos: int
    por_integrante: list[tuple[str, dict[str, int]]]

    @property
    def votados(self) -> int:
        return self.unanimes + self.divididos

    @property
    def sin_votos(self) -> int:
        return self.por_aprobar - self.votados


def votos(sesiones: Sequence[Sesion]) -> Votos:
    puntos = list(Punto.objects.filter(sesion__in=[s.pk for s in sesiones], solicitud=Solicitud.APROBACION).order_by())
    resoluciones = Counter(p.resolucion for p in puntos)
    votaciones = votaciones_de(puntos).values()
    de_quien: dict[int, Counter] = {}
    emitidos = Voto.objects.filter(punto__in=[p.pk for p in puntos]).order_by()
    for integracion, sentido, n in emitidos.values_list("integracion", "sentido").annotate(n=Count("pk")):
        de_quien.setdefault(integracion, Counter())[sentido] = n
    integrantes = list(consultas.en_protocolo(Integracion.objects.filter(pk__in=de_quien)))
    nombres = _distintos(integrantes)
    unanimes = sum(v.unanime for v in votaciones)
    return Votos(
        por_aprobar=len(puntos),
        resoluciones={r: resoluciones[r] for r in (*Resolucion.values, "") if resoluciones[r]},
        unanimes=unanimes,
        divididos=len(votaciones) - unanimes,
        por_integrante=[(nombres[i.pk], {s: de_quien[i.pk][s] for s in SentidoDelVoto.values}) for i in integrantes],
    )
