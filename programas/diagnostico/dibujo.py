"""Los árboles dibujados como SVG: lo mismo en la página, en el PDF y en blanco y negro.

Si caben, con el problema en medio, sus efectos encima y sus causas debajo. Si no,
como un esquema con sangría, en tantas partes como hojas hagan falta.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from programas.estados import Arbol, RolDeNodo
from programas.models import Programa
from vinculacion.nucleo.graficas import CLARO, EJE, LETRA, MORADO, TINTA

from .arbol import PLURAL, Rama, arbol

ANCHO, ALTO = 700, 890  # unidades; lo alto es lo que cabe en una hoja carta bajo su rótulo
PUNTO, RENGLON = 13, 16  # cuerpo de la letra y distancia entre renglones
RELLENO = 8
COLUMNAS = 5  # más cajas a lo ancho dejarían renglones de dos palabras
CANAL = 24  # donde se escribe de qué lado está cada quien
HUECO, NIVEL = 14, 30  # entre cajas vecinas y entre niveles
SANGRIA, SEPARA = 28, 8

# Ancho de cada letra en DejaVu Sans, la más ancha de las que pueden tocarle al dibujo: con otra sobra lugar.
_ANCHOS = {
    letra: ancho
    for ancho, letras in (
        (0.35, "'IJijlíÍ ,./:;\\|‘’"),
        (0.45, "()-[]ft!r¡"),
        (0.55, '"*_`–°?csz¿“”'),
        (0.65, "FLkvxy$0123456789EPSTYabdeghnopqu{}áéóúüñÉ«»"),
        (0.75, "ABCKRVXZÁNUÚÜÑ"),
        (0.85, "&DGHOQÓ#+<=>^w~"),
    )
    for letra in letras
}


class Dibujo(NamedTuple):
    titulo: str
    svg: str
    descripcion: str


# -- en palabras -----------------------------------------------------------------
def descripcion(rama: Rama) -> str:
    """El árbol entero dicho en palabras, para quien no ve el dibujo."""
    partes = [f"{RolDeNodo(rama.nodo.rol).label} {_dicho(rama)}"]
    for lado in (rama.encima, rama.debajo):
        if lado:
            partes.append(f"{PLURAL[RolDeNodo(lado[0].nodo.rol)]}: {'; '.join(_con_lo_suyo(h) for h in lado)}")
    return "".join(f"{p}. " for p in partes).strip()


def _dicho(rama: Rama) -> str:
    return f"{rama.nodo.clave}, {rama.nodo.texto.rstrip('. ')}"


def _con_lo_suyo(rama: Rama) -> str:
    if not rama.hijos:
        return _dicho(rama)
    return f"{_dicho(rama)} (de {rama.nodo.clave}: {'; '.join(_con_lo_suyo(h) for h in rama.hijos)})"


# -- letra -----------------------------------------------------------------------
def mide(texto: str, negrita: bool = False) -> float:
    return sum(_ANCHOS.get(letra, 1) for letra in texto) * PUNTO * (1.17 if negrita else 1)


def renglones(texto: str, ancho: float) -> list[str]:
    """``texto`` partido para que ningún renglón pase de ``ancho``; una palabra sin fin se corta."""
    hechos = [""]
    for palabra in _limpio(texto).split():
        for pedazo in _pedazos(palabra, ancho):
            junto = f"{hechos[-1]} {pedazo}".lstrip()
            if mide(junto) <= ancho:
                hechos[-1] = junto
            else:
                hechos.append(pedazo)
    return [h for h in hechos if h] or [""]


def _pedazos(palabra: str, ancho: float) -> Iterator[str]:
    while mide(palabra) > ancho and len(palabra) > 1:
        corte = next(n for n in range(len(palabra) - 1, 0, -1) if n == 1 or mide(palabra[:n]) <= ancho)
        yield palabra[:corte]
        palabra = palabra[corte:]
    yield palabra


def _limpio(texto: str) -> str:
    """Sin los caracteres de control, que un XML no admite."""
    return "".join(letra if letra.isprintable() else " " for letra in texto)


# -- cajas -----------------------------------------------------------------------
@dataclass
class Caja:
    """Una caja con su clave arriba y al centro (``al_lado``: a la izquierda del texto)."""

    rama: Rama
    nivel: int
    x: float
    ancho: float
    al_lado: bool = False
    continua: bool = False
    y: float = 0
    hijas: list["Caja"] = field(default_factory=list)

    def __post_init__(self):
        self.margen = mide(self.clave, negrita=True) + 8 if self.al_lado else 0
        lugar = self.ancho - 2 * RELLENO - self.margen
        self.texto = renglones(self.rama.nodo.texto, lugar)
        if self.continua:
            cola = " (continúa)"
            primero = renglones(self.rama.nodo.texto, lugar - mide(f"…{cola}"))
            self.texto = [f"{primero[0]}{'…' if len(primero) > 1 else ''}{cola}"]

    @property
    def clave(self) -> str:
        return _limpio(self.rama.nodo.clave)

    @property
    def alto(self) -> float:
        return (len(self.texto) + (not self.al_lado)) * RENGLON + 2 * RELLENO - 2

    @property
    def centro(self) -> float:
        return self.x + self.ancho / 2

    @property
    def pie(self) -> float:
        return self.y + self.alto

    def todas(self) -> Iterator["Caja"]:
        yield self
        for hija in self.hijas:
            yield from hija.todas()

    def svg(self) -> str:
        relleno, borde, letra = (
            (MORADO, MORADO, "#ffffff") if not self.nivel else (CLARO[""] if self.nivel == 1 else "#ffffff", EJE, TINTA)
        )
        piezas = [
            f'<rect x="{self.x:.1f}" y="{self.y:.1f}" width="{self.ancho:.1f}" height="{self.alto:.1f}" rx="4"'
            f' fill="{relleno}" stroke="{borde}"/>'
        ]
        y = self.y + RELLENO + PUNTO - 2
        if self.al_lado:
            piezas.append(_letrero(self.clave, self.x + RELLENO, y, letra, negrita=True))
        else:
            piezas.append(_letrero(self.clave, self.centro, y, letra, "middle", negrita=True))
            y += RENGLON
        for renglon in self.texto:
            x, ancla = (self.x + RELLENO + self.margen, "start") if self.al_lado else (self.centro, "middle")
            piezas.append(_letrero(renglon, x, y, letra, ancla))
            y += RENGLON
        return "".join(piezas)


def _letrero(texto: str, x: float, y: float, color: str, ancla: str = "start", negrita: bool = False, mas="") -> str:
    peso = ' font-weight="700"' if negrita else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}" text-anchor="{ancla}"{peso}{mas}>{escape(texto)}</text>'


def _linea(*puntos: tuple[float, float]) -> str:
    camino = " ".join(f"{x:.1f},{y:.1f}" for x, y in puntos)
    return f'<polyline points="{camino}" fill="none" stroke="{TINTA}"/>'


def _punta(x: float, y: float) -> str:
    """Flecha hacia arriba: la causa lleva al problema y el problema al efecto."""
    return f'<polygon points="{x:.1f},{y:.1f} {x - 4:.1f},{y + 7:.1f} {x + 4:.1f},{y + 7:.1f}" fill="{TINTA}"/>'


# -- de pie: efectos, problema, causas -------------------------------------------
def _de_pie(rama: Rama) -> tuple[str, float] | None:
    """El cuerpo del dibujo y su alto; ``None`` si no cabe."""
    lados = (rama.encima, rama.debajo)
    if max(_columnas(lado) for lado in lados) > COLUMNAS:
        return None
    zona = ANCHO - CANAL - 1
    raiz = Caja(rama, 0, 0, min(zona, 420))
    raiz.x = CANAL + (zona - raiz.ancho) / 2
    arriba, abajo = (_lado(lado, zona) for lado in lados)
    altos = [[max(c.alto for c in piso) for piso in _pisos(lado)] for lado in (arriba, abajo)]
    total = raiz.alto + sum(alto + NIVEL for lado in altos for alto in lado) + 2
    if total > ALTO:
        return None
    raiz.y = 1 + sum(alto + NIVEL for alto in altos[0])
    piezas: list[str] = []
    y = raiz.y
    for piso, alto in zip(_pisos(arriba), altos[0], strict=True):
        y -= NIVEL
        for caja in piso:
            caja.y = y - caja.alto
        y -= alto
    y = raiz.pie
    for piso, alto in zip(_pisos(abajo), altos[1], strict=True):
        y += NIVEL
        for caja in piso:
            caja.y = y
        y += alto
    piezas += _uniones(raiz, arriba, hacia_arriba=True) + _uniones(raiz, abajo, hacia_arriba=False)
    piezas += [c.svg() for caja in (*arriba, raiz, *abajo) for c in caja.todas()]
    for cajas, desde, hasta in ((arriba, 1, raiz.y - NIVEL), (abajo, raiz.pie + NIVEL, total - 1)):
        if cajas:
            piezas.append(_canal(PLURAL[RolDeNodo(cajas[0].rama.nodo.rol)], desde, hasta, total))
    return "".join(piezas), total


def _columnas(ramas: Sequence[Rama]) -> int:
    return sum(max(1, _columnas(r.hijos)) for r in ramas)


def _lado(ramas: Sequence[Rama], zona: float) -> list[Caja]:
    columnas = max(1, _columnas(ramas))
    ancho = min(300, (zona - HUECO * (columnas - 1)) / columnas)
    x = CANAL + (zona - columnas * ancho - HUECO * (columnas - 1)) / 2

    def reparte(ramas: Sequence[Rama], x: float, nivel: int) -> list[Caja]:
        cajas = []
        for rama in ramas:
            columnas = max(1, _columnas(rama.hijos))
            vano = columnas * ancho + HUECO * (columnas - 1)
            propio = min(vano, max(ancho, 320))
            caja = Caja(rama, nivel, x + (vano - propio) / 2, propio)
            caja.hijas = reparte(rama.hijos, x, nivel + 1)
            cajas.append(caja)
            x += vano + HUECO
        return cajas

    return reparte(ramas, x, 1)


def _pisos(cajas: Sequence[Caja]) -> list[list[Caja]]:
    pisos = []
    piso = list(cajas)
    while piso:
        pisos.append(piso)
        piso = [hija for caja in piso for hija in caja.hijas]
    return pisos


def _uniones(de: Caja, hijas: Sequence[Caja], hacia_arriba: bool) -> list[str]:
    """Líneas con codo de una caja a las que dependen de ella; la flecha siempre sube."""
    if not hijas:
        return []
    piezas = []
    if hacia_arriba:
        codo = max(h.pie for h in hijas) + NIVEL / 2
        for hija in hijas:
            piezas += [_linea((de.centro, de.y), (de.centro, codo), (hija.centro, codo), (hija.centro, hija.pie))]
            piezas.append(_punta(hija.centro, hija.pie))
    else:
        codo = hijas[0].y - NIVEL / 2
        for hija in hijas:
            piezas.append(_linea((hija.centro, hija.y), (hija.centro, codo), (de.centro, codo), (de.centro, de.pie)))
        piezas.append(_punta(de.centro, de.pie))
    for hija in hijas:
        piezas += _uniones(hija, hija.hijas, hacia_arriba)
    return piezas


def _canal(rotulo: str, desde: float, hasta: float, total: float) -> str:
    """El rótulo de un lado, a lo alto; si es más largo que su lado no se sale del dibujo."""
    mitad = mide(rotulo, negrita=True) / 2 + 1
    medio = min(max((desde + hasta) / 2, mitad), max(total - mitad, mitad))
    giro = f' transform="rotate(-90 10 {medio:.1f})"'
    return _letrero(rotulo, 10, medio, TINTA, "middle", negrita=True, mas=giro) + _linea((17, desde), (17, hasta))


# -- con sangría -----------------------------------------------------------------
def _con_sangria(rama: Rama) -> list[tuple[str, float]]:
    """El cuerpo y el alto de cada parte: una si cabe entero; si no, las que hagan falta."""
    encima, debajo = (_filas(lado) for lado in (rama.encima, rama.debajo))
    ancestros = _ancestros(rama)
    cuerpo, alto, cuantas = _hoja([*encima, rama, *debajo], ancestros)
    if cuantas == len(encima) + 1 + len(debajo):
        return [(cuerpo, alto)]
    partes: list[tuple[str, float]] = []
    pendientes = [*encima, *debajo]
    while pendientes:
        repetidas = ancestros[pendientes[0].nodo.pk] if partes else ()
        cabeza = repetidas or (rama,)
        cuerpo, alto, cuantas = _hoja([*cabeza, *pendientes], ancestros, len(repetidas))
        partes.append((cuerpo, alto))
        pendientes = pendientes[cuantas - len(cabeza) :]
    return partes


def _filas(ramas: Sequence[Rama]) -> list[Rama]:
    return [r for rama in ramas for r in rama.todas()]


def _ancestros(rama: Rama, encima: tuple[Rama, ...] = ()) -> dict[int, tuple[Rama, ...]]:
    de = {rama.nodo.pk: encima}
    for hija in rama.hijos:
        de |= _ancestros(hija, (*encima, rama))
    return de


def _hoja(filas: Sequence[Rama], ancestros: dict[int, tuple[Rama, ...]], repetidas: int = 0) -> tuple[str, float, int]:
    """El cuerpo, el alto y cuántas filas cupieron en una hoja, una bajo otra y cada una unida a la suya.

    Las primeras ``repetidas`` ya salieron en otra parte: aquí van en un renglón.
    """
    cajas: dict[int, Caja] = {}
    rotulos: list[str] = []
    y, lado = 1.0, ""
    for numero, rama in enumerate(filas):
        nivel = len(ancestros[rama.nodo.pk])
        rotulo = RENGLON + 4 if nivel and rama.nodo.rol != lado else 0
        x = 1 + nivel * SANGRIA
        caja = Caja(rama, nivel, x, ANCHO - 1 - x, al_lado=True, continua=numero < repetidas, y=y + rotulo)
        if caja.pie + 1 > ALTO:
            break
        if rotulo:
            lado = rama.nodo.rol
            rotulos.append(_letrero(PLURAL[RolDeNodo(lado)], SANGRIA, y + PUNTO, TINTA, negrita=True))
        cajas[rama.nodo.pk] = caja
        y = caja.pie + SEPARA
    lineas = [_rama_de(cajas[c.rama.nodo.padre_id], c) for c in cajas.values() if c.rama.nodo.padre_id in cajas]
    return "".join((*lineas, *rotulos, *(c.svg() for c in cajas.values()))), y - SEPARA + 1, len(cajas)


def _rama_de(padre: Caja, hija: Caja) -> str:
    x, medio = padre.x + SANGRIA / 2, hija.y + min(hija.alto / 2, RENGLON)
    return _linea((x, padre.pie if hija.y > padre.y else padre.y), (x, medio), (hija.x, medio))


# -- el dibujo -------------------------------------------------------------------
def dibuja(rama: Rama, titulo: str) -> list[Dibujo]:
    """Un dibujo o, si no cabe en una hoja, varios: «… (parte 2 de 3)»."""
    entero = descripcion(rama)
    de_pie = _de_pie(rama)
    partes = [de_pie] if de_pie else _con_sangria(rama)
    dibujos = []
    for numero, (cuerpo, alto) in enumerate(partes, 1):
        rotulo = titulo if len(partes) == 1 else f"{titulo} (parte {numero} de {len(partes)})"
        dicho = entero if numero == 1 else f"Continúa {rama.nodo.clave}; la primera parte dice el árbol entero."
        dibujos.append(Dibujo(rotulo, _svg(cuerpo, alto, rotulo, dicho), dicho))
    return dibujos


def _svg(cuerpo: str, alto: float, titulo: str, dicho: str) -> str:
    titulo, dicho = (escape(_limpio(t)) for t in (titulo, dicho))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{ANCHO}" height="{alto:.0f}"'
        f' viewBox="0 0 {ANCHO} {alto:.0f}" font-family={quoteattr(LETRA)} font-size="{PUNTO}">'
        f"<title>{titulo}</title><desc>{dicho}</desc>{cuerpo}</svg>"
    )


def dibujos_de(ramas: Sequence[Rama], cual: str) -> list[Dibujo]:
    nombre = Arbol(cual).label
    return [d for r in ramas for d in dibuja(r, nombre if len(ramas) == 1 else f"{nombre}: {r.nodo.clave}")]


def svg_del_arbol(programa: Programa, cual: str) -> list[Dibujo]:
    """Los dibujos de un árbol: uno por cada nodo central, o más si no cabe en una hoja."""
    return dibujos_de(arbol(programa, cual), cual)
