"""El texto de un PDF con sus tablas: cada celda separada por un tabulador y cada página por un avance de hoja.

Corre en un proceso aparte (``python -m informes.verificador.pdf``), con memoria y tiempo
contados: un archivo hecho para tirar el lector no tira el sitio. Las tablas se reconocen
por sus líneas, como las ve quien lee.
"""

import ctypes
import re
import statistics
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

PAGINAS_MAXIMAS = 600
SEGMENTOS_MAXIMOS = 20_000
MEMORIA_MAXIMA = 2 * 1024**3
SEGUNDOS_MAXIMOS = 40
CIFRADO, SIN_TEXTO, DEMASIADAS, ILEGIBLE = 3, 4, 5, 6  # con qué termina el proceso
TOLERANCIA = 3.0


@dataclass(frozen=True, slots=True)
class Palabra:
    texto: str
    x0: float
    y0: float
    x1: float
    y1: float
    letra: float
    negrita: bool

    @property
    def centro(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Renglon:
    palabras: list[Palabra]

    @property
    def y(self) -> float:
        return self.palabras[0].centro[1]

    @property
    def alto(self) -> float:
        return max(p.letra for p in self.palabras)

    @property
    def texto(self) -> str:
        """Un hueco grande entre palabras es un salto de columna."""
        piezas, antes = [], None
        for palabra in self.palabras:
            if antes is not None:
                piezas.append("\t" if palabra.x0 - antes.x1 > 3 * max(palabra.letra, 6) else " ")
            piezas.append(palabra.texto)
            antes = palabra
        return "".join(piezas)

    @property
    def negrita(self) -> bool:
        return all(p.negrita for p in self.palabras)


@dataclass(slots=True)
class Pieza:
    """Un renglón o una tabla, con lo que hace falta para ponerla en su orden."""

    y: float
    renglon: Renglon | None = None
    filas: list[list[str]] = field(default_factory=list)


def leer(contenido: bytes) -> str:
    """``ValueError`` con el código de por qué no se pudo."""
    import pypdfium2 as pdfium

    try:
        documento = pdfium.PdfDocument(contenido)
    except pdfium.PdfiumError as error:
        raise ValueError(CIFRADO if "assword" in str(error) else ILEGIBLE) from error
    if len(documento) > PAGINAS_MAXIMAS:
        raise ValueError(DEMASIADAS)
    paginas = []
    for indice in range(len(documento)):
        pagina = documento[indice]
        paginas.append((pagina.get_height(), de_pagina(pagina)))
        pagina.close()
    if not any(piezas for _, piezas in paginas):
        raise ValueError(SIN_TEXTO)
    return escrito(paginas)


def de_pagina(pagina) -> list[Pieza]:
    palabras = list(palabras_de(pagina))
    if not palabras:
        return []
    horizontales, verticales = lineas_de(pagina)
    piezas: list[Pieza] = []
    titulos = [r.y for r in renglones_de(palabras) if _TITULO_DE_TABLA.match(r.texto)]
    for xs, ys, hay_h, hay_v in cuadriculas(horizontales, verticales, titulos):
        dentro = [p for p in palabras if xs[0] <= p.centro[0] <= xs[-1] and ys[0] <= p.centro[1] <= ys[-1]]
        filas = en_celdas(dentro, xs, ys, hay_h, hay_v)
        if sum(1 for fila in filas if sum(map(bool, fila)) > 1) < 1:
            continue
        suyas = set(map(id, dentro))
        palabras = [p for p in palabras if id(p) not in suyas]
        piezas.append(Pieza(ys[-1], filas=filas))
    piezas += [Pieza(renglon.y, renglon) for renglon in renglones_de(palabras)]
    return sorted(piezas, key=lambda pieza: -pieza.y)


# -- lo que trae la página ---------------------------------------------------------


def palabras_de(pagina) -> Iterator[Palabra]:
    import pypdfium2.raw as crudo

    texto = pagina.get_textpage()
    caja = [ctypes.c_double() for _ in range(4)]
    letras: list[tuple[str, float, float, float, float, int]] = []
    for i in range(texto.count_chars()):
        codigo = crudo.FPDFText_GetUnicode(texto, i)
        letra = chr(codigo) if codigo and codigo < 0x110000 and not 0xD800 <= codigo <= 0xDFFF else " "
        if letra in "\ufffe\x02":
            letra = "-"  # el guion con que se cortó la palabra
        hay_caja = crudo.FPDFText_GetCharBox(texto, i, *caja)
        x0, x1, y0, y1 = (c.value for c in caja) if hay_caja else (0.0, 0.0, 0.0, 0.0)
        if letra.isspace() or not letra.isprintable():
            yield from _palabra(texto, letras, crudo)
            letras = []
            continue
        if letras and (abs(y0 - letras[-1][2]) > 8 or x0 - letras[-1][3] > 8 or x0 < letras[-1][1] - 8):
            yield from _palabra(texto, letras, crudo)
            letras = []
        letras.append((letra, x0, y0, x1, y1, i))
    yield from _palabra(texto, letras, crudo)
    texto.close()


def _palabra(texto, letras, crudo) -> Iterator[Palabra]:
    if not letras:
        return
    i = letras[0][5]
    letra = crudo.FPDFText_GetFontSize(texto, i)
    # El tamaño va en la escala del texto: si la página la cambia, lo que se ve es la caja.
    alto = max(y1 for *_, y1, _ in letras) - min(y0 for _, _, y0, *_ in letras)
    yield Palabra(
        "".join(pieza[0] for pieza in letras),
        min(pieza[1] for pieza in letras),
        min(pieza[2] for pieza in letras),
        max(pieza[3] for pieza in letras),
        max(pieza[4] for pieza in letras),
        letra if 4 <= letra <= 60 else max(alto * 1.3, 4),
        crudo.FPDFText_GetFontWeight(texto, i) >= 600,
    )


Linea = tuple[float, float, float]  # posición fija, desde, hasta


def lineas_de(pagina) -> tuple[list[Linea], list[Linea]]:
    """Las líneas horizontales (y, x0, x1) y verticales (x, y0, y1) que la página dibuja."""
    import pypdfium2.raw as crudo

    horizontales: list[Linea] = []
    verticales: list[Linea] = []
    for objeto in pagina.get_objects(filter=(crudo.FPDF_PAGEOBJ_PATH,), max_depth=4):
        a, b, c, d, e, f = objeto.get_matrix().get()
        x, y = ctypes.c_float(), ctypes.c_float()
        antes = inicio = None
        for i in range(min(crudo.FPDFPath_CountSegments(objeto), 400)):
            segmento = crudo.FPDFPath_GetPathSegment(objeto, i)
            crudo.FPDFPathSegment_GetPoint(segmento, x, y)
            punto = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            clase = crudo.FPDFPathSegment_GetType(segmento)
            if clase == crudo.FPDF_SEGMENT_MOVETO:
                inicio = punto
            elif antes is not None:
                _anota(antes, punto, horizontales, verticales)
            if crudo.FPDFPathSegment_GetClose(segmento) and inicio is not None:
                _anota(punto, inicio, horizontales, verticales)
            antes = punto
        if len(horizontales) + len(verticales) > SEGMENTOS_MAXIMOS:
            break  # un plano o un dibujo, no una tabla
    return horizontales, verticales


def _anota(uno, otro, horizontales: list[Linea], verticales: list[Linea]) -> None:
    (x0, y0), (x1, y1) = uno, otro
    if abs(y0 - y1) < 1 and abs(x0 - x1) > 6:
        horizontales.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x0 - x1) < 1 and abs(y0 - y1) > 6:
        verticales.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


