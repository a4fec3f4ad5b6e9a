"""El diagnóstico de un programa: quién participa, las alternativas y la estructura analítica.

Todo se cuenta de los registros; el producto interés × fuerza y su banda los da el modelo.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from programas.estados import Arbol, Involucra, NivelMIR, RolDeNodo
from programas.models import Accion, Alternativa, Eje, Indicador, Involucramiento, Nodo, Programa, banda
from vinculacion.directorio.models import Ambito
from vinculacion.nucleo.texto import llano

from .arbol import arbol as arbol  # lo que una página o un informe pregunta del diagnóstico está todo aquí

AREAS = "areas"
# Los grupos de la población, con su título y el ámbito de sus organismos.
GRUPOS: dict[str, tuple[str, str]] = {
    AREAS: ("Áreas internas", ""),
    "internacionales": ("Organismos internacionales", Ambito.INTERNACIONAL),
    "nacionales": ("Organismos nacionales", Ambito.NACIONAL),
    "locales": ("Organismos locales", Ambito.LOCAL),
}
GRUPO_DE_AMBITO = {ambito: clave for clave, (_, ambito) in GRUPOS.items() if ambito}
DE_MAYOR_A_MENOR = (Involucra.ALTO, Involucra.MEDIO, Involucra.BAJO)
# De 1 a 25, qué productos caen en cada banda: las fronteras sólo están en ``models.banda``.
PRODUCTOS = {b: [n for n in range(1, 26) if banda(n) == b] for b in DE_MAYOR_A_MENOR}


def grupo_de(involucramiento: Involucramiento) -> str:
    return AREAS if involucramiento.area_id else GRUPO_DE_AMBITO[involucramiento.organismo.ambito]


@dataclass(frozen=True)
class Grupo:
    """Una parte de la población, con cuántos hay de cada banda."""

    clave: str
    titulo: str
    filas: tuple[Involucramiento, ...]

    @cached_property
    def bandas(self) -> dict[Involucra, int]:
        return cuentas(self.filas)


def cuentas(filas: Iterable[Involucramiento]) -> dict[Involucra, int]:
    """Cuántos de cada banda, de alto a bajo; los ceros también."""
    contados = Counter(i.banda for i in filas)
    return {b: contados[b] for b in DE_MAYOR_A_MENOR}


def celdas(filas: Iterable[Involucramiento]) -> dict[tuple[int, int], int]:
    """Cuántos hay en cada (interés, fuerza)."""
    return Counter((i.interes, i.fuerza) for i in filas)


def involucramientos() -> QuerySet[Involucramiento]:
    """Con su producto y su nombre, para ordenar y filtrar en la base."""
    return Involucramiento.objects.select_related("programa", "area", "organismo").annotate(
        producto=F("interes") * F("fuerza"), nombre=Coalesce("area__nombre", "organismo__nombre")
    )


def involucrados(programa: Programa) -> list[Involucramiento]:
    """De menor a mayor involucramiento y, dentro, por nombre: como los cuadros del documento 000."""
    return sorted(involucramientos().filter(programa=programa), key=lambda i: (i.valor, llano(i.quien.nombre)))


def por_grupo(filas: Iterable[Involucramiento], solo: str = "") -> list[Grupo]:
    """Los grupos que tienen a alguien, en el orden de los cuadros."""
    repartidos = defaultdict(list)
    for fila in filas:
        repartidos[grupo_de(fila)].append(fila)
    return [
        Grupo(clave, titulo, tuple(repartidos[clave]))
        for clave, (titulo, _) in GRUPOS.items()
        if repartidos[clave] and solo in ("", clave)
    ]


# -- alternativas ------------------------------------------------------------------
def alternativas() -> QuerySet[Alternativa]:
    return (
        Alternativa.objects.select_related("programa", "medio", "accion__eje__programa")
        .annotate(producto=F("incidencia") * F("viabilidad"))
        .order_by("-programa__anio", "programa__clave", "numero")
    )


def alternativas_de(programa: Programa) -> list[Alternativa]:
    return list(alternativas().filter(programa=programa))


def por_medio(filas: Iterable[Alternativa]) -> list[tuple[Nodo, list[Alternativa]]]:
    """Los medios en el orden en que sus alternativas los nombran."""
    grupos: dict[int, tuple[Nodo, list[Alternativa]]] = {}
    for fila in filas:
        grupos.setdefault(fila.medio_id, (fila.medio, []))[1].append(fila)
    return list(grupos.values())


def medios() -> QuerySet[Nodo]:
    return (
        Nodo.objects.filter(rol=RolDeNodo.MEDIO)
        .select_related("programa")
        .annotate(escrito=Concat("clave", Value(" "), "texto"))
        .order_by("-programa__anio", "programa__clave", "clave")
    )


# -- estructura analítica ------------------------------------------------------------
@dataclass(frozen=True)
class Componente:
    """Un eje con sus acciones."""

    eje: Eje
    acciones: tuple[Accion, ...]

    def __str__(self) -> str:
        return str(self.eje)


@dataclass(frozen=True)
class Correspondencia:
    """Un renglón: lo que está mal, lo que se quiere y lo que el programa pone.

    En el fin y el propósito el programa pone un ``texto``; en lo demás, ejes con parte de sus acciones.
    """

    nivel: str
    problematica: str
    solucion: str
    texto: str = ""
    componentes: tuple[Componente, ...] = ()


@dataclass(frozen=True)
class Estructura:
    """``correspondencias`` está vacía mientras el programa no tenga ni árboles ni ejes."""

    programa: Programa
    componentes: tuple[Componente, ...]
    correspondencias: tuple[Correspondencia, ...]


FIN, PROPOSITO, COMPONENTES = "Fin", "Propósito", "Componentes y actividades"
# Qué nodos se enfrentan en cada nivel: el del problema y el de la solución.
NIVELES = (
    (FIN, RolDeNodo.EFECTO, RolDeNodo.FIN),
    (PROPOSITO, RolDeNodo.PROBLEMA, RolDeNodo.OBJETIVO),
    (COMPONENTES, RolDeNodo.CAUSA, RolDeNodo.MEDIO),
)


def componentes(programa: Programa) -> tuple[Componente, ...]:
    acciones = defaultdict(list)
    for accion in Accion.objects.filter(eje__programa=programa).select_related("eje").order_by("eje__numero", "inciso"):
        acciones[accion.eje_id].append(accion)
    return tuple(Componente(eje, tuple(acciones[eje.pk])) for eje in programa.ejes.order_by("numero"))


def estructura(programa: Programa, alternativas: Iterable[Alternativa] | None = None) -> Estructura:
    """Se deriva toda: los pares, de la contraparte de cada nodo; las acciones, de las alternativas elegidas."""
    elegidas = defaultdict(set)
    for alternativa in alternativas_de(programa) if alternativas is None else alternativas:
        if alternativa.elegida and alternativa.accion_id:
            elegidas[alternativa.medio_id].add(alternativa.accion_id)
    nodos = [rama.nodo for cual in Arbol for raiz in arbol(programa, cual) for rama in raiz.todas()]
    ejes = componentes(programa)
    fines = Indicador.objects.filter(programa=programa, nivel=NivelMIR.FIN).order_by("clave")
    textos = {FIN: " ".join(fines.values_list("resumen", flat=True)), PROPOSITO: programa.objetivo}
    renglones = []
    for nivel, malo, bueno in NIVELES:
        texto = textos.get(nivel, "")
        for problema, solucion in _enfrenta(nodos, malo, bueno) or ([(None, None)] if texto else []):
            suyas = elegidas[solucion.pk] if solucion else set()
            renglones.append(
                Correspondencia(nivel, str(problema or ""), str(solucion or ""), texto, _parte_de(ejes, suyas))
            )
            texto = ""  # el fin y el propósito se dicen una vez, junto al primer par
    puestas = set().union(*elegidas.values())
    renglones += [
        Correspondencia(COMPONENTES, "", "", componentes=(suelto,))
        for suelto in _parte_de(ejes, {a.pk for c in ejes for a in c.acciones} - puestas, con_vacios=True)
    ]
    return Estructura(programa, ejes, tuple(renglones))


def _parte_de(ejes: Iterable[Componente], acciones: set[int], con_vacios: bool = False) -> tuple[Componente, ...]:
    """Los ejes con sólo esas acciones; sin los que se quedan sin ninguna, salvo los que nunca tuvieron."""
    partes = [(c, Componente(c.eje, tuple(a for a in c.acciones if a.pk in acciones))) for c in ejes]
    return tuple(parte for entero, parte in partes if parte.acciones or (con_vacios and not entero.acciones))


def _enfrenta(nodos: list[Nodo], malo: str, bueno: str) -> list[tuple[Nodo | None, Nodo | None]]:
    """Cada solución junto a su contraparte; quien no la tiene queda solo."""
    problemas = {n.pk: n for n in nodos if n.rol == malo}
    soluciones: dict[int | None, list[Nodo]] = defaultdict(list)
    for nodo in nodos:
        if nodo.rol == bueno:
            soluciones[nodo.contraparte_id if nodo.contraparte_id in problemas else None].append(nodo)
    pares: list[tuple[Nodo | None, Nodo | None]] = []
    for pk, problema in problemas.items():
        suyas: list[Nodo | None] = [*soluciones.pop(pk, ())] or [None]
        pares += [(problema, solucion) for solucion in suyas]
    return pares + [(None, solucion) for solucion in soluciones[None]]
