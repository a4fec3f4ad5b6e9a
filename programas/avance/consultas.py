"""El avance de un plan en una fecha, visto por acción, eje, área y mes, y los registros detrás de cada cifra."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Max
from django.urls import reverse

from programas import consultas
from programas.consultas import Avance, AvanceDeAccion, AvanceDeEje, Semaforo
from programas.estados import EstadoDeActividad
from programas.metas.consultas import cumplimiento_ponderado
from programas.models import Accion, Candado, Eje, Programa
from vinculacion.directorio.models import Area
from vinculacion.nucleo.fuentes import FUENTES
from vinculacion.nucleo.periodos import Periodo, Trimestre

SIN_AREA = "Sin área responsable"


# -- el calendario ------------------------------------------------------------------
class Marca(Enum):
    """Qué pasó en un mes del calendario: su signo y su palabra, para no depender del color."""

    NADA = ("", "Nada programado ni registrado")
    HECHO = ("", "Programado y hecho")
    FALTA = ("×", "Programado y sin registros")
    CUBIERTO = ("–", "Programado en el trimestre y cubierto en otro mes")
    POR_VENIR = ("○", "Programado, por venir")
    FUERA = ("+", "Hecho fuera de lo programado")

    @property
    def signo(self) -> str:
        return self.value[0]

    @property
    def texto(self) -> str:
        return self.value[1]

    @property
    def clase(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Mes:
    numero: int
    alcanzado: int
    cuanto: int | None  # lo programado en el mes, si el plan lo dice
    marca: Marca


def calendario(renglon: AvanceDeAccion, fecha: date) -> tuple[Mes, ...]:
    """Los doce meses de una acción, como estaban en ``fecha``."""
    accion, anio = renglon.accion, renglon.accion.eje.programa.anio
    planeados = consultas.meses_programados(accion)
    meses = []
    for numero, alcanzado in enumerate(renglon.meses, 1):
        trimestre = Trimestre(anio, (numero + 2) // 3)
        if numero not in planeados:
            marca = Marca.FUERA if alcanzado else Marca.NADA
        elif alcanzado:
            marca = Marca.HECHO
        elif renglon.cubierto(trimestre.numero):
            marca = Marca.CUBIERTO
        else:
            # Si el plan no dice en qué mes, hay hasta el fin del trimestre.
            con_mes = accion.meses or planeados[numero]
            vence = Periodo.mes(anio, numero).fin if con_mes else trimestre.fin
            marca = Marca.FALTA if vence <= fecha else Marca.POR_VENIR
        meses.append(Mes(numero, alcanzado, planeados.get(numero), marca))
    return tuple(meses)


# -- acciones, y las mismas por eje y por área ------------------------------------------
@dataclass(frozen=True)
class Renglon:
    """Una acción en la fecha de corte."""

    avance: AvanceDeAccion
    luz: Semaforo
    meses: tuple[Mes, ...]

    @property
    def accion(self) -> Accion:
        return self.avance.accion

    def luces(self, fecha: date) -> list[Semaforo]:
        """La de cada trimestre; un plan que no dice cuánto no tiene ninguna."""
        if self.accion.programado is None:
            return [Semaforo.SIN_CANTIDAD] * 4
        anio = self.accion.eje.programa.anio
        return [
            consultas.luz_del_trimestre(cuenta, Trimestre(anio, n), fecha)
            for n, cuenta in enumerate(self.avance.avance.trimestres, 1)
        ]


@dataclass(frozen=True)
class Grupo:
    """Las acciones de un eje, de un área o de todo el plan.

    Las unidades sólo se suman si todas se miden en lo mismo: tres notas y dos convenios no son cinco de nada.
    """

    nombre: str
    renglones: tuple[Renglon, ...]
    luz: Semaforo | None = None
    cumplido: Decimal | None = None  # porciento de la meta del año
    eje: Eje | None = None

    @property
    def luces(self) -> list[tuple[Semaforo, int]]:
        """Cuántas acciones hay en cada luz, en el orden del semáforo."""
        cuantas = Counter(r.luz for r in self.renglones)
        return [(luz, cuantas[luz]) for luz in Semaforo if cuantas[luz]]

    @property
    def unidad(self) -> str:
        unidades = {r.accion.unidad for r in self.renglones if r.accion.programado is not None}
        return unidades.pop() if len(unidades) == 1 else ""

    @property
    def avance(self) -> Avance | None:
        """La suma, cuando tiene sentido."""
        if not self.unidad or any(r.accion.programado is None for r in self.renglones):
            return None
        return consultas.sumar(r.avance.avance for r in self.renglones)

    @property
    def por_validar(self) -> int:
        return sum(r.avance.por_validar for r in self.renglones)

    def meses(self, *marcas: Marca) -> int:
        return sum(m.marca in marcas for r in self.renglones for m in r.meses)

    @property
    def meses_hechos(self) -> int:
        return self.meses(Marca.HECHO, Marca.CUBIERTO)

    @property
    def meses_sin_registros(self) -> int:
        return self.meses(Marca.FALTA)


@dataclass(frozen=True)
class Panorama:
    """Un plan en ``fecha``; ``ejes`` y ``areas`` llevan sólo las acciones que pasaron el filtro."""

    programa: Programa
    fecha: date
    total: Grupo  # siempre el plan entero
    ejes: tuple[Grupo, ...]
    areas: tuple[Grupo, ...]
    con_pesos: bool

    @property
    def renglones(self) -> list[Renglon]:
        return [r for eje in self.ejes for r in eje.renglones]


def panorama(
    programa: Programa, fecha: date, *, eje: int | None = None, area: str = "", luz: Semaforo | None = None
) -> Panorama:
    """Lo que enseñan la página, la hoja y la sección, en un número fijo de consultas."""
    ejes = consultas.avance(programa, hasta=fecha)
    pesado = cumplimiento_ponderado(programa, ejes)
    total = Grupo(
        programa.nombre,
        tuple(_renglon(a, fecha) for e in ejes for a in e.acciones),
        consultas.luz_del_programa(ejes, fecha),
        pesado["programa"],
    )
    pasan = [
        r
        for r in total.renglones
        if (eje is None or r.accion.eje_id == eje)
        and (not area or clave_de_area(r.accion) == area)
        and (luz is None or r.luz is luz)
    ]
    filtrado = len(pasan) < len(total.renglones)
    return Panorama(
        programa,
        fecha,
        total,
        _por_eje(ejes, pasan, pesado, fecha, con_vacios=not filtrado),
        _por_area(pasan),
        any(e.eje.peso for e in ejes) or any(r.accion.peso for r in total.renglones),
    )


def _renglon(avance: AvanceDeAccion, fecha: date) -> Renglon:
    return Renglon(avance, avance.luz(fecha), calendario(avance, fecha))


def _por_eje(
    ejes: list[AvanceDeEje], renglones: list[Renglon], pesado: dict, fecha: date, con_vacios: bool
) -> tuple[Grupo, ...]:
    suyos = defaultdict(list)
    for renglon in renglones:
        suyos[renglon.accion.eje_id].append(renglon)
    grupos = []
    for uno in ejes:
        grupo = tuple(suyos[uno.eje.pk])
        entero = len(grupo) == len(uno.acciones)
        if grupo or con_vacios:
            # De una parte de sus acciones no se dice la luz ni el peso del eje: son los de todas.
            luz = uno.luz(fecha) if entero and grupo else None
            cumplido = pesado[uno.eje.pk] if entero else promedio(grupo)
            grupos.append(Grupo(str(uno.eje), grupo, luz, cumplido, uno.eje))
    return tuple(grupos)


def _por_area(renglones: list[Renglon]) -> tuple[Grupo, ...]:
    suyos = defaultdict(list)
    for renglon in renglones:
        suyos[area_de(renglon.accion)].append(renglon)
    en_orden = sorted(suyos.items(), key=lambda par: (par[0] is None, str(par[0])))
    return tuple(Grupo(str(area or SIN_AREA), tuple(r), None, promedio(r)) for area, r in en_orden)


def promedio(renglones: Iterable[Renglon]) -> Decimal | None:
    """El cumplimiento medio de las acciones que tienen meta, todas con el mismo peso."""
    valores = [r.avance.cumplido for r in renglones if r.avance.cumplido is not None]
    return sum(valores, Decimal(0)) / len(valores) if valores else None


def area_de(accion: Accion) -> Area | None:
    """La que responde por la acción; si no se dijo, la unidad responsable del programa."""
    return accion.area_responsable or accion.eje.programa.area


def clave_de_area(accion: Accion) -> str:
    area = area_de(accion)
    return str(area.pk) if area else "ninguna"


# -- los registros de una cifra -----------------------------------------------------------
@dataclass(frozen=True)
class RegistroQueCuenta:
    accion: Accion  # para la que cuenta
    fecha: date
    unidades: int
    texto: str
    origen: str = "Bitácora"
    direccion: str = ""
    actividad: int | None = None
    por_validar: bool = False

    @property
    def url(self) -> str:
        return reverse("programas:actividad_detalle", args=[self.actividad]) if self.actividad else self.direccion


def registros(acciones: Sequence[Accion], periodo: Periodo, usuario=None) -> list[RegistroQueCuenta]:
    """Todo lo que suma a esas acciones en ``periodo``, de la bitácora y de las otras fuentes, por fecha.

    Su suma es la cifra: sale de los mismos orígenes que ``consultas.unidades_por_mes``. Un registro
    que cuenta para dos de las acciones aparece en las dos.
    """
    de = {a.pk: consultas.origenes(a) for a in acciones}
    propios = _de_bitacora({o for suyos in de.values() for o in suyos if isinstance(o, int)}, periodo)
    ajenos = _de_fuentes({o for suyos in de.values() for o in suyos if isinstance(o, str)}, periodo, usuario)
    filas = []
    for accion in acciones:
        ajenas: dict[consultas.Origen, dict[str, Any]] = {
            otra.pk: {"origen": f"Bitácora, alineada {otra.clave}"} for otra in accion.alineadas.all()
        }
        for origen in de[accion.pk]:
            hechos = propios[origen] if isinstance(origen, int) else ajenos[origen]
            filas += [RegistroQueCuenta(accion, **hecho, **ajenas.get(origen, {})) for hecho in hechos]
    return sorted(filas, key=lambda r: (r.fecha, r.texto, r.accion.eje.numero, r.accion.inciso))


def _de_bitacora(acciones: set[int], periodo: Periodo) -> dict[int, list[dict[str, Any]]]:
    suyos = defaultdict(list)
    filas = (
        consultas.que_cuentan()
        .filter(accion__in=acciones, fecha_fin__gte=periodo.inicio, fecha_fin__lte=periodo.fin)
        .order_by("fecha_fin", "pk")
        .values_list("accion", "fecha_fin", "unidades", "titulo", "pk", "estado")
    )
    for accion, fecha, unidades, texto, pk, estado in filas:
        por_validar = estado == EstadoDeActividad.BORRADOR
        hecho = {"fecha": fecha, "unidades": unidades, "texto": texto, "actividad": pk, "por_validar": por_validar}
        suyos[accion].append(hecho)
    return suyos


def _de_fuentes(claves: set[str], periodo: Periodo, usuario) -> dict[str, list[dict[str, Any]]]:
    """Sin permiso para ver esos registros se dice cuántos fueron y cuándo, no cuáles."""
    suyos: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for clave in claves & FUENTES.keys():
        fuente = FUENTES[clave]
        ve = usuario is None or not fuente.permiso or usuario.has_perm(fuente.permiso)
        suyos[clave] = [
            {
                "fecha": h.fecha,
                "unidades": h.unidades,
                "texto": (ve and h.texto) or fuente.nombre,
                "origen": fuente.nombre,
                "direccion": h.url if ve else "",
            }
            for h in fuente.detallar(periodo.inicio, periodo.fin)
        ]
    return suyos


# -- quién no ha capturado ---------------------------------------------------------------------
@dataclass(frozen=True)
class SinCaptura:
    accion: Accion
    programado: int | None  # en el mes, si el plan lo repartió
    en_el_trimestre: int | None
    ultimo: date | None
    meses: int | None  # cuántos han pasado desde el último registro
    cerrado: bool  # su trimestre ya se informó: no admite registros


def sin_captura(anio: int, mes: int) -> list[SinCaptura]:
    acciones = consultas.sin_captura(anio, mes)
    ultimos = _ultimos(acciones, Periodo.mes(anio, mes).fin)
    trimestre = (mes + 2) // 3
    con_candado = set(
        Candado.objects.filter(programa__anio=anio, trimestre=trimestre, cerrado=True).values_list(
            "programa", flat=True
        )
    )
    return [
        SinCaptura(
            a,
            consultas.meses_programados(a)[mes],
            next((m.cantidad for m in a.metas.all() if m.trimestre == trimestre), None),
            ultimo := ultimos.get(a.pk),
            (anio - ultimo.year) * 12 + mes - ultimo.month if ultimo else None,
            a.eje.programa_id in con_candado,
        )
        for a in acciones
    ]


def _ultimos(acciones: list[Accion], hasta: date) -> dict[int, date]:
    """La fecha del último registro de cada acción, suyo o de una alineada."""
    grupos = {a.pk: {a.pk, *(otra.pk for otra in a.alineadas.all())} for a in acciones}
    fechas = dict(
        consultas.que_cuentan()
        .filter(accion__in=set().union(*grupos.values()), fecha_fin__lte=hasta)
        .order_by()
        .values_list("accion")
        .annotate(ultima=Max("fecha_fin"))
    )
    return {pk: max(suyas) for pk, grupo in grupos.items() if (suyas := [fechas[o] for o in grupo if o in fechas])}