# -- las tablas ----------------------------------------------------------------------


ENTRE_RENGLONES = 150
"""Lo más que puede medir un renglón que no tiene rayas a los lados."""


_TITULO_DE_TABLA = re.compile(r"(?:Tabla|Cuadro|Gráfica|Figura)\s+\d[\d.]*\.\s")


def cuadriculas(horizontales: list[Linea], verticales: list[Linea], titulos: Sequence[float] = ()):
    """Las líneas que se tocan forman una cuadrícula: sus columnas y sus renglones."""
    for grupo_h, grupo_v in grupos(horizontales, verticales, titulos):
        ys = juntas([*(y for y, _, _ in grupo_h), *(y for _, y0, y1 in grupo_v for y in (y0, y1))])
        extremos = Counter(round(x) for _, x0, x1 in grupo_h for x in (x0, x1))
        xs = juntas(
            [*(x for x, _, _ in grupo_v), *(x for x, veces in extremos.items() if veces >= max(2, len(ys) // 2))]
        )
        if len(xs) >= 3 and len(ys) >= 3:
            yield xs, ys, grupo_h, grupo_v


def grupos(
    horizontales: list[Linea], verticales: list[Linea], titulos: Sequence[float] = ()
) -> list[tuple[list[Linea], list[Linea]]]:
    """De abajo arriba: se juntan las que se tocan y, si no, las que cortan las columnas en los mismos lugares.

    ``titulos``: a qué alturas hay uno de tabla; lo de arriba y lo de abajo son dos.
    """
    lineas = [(y, y, True, (y, x0, x1)) for y, x0, x1 in horizontales]
    lineas += [(y0, y1, False, (x, y0, y1)) for x, y0, y1 in verticales]
    franjas: list[tuple[float, float, list[Linea], list[Linea]]] = []
    for desde, hasta, es_horizontal, linea in sorted(lineas):
        if not franjas or desde > franjas[-1][1] + TOLERANCIA:
            franjas.append((desde, hasta, [], []))
        inicio, tope, hs, vs = franjas[-1]
        (hs if es_horizontal else vs).append(linea)
        franjas[-1] = (inicio, max(tope, hasta), hs, vs)
    juntos: list[tuple[float, float, list[Linea], list[Linea]]] = []
    for franja in franjas:
        antes = juntos[-1] if juntos else None
        titulada = antes is not None and any(antes[1] < y < franja[0] for y in titulos)
        if antes and not titulada and franja[0] - antes[1] <= ENTRE_RENGLONES and mismas_columnas(antes, franja):
            juntos[-1] = (antes[0], franja[1], antes[2] + franja[2], antes[3] + franja[3])
        else:
            juntos.append(franja)
    return [(hs, vs) for _, _, hs, vs in juntos]


def mismas_columnas(uno, otro) -> bool:
    """Tres cortes o más, y los mismos; a uno pueden faltarle los primeros: esa celda abarca varios renglones."""
    cortes = [juntas([*(x for _, a, b in f[2] for x in (a, b)), *(x for x, _, _ in f[3])]) for f in (uno, otro)]
    menos, mas = sorted(cortes, key=len)
    iguales = zip(menos, mas[-len(menos) :], strict=True)
    return len(menos) >= 3 and all(abs(a - b) <= TOLERANCIA for a, b in iguales)


def juntas(posiciones: Iterable[float]) -> list[float]:
    """Sin repetir las que son la misma raya dibujada dos veces."""
    resultado: list[float] = []
    for posicion in sorted(posiciones):
        if not resultado or posicion - resultado[-1] > TOLERANCIA:
            resultado.append(posicion)
    return resultado


def en_celdas(palabras: list[Palabra], xs, ys, horizontales, verticales) -> list[list[str]]:
    """De arriba abajo; lo de una celda que abarca varias va en la primera."""
    alto, ancho = len(ys) - 1, len(xs) - 1
    celdas: dict[tuple[int, int], list[Palabra]] = {}
    duenas = combinadas(xs, ys, horizontales, verticales)
    for palabra in palabras:
        x, y = palabra.centro
        fila = alto - 1 - min(max(bisect_right(ys, y) - 1, 0), alto - 1)
        columna = min(max(bisect_right(xs, x) - 1, 0), ancho - 1)
        celdas.setdefault(duenas[fila, columna], []).append(palabra)
    filas = [
        [" ".join(r.texto.replace("\t", " ") for r in renglones_de(celdas.get((f, c), []))) for c in range(ancho)]
        for f in range(alto)
    ]
    return [fila for fila in filas if any(fila)]


def combinadas(xs, ys, horizontales, verticales) -> dict[tuple[int, int], tuple[int, int]]:
    """De cada lugar de la cuadrícula, la celda a la que pertenece: donde no hay raya, sigue la de antes."""
    alto, ancho = len(ys) - 1, len(xs) - 1
    duenas: dict[tuple[int, int], tuple[int, int]] = {}
    for fila in range(alto):
        arriba, abajo = ys[alto - fila], ys[alto - 1 - fila]
        for columna in range(ancho):
            medio_x = (xs[columna] + xs[columna + 1]) / 2
            duenas[fila, columna] = (fila, columna)
            if columna and not _separa(horizontales, verticales, xs[columna], arriba, abajo):
                duenas[fila, columna] = duenas[fila, columna - 1]
            elif fila and not _cruza(horizontales, arriba, medio_x):
                duenas[fila, columna] = duenas[fila - 1, columna]
    return duenas


def _separa(horizontales: list[Linea], verticales: list[Linea], x: float, arriba: float, abajo: float) -> bool:
    """Si ahí acaba una columna: la corta una raya vertical o en ella terminan las de arriba o las de abajo."""
    return _cruza(verticales, x, (arriba + abajo) / 2) or any(
        min(abs(y - arriba), abs(y - abajo)) <= TOLERANCIA and min(abs(x0 - x), abs(x1 - x)) <= TOLERANCIA
        for y, x0, x1 in horizontales
    )


def _cruza(lineas: list[Linea], fija: float, en: float) -> bool:
    return any(abs(linea[0] - fija) <= TOLERANCIA and linea[1] - 1 <= en <= linea[2] + 1 for linea in lineas)


# -- los renglones ---------------------------------------------------------------------


def renglones_de(palabras: list[Palabra]) -> list[Renglon]:
    renglones: list[Renglon] = []
    for palabra in sorted(palabras, key=lambda p: (-p.centro[1], p.x0)):
        for renglon in reversed(renglones[-3:]):
            if abs(renglon.y - palabra.centro[1]) <= 0.45 * max(renglon.alto, 5):
                renglon.palabras.append(palabra)
                break
        else:
            renglones.append(Renglon([palabra]))
    for renglon in renglones:
        renglon.palabras.sort(key=lambda p: p.x0)
    return renglones


_CORTADA = re.compile(r"(\w+)-[ \n]+([a-záéíóúñ]\w*)")


def unidas(texto: str) -> str:
    """Sin el guion con que se cortó una palabra al final del renglón; «político-electoral» conserva el suyo."""
    compuestas = set(re.findall(r"\w+-\w+", texto.lower()))

    def une(hallada: re.Match[str]) -> str:
        con_guion = f"{hallada[1]}-{hallada[2]}"
        return con_guion if con_guion.lower() in compuestas else f"{hallada[1]}{hallada[2]}"

    return _CORTADA.sub(une, texto)


def escrito(paginas: list[tuple[float, list[Pieza]]]) -> str:
    """Los renglones juntos son un párrafo; los títulos van en negritas, y cada página acaba en un avance de hoja."""
    repetidos = cabezas_y_pies(paginas)
    tamanos = [p.renglon.alto for _, piezas in paginas for p in piezas if p.renglon for _ in p.renglon.palabras]
    comun = statistics.median(tamanos) if tamanos else 10
    salida: list[str] = []
    antes: Pieza | None = None
    # Una página de puros renglones sueltos no dice cuánto distan los de un párrafo: lo dicen las demás.
    de_cada = [_interlinea(piezas) for _, piezas in paginas if len(piezas) > 5]
    usual = statistics.median_low(de_cada) if de_cada else 14.0
    for alto, piezas in paginas:
        quedan = [p for p in piezas if not (p.renglon and _sin_numeros(p.renglon.texto, p.y, alto) in repetidos)]
        interlinea = min(_interlinea(quedan), usual)
        nueva = True
        for pieza in quedan:
            if pieza.renglon is None:
                salida += ["", *("\t".join(fila) for fila in sin_vacias(pieza.filas)), ""]
            else:
                sigue = _sigue(antes, pieza, None if nueva else interlinea)
                titulo = es_titulo(pieza.renglon, comun)
                if not sigue:
                    salida.append("")
                grande = titulo and pieza.renglon.alto > comun * 1.35
                if titulo and sigue and salida[-1].startswith("## "):
                    salida[-1] = f"{salida[-1]} {pieza.renglon.texto}"
                elif titulo and sigue and salida[-1].startswith("**"):
                    salida[-1] = f"{salida[-1][:-2]} {pieza.renglon.texto}**"
                elif grande:
                    salida.append(f"## {pieza.renglon.texto}")
                else:
                    salida.append(f"**{pieza.renglon.texto}**" if titulo else pieza.renglon.texto)
            antes, nueva = pieza, False
        salida.append("\f")
    return unidas("\n".join(salida).replace("\n\f\n", "\f"))


def _interlinea(piezas: list[Pieza]) -> float:
    """Lo que suelen distar dos renglones seguidos."""
    pasos = [
        uno.y - otro.y
        for uno, otro in zip(piezas, piezas[1:], strict=False)
        if uno.renglon and otro.renglon and 0 < uno.y - otro.y < 3 * otro.renglon.alto
    ]
    return statistics.median_low(pasos) if pasos else 14


_ENTRADA_DE_INDICE = re.compile(r"\.{4,}\s*\d{1,3}$")
_ENCABEZA = re.compile(r"(?:[A-Z]\)|[IVXLC]+\.|\d{1,2}\.)\s+[A-ZÁÉÍÓÚÑ]")


def _sigue(antes: Pieza | None, pieza: Pieza, interlinea: float | None) -> bool:
    """Si el renglón continúa al anterior; ``interlinea`` falta cuando empieza una página."""
    if antes is None or antes.renglon is None or pieza.renglon is None:
        return False
    if _ENCABEZA.match(pieza.renglon.texto) and antes.renglon.texto[-1] in ".:;":
        return False
    if _ENTRADA_DE_INDICE.search(antes.renglon.texto):
        return False
    if abs(antes.renglon.alto - pieza.renglon.alto) > 1 or antes.renglon.negrita != pieza.renglon.negrita:
        return False
    if interlinea is not None:
        return antes.y - pieza.y <= 1.35 * max(interlinea, 1.2 * pieza.renglon.alto)
    return antes.renglon.texto[-1] not in ".:;?!" and not pieza.renglon.texto[0].isupper()


def es_titulo(renglon: Renglon, comun: float) -> bool:
    texto = renglon.texto
    return len(texto) > 2 and "\t" not in texto and (renglon.negrita or renglon.alto > comun * 1.12)


def sin_vacias(filas: list[list[str]]) -> list[list[str]]:
    llenas = [c for c in range(len(filas[0])) if any(fila[c] for fila in filas)]
    return [[fila[c] for c in llenas] for fila in filas]


def _sin_numeros(texto: str, y: float, alto: float) -> str:
    """Cómo se reconoce el mismo encabezado de página en otra; vacío si está en el cuerpo."""
    return re.sub(r"\d+", "#", texto.split("\t")[0]) if y > alto * 0.92 or y < alto * 0.08 else "\0"


def cabezas_y_pies(paginas: list[tuple[float, list[Pieza]]]) -> set[str]:
    veces = Counter(
        huella
        for alto, piezas in paginas
        for huella in {_sin_numeros(p.renglon.texto, p.y, alto) for p in piezas if p.renglon} - {"\0"}
    )
    return {huella for huella, n in veces.items() if n >= 3}


def _topes() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA_MAXIMA, MEMORIA_MAXIMA))
    resource.setrlimit(resource.RLIMIT_CPU, (SEGUNDOS_MAXIMOS, SEGUNDOS_MAXIMOS))


def principal() -> int:
    _topes()
    try:
        texto = leer(sys.stdin.buffer.read())
    except ValueError as error:
        return error.args[0] if isinstance(error.args[0], int) else ILEGIBLE
    sys.stdout.buffer.write(texto.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(principal())
