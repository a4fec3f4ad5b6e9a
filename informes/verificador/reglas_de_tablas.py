"""Renglones que se saltan o se repiten y totales y porcentajes que no cuadran."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from itertools import islice

from rapidfuzz import fuzz

from vinculacion.nucleo.bloques import Celda, Lista, Tabla
from vinculacion.nucleo.palabras import numero
from vinculacion.nucleo.texto import llano

from .cantidades import decimales, es_porcentaje, numero_de
from .fragmentos import Fragmento, cita, enlace_de_fila, escrita, fila_citada, limpio
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones

_NUMERO_DE_RENGLON = re.compile(r"\s*(\d{1,4})\s*(?:[.)](?!\d)|$)")
_COLUMNA_DE_NUMERO = re.compile(r"(?:no|num|numero|#|n|cons|consecutivo)\.?[°º]?")
_NO_SE_SUMA = re.compile(r"%|porcent|promedio|media|tasa|avance|anio|ano\b|folio|clave|fecha|vigencia")
MINIMO_DE_RENGLONES = 3


def tablas(revision: Revision) -> Iterator[tuple[Fragmento, Tabla]]:
    for fragmento in revision.fragmentos:
        if isinstance(fragmento.bloque, Tabla):
            yield fragmento, fragmento.bloque


def es_columna_de_numero(titulo: str) -> bool:
    return bool(_COLUMNA_DE_NUMERO.fullmatch(llano(titulo).strip()))


class Numeracion(Regla):
    clave = "tabla.numeracion"
    nombre = "La numeración de los renglones salta o se repite"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento in revision.fragmentos:
            match fragmento.bloque:
                case Tabla() as tabla if tabla.columnas and 0 not in tabla.combinar:
                    titulo = tabla.columnas[0].titulo
                    celdas = [
                        (self.de_celda(f[0], titulo), fila_citada(f), enlace_de_fila(tabla, i))
                        for i, f in enumerate(tabla.filas)
                    ]
                case Lista(elementos=elementos):
                    celdas = [(self.de_celda(limpio(e), ""), cita(limpio(e), 0, 80), "") for e in elementos]
                case _:
                    continue
            numeradas = [celda for celda in celdas if celda[0] is not None]
            if len(numeradas) >= MINIMO_DE_RENGLONES:
                yield from self.recorre(fragmento, numeradas)

    @staticmethod
    def de_celda(celda: Celda, titulo: str) -> int | None:
        """El número con que empieza un renglón: la celda sola si es su columna, o «4. Secretaría…»."""
        sola = es_columna_de_numero(titulo) or not titulo
        if isinstance(celda, int) and not isinstance(celda, bool):
            return celda if sola else None
        if not isinstance(celda, str):
            return None
        hallado = _NUMERO_DE_RENGLON.match(celda)
        if hallado is None or (hallado.end() == len(celda) and not sola):
            return None
        return int(hallado[1])

    def recorre(self, fragmento: Fragmento, numeradas: list[tuple[int | None, str, str]]) -> Iterator[Hallazgo]:
        for (antes, _, _), (n, dicho, url) in zip(numeradas, numeradas[1:], strict=False):
            if antes is None or n is None or n == antes + 1 or (n == 1 and antes > 1):
                continue  # volver al 1 es empezar otro grupo
            que = f"se repite el {n}" if n == antes else f"del {antes} se pasa al {n}"
            yield self.hallazgo(fragmento, Gravedad.ERROR, f"La numeración no es seguida: {que}.", dicho, url)


class Totales(Regla):
    clave = "tabla.total"
    nombre = "El total no es la suma"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, tabla in tablas(revision):
            yield from self.por_columna(fragmento, tabla)
            yield from self.por_fila(fragmento, tabla)

    def por_columna(self, fragmento: Fragmento, tabla: Tabla) -> Iterator[Hallazgo]:
        filas, totales = tabla.filas, tabla.totales
        if totales is None and len(filas) > 2 and es_total(filas[-1]):
            filas, totales = filas[:-1], filas[-1]
        if totales is None or any(es_total(fila) or es_subtotal(fila) for fila in filas):
            return
        for i, columna in enumerate(tabla.columnas):
            total = numero_de(totales[i])
            valores = [numero_de(fila[i]) for fila in filas]
            if total is None or es_porcentaje(totales[i]) or not se_suma(columna.titulo) or columna_con_texto(filas, i):
                continue
            suma = sum((valor for valor in valores if valor is not None), Decimal(0))
            if suma != total and any(valor is not None for valor in valores):
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ERROR,
                    f"El total de «{limpio(columna.titulo) or 'la columna'}» dice {numero(total)} y sus renglones suman {numero(suma)}.",
                    tabla.titulo or fila_citada(totales),
                )

    def por_fila(self, fragmento: Fragmento, tabla: Tabla) -> Iterator[Hallazgo]:
        """La columna «Total», o «Cantidad» ante sus cuatro trimestres."""
        titulos = [llano(limpio(columna.titulo)) for columna in tabla.columnas]
        partes = [i for i, titulo in enumerate(titulos) if re.search(r"\b[1-4] ?t$", titulo)]
        if len(partes) == 4:
            total = next((i for i, titulo in enumerate(titulos) if titulo.startswith(("cantidad", "total"))), None)
        else:
            total = next((i for i, titulo in enumerate(titulos) if titulo == "total"), None)
            numericas = [i for i in range(total or 0) if se_suma(titulos[i]) and not columna_con_texto(tabla.filas, i)]
            partes = [i for i in numericas if not es_columna_de_numero(titulos[i])]
        if total is None or len(partes) < 2:
            return
        cuadran, mal = 0, []
        for n, fila in enumerate(tabla.filas):
            dicho, valores = numero_de(fila[total]), [numero_de(fila[i]) for i in partes]
            if dicho is None or all(valor is None for valor in valores):
                continue
            suma = sum((valor for valor in valores if valor is not None), Decimal(0))
            if suma == dicho:
                cuadran += 1
            else:
                mal.append((n, fila, dicho, suma))
        if len(mal) > cuadran:
            return  # si casi nada cuadra, la columna no es la suma de las otras
        for n, fila, dicho, suma in mal:
            yield self.hallazgo(
                fragmento,
                Gravedad.ERROR,
                f"El total del renglón dice {numero(dicho)} y sus partes suman {numero(suma)}.",
                fila_citada(fila),
                enlace_de_fila(tabla, n),
            )


def es_total(fila: tuple[Celda, ...]) -> bool:
    primera = next((celda for celda in fila if celda not in (None, "")), "")
    return isinstance(primera, str) and bool(
        re.fullmatch(r"total(?:es)?(?: general)?", llano(limpio(primera)).strip(" .:"))
    )


def es_subtotal(fila: tuple[Celda, ...]) -> bool:
    return any(isinstance(celda, str) and llano(celda).lstrip().startswith("subtotal") for celda in fila)


def se_suma(titulo: str) -> bool:
    return not _NO_SE_SUMA.search(llano(titulo)) and not es_columna_de_numero(titulo)


def columna_con_texto(filas: tuple[tuple[Celda, ...], ...], i: int) -> bool:
    """Si la columna dice algo que no es número; vacía o con raya sí se suma como cero."""
    return any(fila[i] not in (None, "", "-", "—", "–") and numero_de(fila[i]) is None for fila in filas)


class Porcentajes(Regla):
    clave = "tabla.porcentaje"
    nombre = "El porcentaje no es el de sus partes"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, tabla in tablas(revision):
            filas = tuple(fila for fila in tabla.filas if not es_total(fila))
            for i, columna in enumerate(tabla.columnas):
                if self.es_de_porcentajes(columna.titulo, filas, i):
                    yield from self.columna(fragmento, tabla, filas, i)

    @staticmethod
    def es_de_porcentajes(titulo: str, filas: tuple[tuple[Celda, ...], ...], i: int) -> bool:
        if len(filas) < 2 or columna_con_texto(filas, i):
            return False
        return bool(re.search(r"%|porcentaje", llano(titulo))) or all(es_porcentaje(fila[i]) for fila in filas)

    def columna(
        self, fragmento: Fragmento, tabla: Tabla, filas: tuple[tuple[Celda, ...], ...], i: int
    ) -> Iterator[Hallazgo]:
        """Se prueba de qué puede ser parte; se culpa sólo a lo que se aparta de lo que cumple la mayoría."""
        numericas = [
            j for j, c in enumerate(tabla.columnas) if j != i and se_suma(c.titulo) and not columna_con_texto(filas, j)
        ]
        mejor: list[tuple[tuple[Celda, ...], Decimal]] | None = None
        for esperados in self.bases(tabla, filas, numericas):
            mal, bien = [], 0
            for fila, esperado in zip(filas, esperados, strict=True):
                dicho = numero_de(fila[i])
                if dicho is None or esperado is None:
                    continue
                if coincide(dicho, esperado, decimales(fila[i])):
                    bien += 1
                else:
                    mal.append((fila, esperado))
            if bien >= max(2, 2 * len(mal)) and (mejor is None or len(mal) < len(mejor)):
                mejor = mal
        for fila, esperado in mejor or ():
            redondo = redondeado(esperado, max(1, decimales(fila[i])))
            yield self.hallazgo(
                fragmento,
                Gravedad.ERROR,
                f"Dice {numero_de(fila[i])}% y sus partes dan {redondo}%.",
                fila_citada(fila),
                enlace_de_fila(tabla, tabla.filas.index(fila)),
            )

    @staticmethod
    def bases(
        tabla: Tabla, filas: tuple[tuple[Celda, ...], ...], numericas: list[int]
    ) -> Iterator[list[Decimal | None]]:
        for j in numericas:
            valores = [numero_de(fila[j]) for fila in filas]
            total = sum((valor for valor in valores if valor is not None), Decimal(0))
            if total:
                yield [valor * 100 / total if valor is not None else None for valor in valores]
            for k in numericas:
                if k != j:
                    otros = [numero_de(fila[k]) for fila in filas]
                    yield [v * 100 / o if v is not None and o else None for v, o in zip(valores, otros, strict=True)]


def coincide(dicho: Decimal, esperado: Decimal, cifras: int) -> bool:
    """Se admite redondear o cortar; 33.4% por 33.33% no es ni lo uno ni lo otro."""
    return dicho in {redondeado(esperado, cifras, modo) for modo in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)}


_DE_SOBRA = Context(prec=100)  # con la de siempre, un cociente enorme con muchos decimales no se puede redondear


def redondeado(valor: Decimal, cifras: int, modo: str = ROUND_HALF_UP) -> Decimal:
    return valor.quantize(Decimal(1).scaleb(-cifras), modo, _DE_SOBRA)


class PorcentajesQueSuman(Regla):
    """Cuando cada renglón es parte del mismo todo, juntos son el 100%."""

    clave = "tabla.cien_por_ciento"
    nombre = "Los porcentajes no suman lo que dicen"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, tabla in tablas(revision):
            filas = tuple(fila for fila in tabla.filas if not es_total(fila))
            total = tabla.totales or next((fila for fila in tabla.filas if es_total(fila)), None)
            if total is None or any(es_subtotal(fila) for fila in filas):
                continue
            for i, columna in enumerate(tabla.columnas):
                dicho = numero_de(total[i])
                if dicho is None or not Porcentajes.es_de_porcentajes(columna.titulo, filas, i):
                    continue
                valores = [v for fila in filas if (v := numero_de(fila[i])) is not None]
                suma = sum(valores, Decimal(0))
                holgura = Decimal(1).scaleb(-max(decimales(fila[i]) for fila in filas)) * len(valores) / 2
                if dicho == 100 and abs(suma - dicho) > max(holgura, Decimal("0.1")):
                    yield self.hallazgo(
                        fragmento,
                        Gravedad.ERROR,
                        f"«{limpio(columna.titulo) or 'La columna'}» dice 100% en total y sus renglones suman {numero(suma)}%.",
                        tabla.titulo or fila_citada(total),
                    )


_ES_PRODUCTO = re.compile(r"probabilidad|riesgo|interes.*fuerza|involucramiento|\bproducto\b")


class Productos(Regla):
    """Probabilidad por impacto, interés por fuerza: tres números seguidos, y el último es el producto."""

    clave = "tabla.producto"
    nombre = "El nivel no es el producto de sus factores"
    MINIMO = 3

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        corridas: dict[tuple[str, str], list[tuple[Fragmento, Tabla, int, list[int]]]] = {}
        for fragmento, tabla in tablas(revision):
            if _ES_PRODUCTO.search(llano(f"{tabla.titulo} {' '.join(c.titulo for c in tabla.columnas)}")):
                clave = (fragmento.apartado, fragmento.ancla)
                for n, fila in enumerate(tabla.filas):
                    corridas.setdefault(clave, []).extend((fragmento, tabla, n, terna) for terna in ternas(fila))
        for suyas in corridas.values():
            mal = [corrida for corrida in suyas if corrida[3][0] * corrida[3][1] != corrida[3][2]]
            if len(suyas) - len(mal) < max(self.MINIMO, 2 * len(mal)):
                continue
            for fragmento, tabla, n, (a, b, c) in mal:
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ERROR,
                    f"Dice {c}, y {a} × {b} son {a * b}.",
                    fila_citada(tabla.filas[n]),
                    enlace_de_fila(tabla, n),
                )


def ternas(fila: tuple[Celda, ...]) -> Iterator[list[int]]:
    """Los grupos de tres enteros seguidos de un renglón, sin contar las celdas vacías."""
    grupo: list[int] = []
    for celda in (*fila[1:], "fin"):
        if celda in (None, ""):
            continue
        valor = numero_de(celda)
        if valor is not None and valor == valor.to_integral_value() and 0 < valor < 1000:
            grupo.append(int(valor))
            continue
        if len(grupo) == 3:
            yield grupo
        grupo = []


@dataclass(frozen=True, slots=True)
class _Renglon:
    fechas: frozenset[date]
    palabras: tuple[str, ...]
    dicho: str
    url: str


class Duplicados(Regla):
    """Misma fecha y mismo título, salvo erratas. Dos renglones que difieren en una palabra son dos hechos."""

    clave = "tabla.duplicado"
    nombre = "El mismo hecho está dos veces"
    COMPARADOS = 100  # con los últimos de la misma fecha, si ninguno es igual

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento in revision.fragmentos:
            match fragmento.bloque:
                case Tabla() as tabla:
                    renglones = self.de_tabla(tabla)
                case Lista(elementos=elementos):
                    renglones = [self.de_texto(limpio(elemento)) for elemento in elementos]
                case _:
                    continue
            yield from self.repetidos(fragmento, renglones)

    @staticmethod
    def de_tabla(tabla: Tabla) -> list[_Renglon]:
        renglones = []
        for n, fila in enumerate(tabla.filas):
            fechas, textos = set(), []
            for columna, celda in zip(tabla.columnas, fila, strict=True):
                if isinstance(celda, date):
                    fechas.add(celda)
                elif not es_columna_de_numero(columna.titulo):
                    texto = escrita(celda) or ("" if celda is None else str(celda))
                    dichas = menciones(texto)
                    fechas |= {m.fecha for m in dichas if m.fecha}
                    textos.append(_sin(texto, [(m.inicio, m.fin) for m in dichas]))
            renglones.append(
                _Renglon(
                    frozenset(fechas),
                    tuple(palabras_de(" ".join(textos))),
                    fila_citada(fila),
                    enlace_de_fila(tabla, n),
                )
            )
        return renglones

    @staticmethod
    def de_texto(texto: str) -> _Renglon:
        dichas = menciones(texto)
        fechas = frozenset(m.fecha for m in dichas if m.fecha)
        palabras = tuple(palabras_de(_sin(texto, [(m.inicio, m.fin) for m in dichas])))
        return _Renglon(fechas, palabras, cita(texto, 0, 120), "")

    def repetidos(self, fragmento: Fragmento, renglones: list[_Renglon]) -> Iterator[Hallazgo]:
        vistos: dict[tuple[frozenset[date], int], dict[tuple[str, ...], None]] = defaultdict(dict)
        for renglon in renglones:
            if not renglon.fechas:
                continue
            palabras, antes = renglon.palabras, vistos[renglon.fechas, len(renglon.palabras)]
            otros = [palabras] if palabras in antes else islice(reversed(antes), self.COMPARADOS)
            if any(mismas_palabras(otras, palabras) for otras in otros):
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ADVERTENCIA,
                    "Hay otro renglón con la misma fecha y el mismo título.",
                    renglon.dicho,
                    renglon.url,
                )
            antes[palabras] = None


def _sin(texto: str, tramos: list[tuple[int, int]]) -> str:
    for inicio, fin in sorted(tramos, reverse=True):
        texto = f"{texto[:inicio]} {texto[fin:]}"
    return texto


PARECIDO = 80
LARGO_MINIMO = 8
_VACIAS = {
    "de",
    "del",
    "la",
    "las",
    "el",
    "los",
    "y",
    "e",
    "a",
    "al",
    "en",
    "con",
    "por",
    "para",
    "un",
    "una",
    "que",
    "su",
}


def mismo_titulo(uno: str, otro: str) -> bool:
    """Iguales palabra por palabra, o con erratas de letras; nunca si difiere un número o una sigla."""
    return mismas_palabras(palabras_de(uno), palabras_de(otro))


def palabras_de(texto: str) -> list[str]:
    return sorted(palabra for palabra in re.findall(r"\w+", llano(texto)) if palabra not in _VACIAS)


def mismas_palabras(a: Sequence[str], b: Sequence[str]) -> bool:
    if len(a) != len(b) or sum(map(len, a)) < LARGO_MINIMO:
        return False
    if a == b:
        return True
    solo_a, solo_b = _resta(a, b), _resta(b, a)
    if len(solo_a) > max(1, len(a) // 4):
        return False
    return all(
        len(x) > 4 and len(y) > 4 and not any(c.isdigit() for c in x + y) and fuzz.ratio(x, y) >= PARECIDO
        for x, y in zip(solo_a, solo_b, strict=True)
    )


def _resta(uno: Sequence[str], otro: Sequence[str]) -> list[str]:
    resta: list[str] = []
    queda = list(otro)
    for palabra in uno:
        if palabra in queda:
            queda.remove(palabra)
        else:
            resta.append(palabra)
    return resta


REGLAS = (Numeracion(), Totales(), Porcentajes(), PorcentajesQueSuman(), Productos(), Duplicados())
