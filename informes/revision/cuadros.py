"""Dos hechuras de una tabla: filas que se agregan, se quitan o cambian, con cada cifra antes y ahora."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from vinculacion.nucleo.bloques import Columna, Lista, Matriz, Tabla
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.salida.documento import celda_escrita

Fila = tuple[str, ...]
FILAS_QUE_SE_ENSENAN = 60
VALOR_COMUN = 40  # un valor que llevan tantas filas («virtual») no ayuda a saber cuál es cuál


@dataclass(frozen=True, slots=True)
class CeldaCambiada:
    columna: str
    antes: str
    ahora: str


@dataclass(frozen=True, slots=True)
class FilaCambiada:
    rotulo: str
    celdas: tuple[CeldaCambiada, ...]


@dataclass
class CambioDeCuadro:
    titulo: str
    hechos: list[str] = field(default_factory=list)
    agregadas: list[str] = field(default_factory=list)
    quitadas: list[str] = field(default_factory=list)
    cambiadas: list[FilaCambiada] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.hechos or self.agregadas or self.quitadas or self.cambiadas)

    @property
    def tope(self) -> int:
        return FILAS_QUE_SE_ENSENAN

    @property
    def hasta(self) -> str:
        """Para el filtro ``slice`` de la plantilla."""
        return f":{self.tope}"


def como_tabla(bloque: Tabla | Matriz | Lista) -> Tabla:
    match bloque:
        case Matriz():
            columnas = (Columna(bloque.esquina or "Concepto"), *(Columna(c) for c in bloque.columnas))
            return Tabla(columnas, tuple((r, *celdas) for r, celdas in bloque.filas), bloque.titulo, notas=bloque.notas)
        case Lista():
            return Tabla(
                (Columna("Elemento"),), tuple((e,) for e in bloque.elementos), bloque.titulo, notas=bloque.notas
            )
    return bloque


def comparar(antes: Tabla | Matriz | Lista, ahora: Tabla | Matriz | Lista, nombre: str = "") -> CambioDeCuadro:
    vieja, nueva = como_tabla(antes), como_tabla(ahora)
    cambio = CambioDeCuadro(nueva.titulo or vieja.titulo or nombre)
    if vieja.titulo != nueva.titulo:
        cambio.hechos.append(
            f"El título era «{vieja.titulo or 'sin título'}» y ahora es «{nueva.titulo or 'sin título'}»."
        )
    comunes = _columnas(vieja, nueva, cambio)
    if vieja.notas != nueva.notas:
        cambio.hechos.append(f"Notas al pie: antes {_notas(vieja.notas)}; ahora {_notas(nueva.notas)}.")
    _filas(_escritas(vieja, comunes), _escritas(nueva, comunes), comunes, cambio)
    for titulo, uno, otro in zip(comunes, _totales(vieja, comunes), _totales(nueva, comunes), strict=True):
        if uno != otro:
            cambio.cambiadas.append(FilaCambiada("Totales", (CeldaCambiada(titulo, uno, otro),)))
    return cambio


def _notas(notas: Sequence[str]) -> str:
    return enumera(f"«{n}»" for n in notas) if notas else "ninguna"


def _columnas(vieja: Tabla, nueva: Tabla, cambio: CambioDeCuadro) -> list[str]:
    """Las que están en las dos, menos la que sólo cuenta renglones; lo demás se dice."""
    antes, ahora = [c.titulo for c in vieja.columnas], [c.titulo for c in nueva.columnas]
    if se_fueron := [t for t in antes if t not in ahora]:
        cambio.hechos.append(f"Columnas que ya no están: {enumera(se_fueron)}.")
    if llegaron := [t for t in ahora if t not in antes]:
        cambio.hechos.append(f"Columnas nuevas: {enumera(llegaron)}.")
    comunes = [t for t in dict.fromkeys(ahora) if t in antes]
    if [t for t in antes if t in comunes] != [t for t in ahora if t in comunes]:
        cambio.hechos.append("Las columnas cambiaron de orden.")
    cuentan = [t for t in comunes if _cuenta_renglones(vieja, t) and _cuenta_renglones(nueva, t)]
    return [t for t in comunes if t not in cuentan] or comunes


def _cuenta_renglones(tabla: Tabla, titulo: str) -> bool:
    lugar = [c.titulo for c in tabla.columnas].index(titulo)
    return [str(fila[lugar]).rstrip(".") for fila in tabla.filas] == [str(n + 1) for n in range(len(tabla.filas))]


def _lugares(tabla: Tabla, comunes: list[str]) -> list[int]:
    titulos = [c.titulo for c in tabla.columnas]
    return [titulos.index(t) for t in comunes]


def _escritas(tabla: Tabla, comunes: list[str]) -> list[Fila]:
    lugares = _lugares(tabla, comunes)
    return [tuple(celda_escrita(fila[n]) for n in lugares) for fila in tabla.filas]


def _totales(tabla: Tabla, comunes: list[str]) -> Fila:
    if tabla.totales is None:
        return ("",) * len(comunes)
    return tuple(celda_escrita(tabla.totales[n]) for n in _lugares(tabla, comunes))


def _filas(viejas: list[Fila], nuevas: list[Fila], columnas: list[str], cambio: CambioDeCuadro) -> None:
    quedan = Counter(viejas) & Counter(nuevas)
    se_van, llegan = _sobrantes(viejas, quedan), _sobrantes(nuevas, quedan)
    parejas = _parejas(se_van, llegan)
    corregidas = set(parejas.values())
    for lugar, otro in parejas.items():
        antes, ahora = se_van[lugar], llegan[otro]
        celdas = tuple(
            CeldaCambiada(columna, uno, dos)
            for columna, uno, dos in zip(columnas, antes, ahora, strict=True)
            if uno != dos
        )
        cambio.cambiadas.append(FilaCambiada(_rotulo(antes, ahora), celdas))
    cambio.quitadas += [_dicha(fila) for n, fila in enumerate(se_van) if n not in parejas]
    cambio.agregadas += [_dicha(fila) for n, fila in enumerate(llegan) if n not in corregidas]
    if not se_van and not llegan and viejas != nuevas:
        cambio.hechos.append("Las mismas filas, en otro orden.")


def _sobrantes(filas: list[Fila], quedan: Counter) -> list[Fila]:
    por_quedar, salida = Counter(quedan), []
    for fila in filas:
        if por_quedar[fila]:
            por_quedar[fila] -= 1
        else:
            salida.append(fila)
    return salida


def _parejas(viejas: list[Fila], nuevas: list[Fila]) -> dict[int, int]:
    """Qué fila nueva es la vieja corregida: la que más celdas comparte, si son al menos la mitad."""
    donde: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n, fila in enumerate(nuevas):
        for columna, celda in enumerate(fila):
            if celda:
                donde[columna, celda].append(n)
    candidatas = []
    for v, fila in enumerate(viejas):
        comparte: Counter[int] = Counter()
        for columna, celda in enumerate(fila):
            hallados = donde.get((columna, celda), ())
            # En un cuadro corto todo ayuda; en uno largo, sólo lo que distingue.
            if len(hallados) <= VALOR_COMUN:
                comparte.update(dict.fromkeys(hallados, 2 if columna == 0 else 1))
        for n, cuantas in comparte.items():
            iguales = sum(a == b for a, b in zip(fila, nuevas[n], strict=True))
            if 2 * iguales >= len(fila):
                candidatas.append((-cuantas, v, n))
    parejas: dict[int, int] = {}
    tomadas: set[int] = set()
    for _, v, n in sorted(candidatas):
        if v not in parejas and n not in tomadas:
            parejas[v] = n
            tomadas.add(n)
    return dict(sorted(parejas.items()))


def _rotulo(antes: Fila, ahora: Fila) -> str:
    """Con qué se reconoce la fila: su primera celda que no cambió."""
    return next((a for a, b in zip(antes, ahora, strict=True) if a == b and a), ahora[0] if ahora else "")


def _dicha(fila: Fila) -> str:
    return " · ".join(celda for celda in fila if celda)
