"""Nombres, títulos y siglas que en el mismo informe se escriben de dos formas."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from vinculacion.nucleo.texto import llano

from .fragmentos import Fragmento, cita
from .hallazgos import Gravedad, Hallazgo, Regla, Revision

_MAYUSCULA = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+"
# «y de la» une dos nombres; «y» sola está dentro de uno.
_UNION = r"(?:de(?: las?| los?| el)?|del|y|e|en(?: el| la)?|con|al?|para(?: el| la)?|las?|los|el)"
_NOMBRE = re.compile(rf"{_MAYUSCULA}(?:,?(?: {_UNION})? {_MAYUSCULA})+")
_PARTES = re.compile(r"\w+")
PARECIDO = 78
PALABRAS_COMPARADAS = 8


@dataclass(frozen=True, slots=True)
class Dicho:
    fragmento: Fragmento
    texto: str
    inicio: int
    fin: int

    @property
    def forma(self) -> str:
        return " ".join(self.texto[self.inicio : self.fin].split())

    @property
    def cita(self) -> str:
        return cita(self.texto, self.inicio, self.fin)


def dichos(revision: Revision, patron: re.Pattern[str], grupo: int = 0) -> Iterator[Dicho]:
    for fragmento, trozo in revision.trozos:
        for hallado in patron.finditer(trozo.texto):
            yield Dicho(fragmento, trozo.texto, hallado.start(grupo), hallado.end(grupo))


class NombreDeDosFormas(Regla):
    """«Erika Estrada Ruiz» y «Erika Estrada Ruíz»; «Servicios Informáticos» y «Servicio Informáticos».

    Se comparan los nombres que sólo difieren en una palabra, y ésta en un acento o en una
    letra; «Técnico» y «Técnica», o los plurales enteros, son otra cosa.
    """

    clave = "nombre.dos_formas"
    nombre = "El mismo nombre se escribe de dos formas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        por_hueco: dict[tuple, dict[str, list[Dicho]]] = defaultdict(lambda: defaultdict(list))
        for dicho in dichos(revision, _NOMBRE):
            for corte in (c for palabras in lecturas(dicho.forma) for c in cortes(palabras)):
                for i, palabra in enumerate(corte):
                    if len(palabra) > 3:
                        resto = tuple(llano(p) for p in (*corte[:i], "", *corte[i + 1 :]))
                        por_hueco[resto][palabra].append(dicho)
        vistos: set[tuple[str, str]] = set()
        for resto, formas in por_hueco.items():
            if len(formas) < 2:
                continue
            usual = max(formas, key=lambda p: len(formas[p]))
            for palabra, suyos in formas.items():
                clave = (palabra, usual)
                if clave in vistos or not son_la_misma(palabra, usual, primera=resto[0] == "", largo=len(resto)):
                    continue
                vistos |= {clave, (usual, palabra)}
                yield self.hallazgo(
                    suyos[0].fragmento,
                    Gravedad.ADVERTENCIA,
                    f"Aquí se lee «{suyos[0].forma}» y en otro lugar, «{formas[usual][0].forma}».",
                    suyos[0].cita,
                )


_ARTICULOS = {"la", "las", "los", "el"}
_ENLACES = _ARTICULOS | {"de", "del", "al", "en", "con", "y", "e", "a", "para"}


class NombreSinPreposicion(Regla):
    """«Comisión Permanente Igualdad de Género» donde las demás veces es «Comisión Permanente de Igualdad de Género»."""

    clave = "nombre.sin_preposicion"
    nombre = "Al nombre le falta una palabra"
    PALABRAS = 3

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        formas: dict[tuple[str, ...], dict[tuple[str, ...], list[Dicho]]] = defaultdict(lambda: defaultdict(list))
        for dicho in dichos(revision, _NOMBRE):
            palabras = tuple(llano(p) for p in _PARTES.findall(dicho.forma))
            while palabras and palabras[0] in _NO_ES_DEL_NOMBRE:
                palabras = palabras[1:]
            sin_enlaces = tuple(p for p in palabras if p not in _ENLACES)
            if len(sin_enlaces) >= self.PALABRAS:
                # El artículo puede faltar: «Elección de Comisiones», «Elección de las Comisiones».
                sin_articulos = tuple("de" if p == "del" else p for p in palabras if p not in _ARTICULOS)
                formas[sin_enlaces][sin_articulos].append(dicho)
        for escritas in formas.values():
            completa = max(escritas, key=len)
            for forma, suyos in escritas.items():
                if len(forma) < len(completa) and len(suyos) <= len(escritas[completa]):
                    yield self.hallazgo(
                        suyos[0].fragmento,
                        Gravedad.ADVERTENCIA,
                        f"Aquí se lee «{suyos[0].forma}» y en otro lugar, «{escritas[completa][0].forma}».",
                        suyos[0].cita,
                    )


def lecturas(forma: str) -> Iterator[list[str]]:
    """El nombre entero y, si trae coma, lo que va antes: «Unidad de Archivo, Logística…», «Unidad de Archivo, María»."""
    for lectura in dict.fromkeys((forma, forma.split(",")[0])):
        palabras = _PARTES.findall(lectura)
        while palabras and llano(palabras[0]) in _NO_ES_DEL_NOMBRE:
            palabras.pop(0)
        if len(palabras) > 1:
            yield palabras


def cortes(palabras: list[str]) -> list[list[str]]:
    """El nombre hasta ocho palabras, y su principio: «Reglamento Interior» aunque uno siga y el otro no."""
    if llano(palabras[0]) in _CON_PRINCIPIO and len(palabras) > 2:
        return [palabras[:2], palabras[:PALABRAS_COMPARADAS]]
    return [palabras[:PALABRAS_COMPARADAS]]


# Con lo que puede empezar una oración antes de un nombre.
_NO_ES_DEL_NOMBRE = {
    *(
        "el",
        "la",
        "los",
        "las",
        "en",
        "de",
        "del",
        "al",
        "por",
        "para",
        "con",
        "sin",
        "segun",
        "ante",
        "desde",
        "hasta",
    ),
    *(
        "es",
        "son",
        "fue",
        "se",
        "su",
        "sus",
        "esta",
        "este",
        "estas",
        "estos",
        "dicha",
        "dicho",
        "cuando",
        "como",
        "una",
        "un",
    ),
    *(
        "asimismo",
        "ademas",
        "finalmente",
        "igualmente",
        "durante",
        "mediante",
        "conforme",
        "entre",
        "que",
        "envio",
        "invitacion",
    ),
}
_CON_PRINCIPIO = {"reglamento", "codigo", "manual", "estatuto", "constitucion", "gaceta", "diario"}


def son_la_misma(una: str, otra: str, *, primera: bool, largo: int) -> bool:
    if una == otra or una.istitle() != otra.istitle():
        return False
    a, b = llano(una), llano(otra)
    if a == b:
        return True  # sólo cambia un acento
    if primera or largo < 2 or min(len(a), len(b)) < 5 or a[:-1] == b[:-1]:
        return False  # la última letra es el género: «Consejero», «Consejera»
    if largo == 2 and a.rstrip("s").removesuffix("e") == b.rstrip("s").removesuffix("e"):
        return False
    if a.rstrip("s") == b.rstrip("s") or a.removesuffix("es") == b or b.removesuffix("es") == a:
        return largo >= 4
    return bool(fuzz.ratio(a, b) >= PARECIDO) and a[0] == b[0]


_SIN_ACENTO = re.compile(r"(?<![\w./@-])[A-Za-zñÑ]{2,}[csCS]ion(?![\w/@.-]*[@/\w])")
_CON_O_SIN = re.compile(r"(?<![\w./@-])[a-zñáéíóúü]{6,}(?![\w@/])")
VECES_DE_LO_USUAL = 3
# Lo que sin acento también es palabra: «publico», «práctica» y «practica», «celebre».
_TAMBIEN_VALE = re.compile(
    r"(?:public|practic|critic|titul|articul|catalog|dialog|numer|termin|continu|celebr|prorrog|diagnostic|calcul|"
    r"anim|liquid|transit|ejercit|vincul|capitul|particip|solicit|habit|depósit|deposit|intern|equivoc|domestic|integr|"
    r"intim|legitim|ultim|pronostic|rotul|estimul|formul|especific|unific|platic|respet)\w*|.*(?:ara|aran|are|era|aras|arias?|"
    r"erias?|ias?|ia|aria|eria|iria|ase|iese|o|e|a|as|an|en)"
)


class FaltaElAcento(Regla):
    """«Comision», que nunca va sin acento; o la palabra que todo el informe acentúa menos una vez."""

    clave = "palabra.acento"
    nombre = "Falta un acento"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        vistas: set[str] = set()
        for dicho in dichos(revision, _SIN_ACENTO):
            if dicho.forma in vistas or dicho.forma.isupper():
                continue
            vistas.add(dicho.forma)
            con = f"{dicho.forma[:-2]}ó{dicho.forma[-1]}"
            yield self.hallazgo(
                dicho.fragmento, Gravedad.ADVERTENCIA, f"«{dicho.forma}» se escribe «{con}».", dicho.cita
            )
        yield from self.la_que_se_aparta(revision)

    def la_que_se_aparta(self, revision: Revision) -> Iterator[Hallazgo]:
        formas: dict[str, Counter[str]] = defaultdict(Counter)
        primeros: dict[str, Dicho] = {}
        for dicho in dichos(revision, _CON_O_SIN):
            formas[llano(dicho.forma)][dicho.forma] += 1
            primeros.setdefault(dicho.forma, dicho)
        for sin, veces in formas.items():
            acentuada = max((f for f in veces if f != sin), key=lambda f: veces[f], default="")
            if (
                not acentuada
                or not veces[sin]
                or veces[acentuada] < VECES_DE_LO_USUAL * veces[sin]
                or sin.endswith(("cion", "sion"))
                or _TAMBIEN_VALE.fullmatch(sin)
                or len(acentuada) != len(sin)
                or "ñ" in acentuada
            ):
                continue
            yield self.hallazgo(
                primeros[sin].fragmento,
                Gravedad.NOTA,
                f"Aquí se lee «{sin}» y en lo demás, «{acentuada}».",
                primeros[sin].cita,
            )


_ENTRE_COMILLAS = re.compile(r"[“«]([^“”«»]{12,300})[”»]|\"([^\"]{12,300})\"")
TITULOS_COMPARADOS = 300
PARECIDO_DE_TITULOS = 92


class TituloDeDosFormas(Regla):
    """El curso «…contra la Mujeres» y, dos renglones después, «…contra las Mujeres»."""

    clave = "titulo.dos_formas"
    nombre = "El mismo título se escribe de dos formas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        titulos: dict[str, Dicho] = {}
        for dicho in dichos(revision, _ENTRE_COMILLAS):
            forma = dicho.forma.strip('“”«»" .,;:')
            if len(forma.split()) >= 3:
                titulos.setdefault(forma, dicho)
        distintos = list(titulos.items())[:TITULOS_COMPARADOS]
        for i, (forma, dicho) in enumerate(distintos):
            for otra, _ in distintos[:i]:
                a, b = llano(forma), llano(otra)
                if numeros_de(a) != numeros_de(b) or (a != b and (a.startswith(b) or b.startswith(a))):
                    continue
                if a == b:
                    que = "con otras mayúsculas o acentos"
                elif fuzz.ratio(a, b) >= PARECIDO_DE_TITULOS and len(a) >= 20:
                    que = "casi igual"
                else:
                    continue
                yield self.hallazgo(
                    dicho.fragmento,
                    Gravedad.NOTA if a == b else Gravedad.ADVERTENCIA,
                    f"Aquí se lee «{forma}» y antes, {que}, «{otra}».",
                    dicho.cita,
                )
                break


def numeros_de(texto: str) -> list[str]:
    return re.findall(r"\d+|\b[ivx]{2,5}\b|\b(?:primer|segund|tercer|cuart|quint)\w+", texto)


_SIGLA = re.compile(r"(?<![\w.@/-])(?:[A-ZÁÉÍÓÚÑ]{2,8}(?:E?[sS])?(?![\w@/-])|(?:[A-ZÑ]{1,2}\. ?){2,8}[A-ZÑ]?\b\.?)")


class SiglasDeDosFormas(Regla):
    """«I.E.C.M.» entre muchas «IECM»; «OPLES» entre muchas «OPL»."""

    clave = "siglas.dos_formas"
    nombre = "Las mismas siglas se escriben de dos formas"

    def revisar(self, revision: Revision) -> Iterator[Hallazgo]:
        formas: dict[str, Counter[str]] = defaultdict(Counter)
        primeras: dict[str, Dicho] = {}
        for dicho in dichos(revision, _SIGLA):
            sin_puntos = re.sub(r"[. ]", "", dicho.forma)
            if len(sin_puntos) >= 3:
                formas[sin_puntos.upper()][dicho.forma.strip()] += 1
                primeras.setdefault(dicho.forma.strip(), dicho)
        for sin_puntos in sorted(formas):
            veces = +formas[sin_puntos]
            for plural in (f"{sin_puntos}S", f"{sin_puntos}ES"):
                if plural in formas and len(sin_puntos) >= 3 and sum(formas[plural].values()) < sum(veces.values()):
                    veces.update(formas[plural])
            usual = veces.most_common(1)[0][0]
            for forma in veces:
                if forma != usual and not (
                    forma.isupper() and usual.isupper() and forma.rstrip(".") == usual.rstrip(".")
                ):
                    dicho = primeras[forma]
                    yield self.hallazgo(
                        dicho.fragmento,
                        Gravedad.NOTA,
                        f"Aquí se escribe «{forma}» y en lo demás, «{usual}».",
                        dicho.cita,
                    )


REGLAS = (NombreDeDosFormas(), NombreSinPreposicion(), FaltaElAcento(), TituloDeDosFormas(), SiglasDeDosFormas())
