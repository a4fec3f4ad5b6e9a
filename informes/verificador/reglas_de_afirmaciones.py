"""Lo que un texto afirma contra sí mismo: partes que no suman, lo anunciado que no se enumera, dos cifras de lo mismo."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from vinculacion.nucleo import palabras
from vinculacion.nucleo.bloques import Lista, Parrafo, Tabla
from vinculacion.nucleo.palabras import enumera, numero
from vinculacion.nucleo.texto import llano

from .cantidades import Cuenta, cuentas, numero_de, numeros
from .fragmentos import Fragmento, cita, escrita, limpio, trozos
from .hallazgos import Gravedad, Hallazgo, Regla, Revision
from .menciones import menciones
from .reglas_de_tablas import es_total, palabras_de

_FIN_DE_ORACION = re.compile(r"(?<=[a-záéíóúñ\d)»”\"])\.\s+(?=[A-ZÁÉÍÓÚÑ¿«“\"])")


def oraciones(texto: str) -> list[str]:
    return [oracion for oracion in _FIN_DE_ORACION.split(texto) if oracion]


def raiz(sustantivo: str) -> str:
    return llano(sustantivo)[:6].rstrip("s")


_TOTAL = re.compile(r"\btotal de\s+$")
_DE_LOS_CUALES = re.compile(r"\bde (?:las|los) cuales\b")
_NO_ES_PARTE = re.compile(
    r"(?:articulos?|fraccion(?:es)?|numeral(?:es)?|punto|tabla|cuadro|anexos?|base|parrafo|circular(?:es)?|nivel|de un|"
    r"ano|etapa|version|horas?|\d|[/:-]|\bdel?|\blas|al|trimestre|por ciento|menos de|mas de) ?$"
)
PARTES_QUE_SE_PRUEBAN = 8


class PartesQueNoSuman(Regla):
    """«Un total de 11 acuerdos, tres en la décima sesión, cinco en la siguiente y cuatro en la última»."""

    clave = "cifra.partes"
    nombre = "Las partes que dice el texto no dan su total"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento in revision.fragmentos:
            if not (fragmento.es_texto or isinstance(fragmento.bloque, Lista)):
                continue
            for trozo in trozos(fragmento):
                for oracion in oraciones(trozo.texto):
                    yield from self.en_oracion(fragmento, oracion)

    def en_oracion(self, fragmento: Fragmento, oracion: str) -> Iterator[Hallazgo]:
        plano = llano(oracion)
        if "total de" not in plano and not _DE_LOS_CUALES.search(plano):
            return
        fechas = [(m.inicio, m.fin) for m in menciones(oracion)]
        dichos = [
            n
            for n in numeros(oracion)
            if not _NO_ES_PARTE.search(llano(oracion[: n.inicio])) or _TOTAL.search(llano(oracion[: n.inicio]))
        ]
        dichos = [n for n in dichos if not any(i <= n.inicio < f for i, f in fechas) and not 1900 <= n.n <= 2199]
        total = next((n for n in dichos if _TOTAL.search(llano(oracion[: n.inicio]))), None)
        corte = _DE_LOS_CUALES.search(plano) if len(plano) == len(oracion) else None
        if total is None and corte:
            total = next((n for n in reversed(dichos) if n.fin <= corte.start()), None)
        if total is None:
            return
        partes = [n for n in dichos if n.inicio >= max(total.fin, corte.start() if corte else 0)]
        dicho = cita(oracion, total.inicio, partes[-1].fin if partes else total.fin)
        mayor = next((p for p in partes if p.n > total.n), None)
        if corte and mayor is not None and partes[0] is mayor:
            yield self.hallazgo(
                fragmento, Gravedad.ERROR, f"Dice {numero(total.n)} en total y {numero(mayor.n)} de ellos.", dicho
            )
        elif self.se_reparte(oracion, total, partes, bool(corte)) and not suman(total.n, [p.n for p in partes]):
            suma = sum(p.n for p in partes)
            yield self.hallazgo(
                fragmento,
                Gravedad.ERROR,
                f"Dice {numero(total.n)} en total, y {enumera(numero(p.n) for p in partes)} suman {numero(suma)}.",
                dicho,
            )

    @staticmethod
    def se_reparte(oracion: str, total, partes: Sequence, con_cuales: bool) -> bool:
        """Dos partes o más, unidas por comas y una «y», con la misma hechura."""
        if not 2 <= len(partes) <= PARTES_QUE_SE_PRUEBAN:
            return False
        entre = llano(oracion[total.fin : partes[0].inicio])
        enlace = [llano(oracion[a.fin : b.inicio]) for a, b in zip(partes, partes[1:], strict=False)]
        abre = con_cuales or entre.rstrip().endswith(("(", ",", ":", "en")) or re.search(r"[(,:]\s*$", entre)
        return bool(abre) and bool(re.search(r"\by\s*$|\by\b[^,;]*$", enlace[-1]))


def suman(total: int, partes: Sequence[int]) -> bool:
    """Si algunas de las partes, en cualquier elección de dos o más, dan el total."""
    return any(
        sum(eleccion) == total for cuantas in range(2, len(partes) + 1) for eleccion in combinations(partes, cuantas)
    )


_GENTE = {"personas", "asistentes", "participantes", "integrantes", "funcionarias", "funcionarios", "observadoras"}
_REPARTE_EN = re.compile(r"\s*[,:;(]?\s*(?:de l[ao]s cuales|entre ell[ao]s)?,?\s*(?:fueron|son|eran)?\s*")


class MujeresYHombres(Regla):
    """«Asistieron 40 personas, 24 mujeres y 26 hombres»."""

    clave = "cifra.mujeres_y_hombres"
    nombre = "Mujeres y hombres no dan el total"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, trozo in revision.trozos:
            if "mujeres" in trozo.texto and "hombres" in trozo.texto:
                dichas = list(cuentas(trozo.texto))
                for terna in zip(dichas, dichas[1:], dichas[2:], strict=False):
                    yield from self.compara(fragmento, trozo.texto, *terna)

    def compara(
        self, fragmento: Fragmento, texto: str, todas: Cuenta, unas: Cuenta, otros: Cuenta
    ) -> Iterator[Hallazgo]:
        de_ambos = {unas.sustantivo, otros.sustantivo} == {"mujeres", "hombres"}
        juntas = (
            _REPARTE_EN.fullmatch(llano(texto[todas.fin : unas.inicio])) and texto[unas.fin : otros.inicio] == " y "
        )
        if todas.sustantivo in _GENTE and de_ambos and juntas and unas.n + otros.n != todas.n:
            yield self.hallazgo(
                fragmento,
                Gravedad.ERROR,
                f"Dice «{todas.texto}»; «{unas.texto}» y «{otros.texto}» suman {numero(unas.n + otros.n)}.",
                cita(texto, todas.inicio, otros.fin),
            )


@cache
def _ordinales() -> dict[str, int]:
    formas = {}
    for n in range(1, 13):
        for genero in ("m", "f"):
            formas[llano(palabras.ordinal(n, genero))] = n
            formas[llano(palabras.ordinal(n, genero, apocope=True))] = n
    return formas


@cache
def _enumera_ordinales() -> re.Pattern[str]:
    """«el primero es», «el segundo»; no «en el primer trimestre»."""
    formas = "|".join(sorted(_ordinales(), key=len, reverse=True))
    return re.compile(
        rf"(?<!en )(?<!del )\b(?:el|la|los|las)\s+({formas})\b(?! (?:trimestre|semestre|sesion|informe|reunion|ano|proceso))"
    )


_SE_DIVIDE = re.compile(
    r"\b(apartados?|partes|capitulos|secciones|rubros|ejes|etapas|objetivos|resultados|propositos|vertientes|puntos)\b"
)
_INCISO = re.compile(r"(?:(?<=[\s:;(])|^)([a-zA-Z]|\d{1,2}|[ivx]{1,4})\)\s")


class EnumeracionIncompleta(Regla):
    """«Se integra por cinco apartados. El primero…, el segundo…, el tercero… y el quinto»; «dos resultados: A)… y C)»."""

    clave = "cifra.enumeracion"
    nombre = "Se anuncia una cantidad y se enumera otra"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento in revision.fragmentos:
            if not fragmento.es_texto:
                continue
            for trozo in trozos(fragmento):
                yield from self.por_ordinales(fragmento, trozo.texto)
                yield from self.por_incisos(fragmento, trozo.texto)

    def por_ordinales(self, fragmento: Fragmento, texto: str) -> Iterator[Hallazgo]:
        for dicha in self.anunciadas(texto):
            dichos = [_ordinales()[hallado[1]] for hallado in _enumera_ordinales().finditer(llano(texto[dicha.fin :]))]
            if not dichos or dichos[0] != 1 or len(dichos) < 2:
                continue
            corrida = [1]
            for n in dichos[1:]:
                if n <= corrida[-1]:
                    break
                corrida.append(n)
            faltan = [n for n in range(1, max(dicha.n, corrida[-1]) + 1) if n not in corrida]
            if len(corrida) > 1 and (faltan or corrida[-1] != dicha.n):
                que = (
                    f"y no dice {'cuál es el' if len(faltan) == 1 else 'cuáles son el'} "
                    f"{enumera(palabras.ordinal(n) for n in faltan)}"
                    if faltan
                    else f"y enumera {numero(len(corrida))}"
                )
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ERROR,
                    f"Anuncia «{dicha.texto}» {que}.",
                    cita(texto, dicha.inicio, dicha.fin, 140),
                )

    def por_incisos(self, fragmento: Fragmento, texto: str) -> Iterator[Hallazgo]:
        for dicha in self.anunciadas(texto):
            resto = re.match(r"[^.:]{0,60}:\s*(?=\S)", texto[dicha.fin :])
            if not resto:
                continue
            oracion = oraciones(texto[dicha.fin + resto.end() :])[:1]
            dichas = [m[1] for m in _INCISO.finditer(oracion[0])] if oracion else []
            marcas = [marca.lower() for marca in dichas]
            if len(marcas) < 2:
                continue
            if len(marcas) != dicha.n or marcas != seguidas(marcas[0], len(marcas)):
                yield self.hallazgo(
                    fragmento,
                    Gravedad.ERROR,
                    f"Anuncia «{dicha.texto}» y enumera {enumera(f'{m})' for m in dichas)}.",
                    cita(texto, dicha.inicio, dicha.fin, 140),
                )

    @staticmethod
    def anunciadas(texto: str) -> Iterator[Cuenta]:
        for dicha in cuentas(texto):
            if 2 <= dicha.n <= 12 and _SE_DIVIDE.fullmatch(llano(dicha.sustantivo)):
                yield dicha


def seguidas(primera: str, cuantas: int) -> list[str]:
    if primera.isdigit():
        return [str(int(primera) + i) for i in range(cuantas)]
    if primera == "i":
        return [palabras.romano(i + 1).lower() for i in range(cuantas)]
    return [chr(ord(primera) + i) for i in range(cuantas)]


_RANGO = re.compile(r"(?:entre (\d+) y (\d+)|de (\d+) a (\d+)|(?<![\d-] )\b(\d+)) puntos\b")
_DE_TANTAS = re.compile(r"\b(\d{1,3}) de l[ao]s (\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class _Medida:
    """De una tabla, cuántos renglones tiene y los números de cada columna que casi sólo trae números."""

    renglones: int
    columnas: list[list[Decimal]]

    @classmethod
    def de(cls, tabla: Tabla) -> "_Medida":
        columnas = (
            sorted(v for fila in tabla.filas if (v := numero_de(fila[i])) is not None)
            for i in range(len(tabla.columnas))
        )
        con_numeros = [valores for valores in columnas if len(valores) >= max(3, len(tabla.filas) // 2 + 1)]
        return cls(sum(1 for fila in tabla.filas if not es_total(fila)), con_numeros)

    def cuantos(self, desde: int, hasta: int) -> set[int]:
        """Cuántos renglones caen en el rango según cada columna que llega a él."""
        dentro = (bisect_right(v, hasta) - bisect_left(v, desde) for v in self.columnas if v[-1] >= hasta)
        return {n for n in dentro if n > 0}


class CuentaPorRango(Regla):
    """«13 áreas con valores entre 12 y 16 puntos», y en su tabla son 11."""

    clave = "cifra.por_rango"
    nombre = "No son tantos los que caen en ese rango"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        tabla: _Medida | None = None
        apartado = ""
        for fragmento in revision.fragmentos:
            if fragmento.apartado != apartado:
                tabla, apartado = None, fragmento.apartado
            if isinstance(fragmento.bloque, Tabla):
                tabla = _Medida.de(fragmento.bloque)
            elif tabla is not None and fragmento.es_texto:
                for trozo in trozos(fragmento):
                    for oracion in oraciones(trozo.texto):
                        yield from self.en_oracion(fragmento, oracion, tabla)

    def en_oracion(self, fragmento: Fragmento, oracion: str, tabla: _Medida) -> Iterator[Hallazgo]:
        rango = _RANGO.search(llano(oracion))
        if rango is None:
            return
        desde, hasta = (
            (int(rango[1]), int(rango[2])) if rango[1] else (int(rango[3] or rango[5]), int(rango[4] or rango[5]))
        )
        antes = oracion[: rango.start()]
        de_tantas = list(_DE_TANTAS.finditer(antes))
        if de_tantas:
            n, inicio, fin = int(de_tantas[-1][1]), de_tantas[-1].start(), de_tantas[-1].end()
            if int(de_tantas[-1][2]) != tabla.renglones:
                return  # la tabla no es de ésos
        elif dichas := list(cuentas(antes)):
            n, inicio, fin = dichas[0].n, dichas[0].inicio, dichas[0].fin
        else:
            return
        hay = tabla.cuantos(desde, hasta)
        if hay and n not in hay:
            son = next(iter(hay))
            en = f"entre {desde} y {hasta}" if desde != hasta else f"con {desde}"
            yield self.hallazgo(
                fragmento,
                Gravedad.ERROR,
                f"El texto dice {numero(n)} y su tabla tiene {numero(son)} {en}.",
                cita(oracion, inicio, fin, 110),
            )


@dataclass(frozen=True, slots=True)
class _Dicho:
    fragmento: Fragmento
    cuenta: Cuenta
    oracion: str
    palabras: frozenset[str]
    seña: tuple  # lo que distingue a dos hechos parecidos: fechas, ordinales, folios


PARECIDO_DE_ORACIONES = 0.75
PALABRAS_MINIMAS = 4
DICHOS_COMPARADOS = 500  # los de antes, de la misma cosa: ningún informe dice tantos
_SEÑAS = re.compile(r"\d+|\b(?:primer|segund|tercer|cuart|quint|sext|septim|octav|noven|decim)\w*|\b[ivx]{2,5}\b")


class DosCifrasDeLoMismo(Regla):
    """«Se enviaron 49 correos a la Red» en un apartado y «se enviaron 48 correos a la Red» en otro."""

    clave = "cifra.dos_de_lo_mismo"
    nombre = "Lo mismo se dice con dos cifras"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        por_cosa: dict[tuple, list[_Dicho]] = defaultdict(list)
        for fragmento in revision.fragmentos:
            if not (fragmento.es_texto or isinstance(fragmento.bloque, Lista)):
                continue
            for trozo in trozos(fragmento):
                for oracion in oraciones(trozo.texto):
                    for dicho in self.dichos(fragmento, oracion):
                        por_cosa[raiz(dicho.cuenta.sustantivo), dicho.seña].append(dicho)
        for dichos in por_cosa.values():
            yield from self.comparan(dichos)

    @staticmethod
    def dichos(fragmento: Fragmento, oracion: str) -> Iterator[_Dicho]:
        halladas = list(cuentas(oracion))
        if not halladas:
            return
        palabras_ = frozenset(p for p in palabras_de(oracion) if len(p) > 3 and not p.isdigit())
        sin_cuentas = oracion
        for hallada in reversed(halladas):
            sin_cuentas = f"{sin_cuentas[: hallada.inicio]} {sin_cuentas[hallada.fin :]}"
        seña = tuple(sorted(_SEÑAS.findall(llano(sin_cuentas))))
        for hallada in halladas:
            yield _Dicho(fragmento, hallada, oracion, palabras_, seña)

    def comparan(self, dichos: list[_Dicho]) -> Iterator[Hallazgo]:
        cifras = {(dicho.oracion, dicho.cuenta.n) for dicho in dichos}
        for i, dicho in enumerate(dichos):
            for otro in dichos[max(0, i - DICHOS_COMPARADOS) : i]:
                if dicho.cuenta.n == otro.cuenta.n or dicho.oracion == otro.oracion:
                    continue
                if (otro.oracion, dicho.cuenta.n) in cifras:
                    continue  # esa oración también trae la otra cifra
                menor = min(len(dicho.palabras), len(otro.palabras))
                comunes = len(dicho.palabras & otro.palabras)
                if menor >= PALABRAS_MINIMAS and comunes >= PARECIDO_DE_ORACIONES * menor:
                    donde = (
                        f" en «{otro.fragmento.apartado}»"
                        if otro.fragmento.apartado != dicho.fragmento.apartado
                        else ""
                    )
                    yield self.hallazgo(
                        dicho.fragmento,
                        Gravedad.ADVERTENCIA,
                        f"Aquí dice «{dicho.cuenta.texto}» y antes{donde}, «{otro.cuenta.texto}».",
                        cita(dicho.oracion, dicho.cuenta.inicio, dicho.cuenta.fin),
                    )
                    break


_LAS_SIGUIENTES = re.compile(r"\b(?:las|los|a las|a los) siguientes\s+([a-z]{5,})\b")


class AjenoALoAnunciado(Regla):
    """«Las siguientes comisiones», y en la tabla viene un consejo."""

    clave = "tabla.ajeno"
    nombre = "Un renglón no es de lo que se anuncia"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        for fragmento, siguiente in zip(revision.fragmentos, revision.fragmentos[1:], strict=False):
            if not isinstance(fragmento.bloque, Parrafo):
                continue
            texto = [trozo.texto for trozo in trozos(fragmento)]
            hallado = _LAS_SIGUIENTES.search(llano(texto[-1])) if texto else None
            if hallado is None:
                continue
            for valores in self.columnas(siguiente):
                yield from self.compara(fragmento, texto[-1], hallado[1], valores)

    @staticmethod
    def columnas(fragmento: Fragmento) -> list[list[str]]:
        match fragmento.bloque:
            case Tabla() as tabla:
                return [
                    [t for fila in tabla.filas if (t := escrita(fila[i]))]
                    for i, columna in enumerate(tabla.columnas)
                    if columna.titulo
                ]
            case Lista(elementos=elementos):
                return [[limpio(elemento) for elemento in elementos]]
        return []

    def compara(self, fragmento: Fragmento, texto: str, sustantivo: str, valores: list[str]) -> Iterator[Hallazgo]:
        singular = sustantivo.removesuffix("es") if sustantivo.endswith("nes") else sustantivo.removesuffix("s")
        distintos = list(dict.fromkeys(valores))
        if len(distintos) < 3 or len(singular) < 5:
            return
        primeras = [llano(valor).split()[:1] for valor in distintos]
        ajenos = [v for v, p in zip(distintos, primeras, strict=True) if p and not p[0].startswith(singular)]
        # El que no lo dice puede serlo («Instituto Tecnológico» es una universidad): sólo si es otra cosa con nombre.
        ajenos = [v for v in ajenos if llano(v).split()[0] in _CLASES_DE_ORGANO - {singular}]
        if ajenos and len(ajenos) <= (len(distintos) - len(ajenos)) / 2 and singular in _CLASES_DE_ORGANO:
            yield self.hallazgo(
                fragmento,
                Gravedad.NOTA,
                f"Anuncia «{sustantivo}» e incluye {enumera(f'«{cita(v, 0, 60)}»' for v in ajenos)}.",
                cita(texto, 0, 140),
            )


_CLASES_DE_ORGANO = {
    "comision",
    "consejo",
    "comite",
    "junta",
    "direccion",
    "unidad",
    "secretaria",
    "tribunal",
    "alcaldia",
}

REGLAS = (
    PartesQueNoSuman(),
    MujeresYHombres(),
    EnumeracionIncompleta(),
    CuentaPorRango(),
    DosCifrasDeLoMismo(),
    AjenoALoAnunciado(),
)
