"""Lee el texto de un apartado y da sus nodos, con todos los errores de escritura en su lugar."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from vinculacion.nucleo.salida import notas
from vinculacion.nucleo.texto import llano


@dataclass(frozen=True, slots=True)
class Texto:
    texto: str


@dataclass(frozen=True, slots=True)
class Filtrado:
    """Un filtro tal como se escribió: ``concuerda:"convenio,convenios"``."""

    nombre: str
    argumento: str | None = None


@dataclass(frozen=True, slots=True)
class Dato:
    """Un dato vivo, sea cifra registrada o dato del documento."""

    clave: str
    parametros: tuple[tuple[str, str], ...]
    filtros: tuple[Filtrado, ...]
    fuente: str
    inicio: int
    fin: int


@dataclass(frozen=True, slots=True)
class Condicional:
    """``uno``: lo que se dice cuando es exactamente uno; ``None`` si no se distingue."""

    dato: Dato
    si: tuple["Nodo", ...]
    sino: tuple["Nodo", ...]
    uno: tuple["Nodo", ...] | None = None


Nodo = Texto | Dato | Condicional


@dataclass(frozen=True, slots=True, order=True)
class ErrorNarrativa:
    """Un error con su lugar: ``inicio`` y ``fin`` cuentan caracteres; ``linea``, desde 1."""

    inicio: int
    fin: int
    linea: int = field(compare=False)
    mensaje: str = field(compare=False)

    def __str__(self) -> str:
        return f"Renglón {self.linea}: {self.mensaje}"


class NarrativaInvalida(ValueError):
    """El texto no se puede redactar; ``errores`` los trae todos."""

    def __init__(self, errores: list[ErrorNarrativa]) -> None:
        self.errores = errores
        super().__init__("\n".join(str(error) for error in errores))


_ABRE = re.compile(r"\{\{|\{%|\}\}|%\}")
_DENTRO = re.compile(r'"[^"\n]*"|“[^”\n]*”|\}\}|%\}|\{\{|\{%|\n[ \t]*\n')
_CLAVE = re.compile(r"\s*([^\W\d][\w-]*(?:\.[\w-]+)*)")
_PARAMETRO = re.compile(r'\s+([\w-]+)\s*=\s*(?:"([^"\n]*)"|“([^”\n]*)”)')
_FILTRO = re.compile(r'\s*\|\s*([\w-]+)(?:\s*:\s*(?:"([^"\n]*)"|“([^”\n]*)”))?')
ETIQUETAS = ("si", "uno", "sino", "fin")
SI_DENTRO_DE_SI = 20
CORCHETES = 600
_MUY_HONDO = re.compile(r"^(?:[ \t]*>){9}|^[ \t]{48,}(?:[-*+]|\d+\.)[ \t]", re.MULTILINE)
_DE_OTROS_LENGUAJES = {"if": "si", "else": "sino", "endif": "fin", "finsi": "fin"}


@dataclass(slots=True)
class _Rama:
    """Un ``{% si %}`` abierto mientras se lee."""

    dato: Dato | None
    inicio: int
    fin: int
    partes: dict[str, list[Nodo]] = field(default_factory=lambda: {"si": []})

    def abre(self, parte: str) -> bool:
        """Lo que sigue va en ``parte``; falso si ya estaba."""
        nueva = parte not in self.partes
        self.partes[parte] = self.partes.pop(parte, [])  # la última es la que se escribe
        return nueva

    @property
    def actual(self) -> list[Nodo]:
        return next(reversed(self.partes.values()))

    @property
    def nodo(self) -> "Condicional | None":
        """``None`` si la condición está mal escrita o demasiado adentro."""
        if self.dato is None:
            return None
        uno = self.partes.get("uno")
        sino = tuple(self.partes.get("sino", ()))
        return Condicional(self.dato, tuple(self.partes["si"]), sino, None if uno is None else tuple(uno))


class Lector:
    """Lee un texto entero y junta todos los errores de escritura en vez de parar en el primero."""

    def __init__(self, texto: str) -> None:
        self.texto = texto
        self.errores: list[ErrorNarrativa] = []
        self.raiz: list[Nodo] = []
        self.ramas: list[_Rama] = []
        self._leer()

    def falla(self, mensaje: str, inicio: int, fin: int) -> None:
        self.errores.append(error_en(self.texto, mensaje, inicio, fin))

    def _agrega(self, nodo: Nodo) -> None:
        (self.ramas[-1].actual if self.ramas else self.raiz).append(nodo)

    def _agrega_texto(self, inicio: int, fin: int) -> None:
        if inicio < fin:
            self._agrega(Texto(self.texto[inicio:fin]))

    def _leer(self) -> None:
        puesto = 0
        while hallado := _ABRE.search(self.texto, puesto):
            inicio, signo = hallado.start(), hallado[0]
            if signo in {"}}", "%}"}:
                self._agrega_texto(puesto, inicio)
                self.falla(f"«{signo}» sobra: nada lo abre.", inicio, hallado.end())
                puesto = hallado.end()
                continue
            cierre = "}}" if signo == "{{" else "%}"
            fin = self._cierre(hallado.end(), cierre)
            if fin is None:
                self._agrega_texto(puesto, inicio)
                self.falla(f"«{signo}» se abre y no se cierra con «{cierre}».", inicio, hallado.end())
                puesto = hallado.end()
                continue
            if signo == "{{":
                self._agrega_texto(puesto, inicio)
                if dato := self._dato(inicio + 2, fin - 2, inicio, fin):
                    self._agrega(dato)
                puesto = fin
            else:
                desde, hasta = self._renglon_propio(inicio, fin)
                self._agrega_texto(puesto, max(puesto, desde))
                self._etiqueta(inicio, fin)
                puesto = hasta
        self._agrega_texto(puesto, len(self.texto))
        for rama in self.ramas:
            self.falla("«{% si %}» no se cierra con «{% fin %}».", rama.inicio, rama.fin)

    def _cierre(self, desde: int, cierre: str) -> int | None:
        """Dónde acaba lo abierto; nunca cruza otra apertura ni un cambio de párrafo."""
        while hallado := _DENTRO.search(self.texto, desde):
            if hallado[0] == cierre:
                return hallado.end()
            if hallado[0][0] not in '"“':
                return None
            desde = hallado.end()
        return None

    def _renglon_propio(self, inicio: int, fin: int) -> tuple[int, int]:
        """Una etiqueta sola en su renglón se lleva el renglón, para no dejar blancos en el párrafo."""
        principio = self.texto.rfind("\n", 0, inicio) + 1
        salto = self.texto.find("\n", fin)
        final = len(self.texto) if salto < 0 else salto + 1
        sola = not self.texto[principio:inicio].strip() and not self.texto[fin:final].strip()
        return (principio, final) if sola else (inicio, fin)

    def _etiqueta(self, inicio: int, fin: int) -> None:
        nombre, resto = (*self.texto[inicio + 2 : fin - 2].split(maxsplit=1), "", "")[:2]
        fuente = self.texto[inicio:fin]
        if nombre not in ETIQUETAS:
            consejo = (
                propuesta(_DE_OTROS_LENGUAJES.get(nombre, nombre), ETIQUETAS) or "; hay «si», «uno», «sino» y «fin»"
            )
            self.falla(f"No existe la etiqueta «{fuente}»{consejo}.", inicio, fin)
            return
        if nombre == "si":
            dato = self._dato(inicio + 2 + self.texto[inicio + 2 :].index("si") + 2, fin - 2, inicio, fin)
            if dato and dato.filtros:
                self.falla("En «{% si %}» la cifra va sin filtros.", inicio, fin)
            if len(self.ramas) == SI_DENTRO_DE_SI:
                self.falla(f"Caben {SI_DENTRO_DE_SI} «{{% si %}}» uno dentro de otro.", inicio, fin)
            if len(self.ramas) >= SI_DENTRO_DE_SI:
                dato = None  # no se anida: se lee como si estuviera afuera
            self.ramas.append(_Rama(dato, inicio, fin))
            return
        if resto.strip():
            self.falla(f"«{{% {nombre} %}}» va solo: sobra «{resto.strip()}».", inicio, fin)
        if not self.ramas:
            self.falla(f"«{{% {nombre} %}}» no tiene un «{{% si %}}» antes.", inicio, fin)
        elif nombre == "fin":
            rama = self.ramas.pop()
            if condicional := rama.nodo:
                self._agrega(condicional)
            else:  # se sigue leyendo lo de dentro por sus propios errores
                for nodo in (n for parte in rama.partes.values() for n in parte):
                    self._agrega(nodo)
        elif not self.ramas[-1].abre(nombre):
            self.falla(f"Hay dos «{{% {nombre} %}}» en el mismo «{{% si %}}».", inicio, fin)

    def _dato(self, desde: int, hasta: int, inicio: int, fin: int) -> Dato | None:
        fuente = self.texto[inicio:fin]
        clave = _CLAVE.match(self.texto, desde, hasta)
        if not clave:
            self.falla(f"Falta el nombre de la cifra en «{fuente}».", inicio, fin)
            return None
        puesto = clave.end()
        parametros: dict[str, str] = {}
        while hallado := _PARAMETRO.match(self.texto, puesto, hasta):
            if hallado[1] in parametros:
                self.falla(f"El parámetro «{hallado[1]}» está dos veces en «{fuente}».", inicio, fin)
            parametros[hallado[1]] = hallado[2] if hallado[2] is not None else hallado[3]
            puesto = hallado.end()
        filtros = []
        while hallado := _FILTRO.match(self.texto, puesto, hasta):
            filtros.append(Filtrado(hallado[1], hallado[2] if hallado[2] is not None else hallado[3]))
            puesto = hallado.end()
        if sobra := self.texto[puesto:hasta].strip():
            consejo = self._consejo(sobra)
            self.falla(f"No se entiende «{sobra}» en «{fuente}»{consejo}.", inicio, fin)
            return None
        return Dato(clave[1], tuple(parametros.items()), tuple(filtros), fuente, inicio, fin)

    @staticmethod
    def _consejo(sobra: str) -> str:
        if hallado := re.match(r"([\w-]+)\s*=\s*([^\s|\"“]+)", sobra):
            return f': el valor va entre comillas, {hallado[1]}="{hallado[2]}"'
        if sobra.startswith("("):
            return ': los parámetros van sin paréntesis, como {{ cifra parametro="valor" | filtro }}'
        if hallado := re.match(r":\s*([^\s|\"“]+)", sobra):
            return f': lo que sigue a los dos puntos va entre comillas, :"{hallado[1]}"'
        return ""


def error_en(texto: str, mensaje: str, inicio: int, fin: int) -> ErrorNarrativa:
    # Una pregunta ya se cierra sola: «…»? y no «…»?.
    return ErrorNarrativa(inicio, fin, texto.count("\n", 0, inicio) + 1, mensaje.replace("»?.", "»?"))


def propuesta(escrito: str, opciones: Mapping[str, Any] | tuple[str, ...] | list[str]) -> str:
    cercano = process.extractOne(escrito, list(opciones), scorer=fuzz.ratio, processor=llano, score_cutoff=60)
    return f": ¿quiso decir «{cercano[0]}»?" if cercano else ""


def recorre(nodos: list[Nodo] | tuple[Nodo, ...]) -> Iterator[tuple[Dato, bool]]:
    """Todos los datos en su orden, y si son la condición de un ``{% si %}``."""
    for nodo in nodos:
        if isinstance(nodo, Dato):
            yield nodo, False
        elif isinstance(nodo, Condicional):
            yield nodo.dato, True
            yield from recorre(nodo.si)
            yield from recorre(nodo.uno or ())
            yield from recorre(nodo.sino)


def fallas_de_notas(texto: str) -> list[ErrorNarrativa]:
    """Las llamadas sin nota al pie y las notas que nadie llama, cada una en su lugar."""
    fallas = []
    for mensaje in notas.faltas(texto):
        llamada = re.search(r"\[\^[\w-]+\]", mensaje)
        inicio = max(texto.find(llamada[0]), 0) if llamada else 0
        fallas.append(error_en(texto, mensaje, inicio, inicio + len(llamada[0]) if llamada else 0))
    return fallas


def fallas_de_hondura(texto: str) -> list[ErrorNarrativa]:
    """Citas o listas tan hondas tiran la imprenta, y tantos corchetes sin cerrar la detienen por minutos."""
    fallas = []
    if hondo := _MUY_HONDO.search(texto):
        mensaje = "Hay citas o listas con más de ocho niveles una dentro de otra: acórtelas."
        fallas.append(error_en(texto, mensaje, hondo.start(), hondo.end()))
    if texto.count("[") > CORCHETES:
        inicio = texto.find("[")
        mensaje = f"Desde aquí lleva más de {CORCHETES} corchetes «[»: divida el texto en apartados."
        fallas.append(error_en(texto, mensaje, inicio, inicio + 1))
    return fallas


def analizar(texto: str) -> list[Nodo]:
    """Los nodos de un texto bien escrito; ``NarrativaInvalida`` si no lo está. No mira las cifras."""
    lector = Lector(texto)
    if lector.errores:
        raise NarrativaInvalida(sorted(lector.errores))
    return lector.raiz


def tokens_usados(texto: str) -> list[Dato]:
    """Los datos vivos bien escritos de un texto, en su orden, con repeticiones."""
    return [dato for dato, _ in recorre(Lector(texto).raiz)]
