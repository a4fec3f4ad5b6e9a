"""Lee un informe escrito en otra parte: texto llano con sus tablas separadas por tabuladores.

Es lo que dejan un PDF o un DOCX pasados a texto: encabezados con almohadillas, en
negritas o numerados; listas con guion o con número; tablas cortadas por el cambio
de página, con el encabezado repetido. Un avance de hoja separa dos páginas.
"""

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from vinculacion.nucleo.bloques import Bloque, Columna, Lista, Parrafo, Tabla, Titulo
from vinculacion.nucleo.palabras import MESES
from vinculacion.nucleo.periodos import Periodo, Trimestre
from vinculacion.nucleo.texto import llano

from .fragmentos import NIVEL_DE_SUBTITULO, Entrada, Fragmento, limpio
from .menciones import menciones

_ALMOHADILLAS = re.compile(r"(#{1,6})\s+(.+)")
_NEGRITAS = re.compile(r"[-•]?\s*(?:\*\*.+\*\*|<b>.+</b>)\s*")
_NUMERADO = re.compile(r"(?:([IVXLC]+)\.|(\d{1,2}(?:\.\d{1,2})*)\.?|([A-Za-z])\))\s+\S")
_INCISO = re.compile(r"(?:[A-Z]\)|[IVXLC]+\.)\s+[A-ZÁÉÍÓÚÑ]")
_TITULO_DE_TABLA = re.compile(r"(?:tabla|cuadro|gr[aá]fica|figura)\s+[\d.]+", re.IGNORECASE)
_TITULO_DE_TABLA_SUELTO = re.compile(r"(?:Tabla|Cuadro|Gráfica|Figura)\s+\d[\d.]*\. [A-ZÁÉÍÓÚÑ«]")
_FINALES = frozenset(".:;)»”")
_ELEMENTO = re.compile(r"\s*(?:[-•*·]|\uf0b7)\s+(\S.*)")
_ELEMENTO_NUMERADO = re.compile(r"\s*(\d{1,3})[.)]\s+\S")
_INDICE = re.compile(r"\.{4,}|^\s*(?:índice|indice|contenido)\s*$", re.IGNORECASE)
_ENTRADA = re.compile(
    r"(?P<titulo>\S.*?[^\s.\d])(?:\s*\.\.[\s.]*|[^\S\t]*\t[\s.]*|(?:\s*\.)?\s{3,}\.?)(?P<pagina>\d{1,3})\s*"
)
_ETIQUETA_SUELTA = re.compile(r"</?\w[^>]*>|\*\*")
_CORTE_DE_RENGLON = re.compile(r"(?<=[\w])/ (?=\w)")
_HUECO = re.compile(r" {60,}")
_RAYAS = re.compile(r"[\s|:-]+")
TITULO_LARGO = 90
ENCABEZADO_LARGO = 400
RENGLONES_DE_ENTRADA = 3
RENGLONES_DE_ENCABEZADO = 6


@dataclass(frozen=True)
class Lectura:
    fragmentos: list[Fragmento]
    indice: list[Entrada]


def leer(texto: str) -> Lectura:
    """Los fragmentos del texto, en orden, cada uno en el apartado que lo encabeza; y su índice."""
    lector = _Lector()
    texto = _HUECO.sub(" " * 60, texto.replace("\xa0", " "))
    for numero, pagina in enumerate(texto.split("\f"), start=1):
        lector.pagina = numero if "\f" in texto else 0
        for renglon in re.split(r"\r?\n|\r|\x85|\u2028|\u2029", pagina):
            lector.renglon(renglon.rstrip(" "))
    lector.cierra()
    return Lectura(lector.fragmentos, lector.indice)


def leer_texto(texto: str) -> list[Fragmento]:
    return leer(texto).fragmentos


_ORDINAL = r"primer|segundo|tercer|cuarto"
_MES = "|".join(llano(nombre) for nombre in MESES.values())
_PERIODO = re.compile(
    rf"\b(?:(?P<ordinal>{_ORDINAL}) (?:informe )?trimest(?:re|ral)[a-z ]{{0,60}}?(?:de |del )?(?P<anio>(?:19|20)\d\d)"
    rf"|(?P<desde>{_MES})(?: de (?P<anio_desde>\d{{4}}))? (?:a|y) (?P<hasta>{_MES})(?: de)? (?P<anio_hasta>(?:19|20)\d\d))\b"
)


def periodo_del_texto(texto: str) -> Periodo | None:
    """El periodo que el texto nombra y en el que caen sus fechas; ``None`` si no se entiende cuál es."""
    plano = llano(limpio(texto))
    dichos = Counter(p for hallado in _PERIODO.finditer(plano) if (p := _periodo(hallado)))
    if not dichos:
        return None
    fechas = [m.fecha for m in menciones(limpio(texto)) if m.fecha]
    dentro = {p: sum(1 for fecha in fechas if fecha in p) for p in dichos}
    # El que más fechas explica y, entre iguales, el más corto y el más nombrado.
    orden = sorted(dichos, key=lambda p: (-dentro[p], p.fin - p.inicio, -dichos[p]))
    if len(orden) > 1 and not dentro[orden[0]]:
        mas = dichos.most_common(2)
        return mas[0][0] if mas[0][1] > mas[1][1] else None
    return orden[0]


def _periodo(hallado: re.Match[str]) -> Periodo | None:
    if hallado["ordinal"]:
        return Trimestre.parse(f"{hallado['ordinal']} trimestre de {hallado['anio']}").periodo
    meses = [llano(nombre) for nombre in MESES.values()]
    hasta = (int(hallado["anio_hasta"]), meses.index(hallado["hasta"]) + 1)
    desde = (int(hallado["anio_desde"] or hasta[0]), meses.index(hallado["desde"]) + 1)
    if not (desde <= hasta and hasta[0] - desde[0] <= 6):
        return None
    return Periodo(date(*desde, 1), date(*hasta, monthrange(*hasta)[1]))


@dataclass
class _Lector:
    fragmentos: list[Fragmento] = field(default_factory=list)
    apartado: str = ""
    en_indice: bool = False
    parrafo: list[str] = field(default_factory=list)
    lista: list[str] = field(default_factory=list)
    cuenta: int = 0  # el número del último elemento, si la lista va numerada
    separada: bool = False  # sus elementos van con renglones en blanco en medio
    tabla: list[list[str] | None] = field(default_factory=list)  # None: ahí hubo un corte
    negritas: list[str] = field(default_factory=list)
    titulo_de_tabla: str = ""
    indice: list[Entrada] = field(default_factory=list)
    entrada: list[str] = field(default_factory=list)  # lo que va de una entrada del índice partida en renglones
    pagina: int = 0
    hueco: bool = False  # el renglón está en blanco
    tras_hueco: bool = False  # el anterior lo estaba

    def agrega(self, bloque: Bloque) -> None:
        self.fragmentos.append(Fragmento(self.apartado, bloque, pagina=self.pagina))

    def anota_en_indice(self, renglon: str) -> None:
        sin_marcas = _ETIQUETA_SUELTA.sub("", renglon)
        hallada = _ENTRADA.fullmatch(re.sub(r"^(\s*[\w.)]+)\t(?!\d+$)", r"\1 ", sin_marcas).strip())
        if hallada:
            titulo = limpio(une([*self.entrada, hallada["titulo"]]))
            self.indice.append(Entrada(titulo, int(hallada["pagina"])))
            self.entrada = []
        elif renglon.strip() and not _INDICE.search(renglon) and len(self.entrada) < RENGLONES_DE_ENTRADA:
            self.entrada.append(limpio(sin_marcas))  # la entrada sigue en otro renglón
        else:
            self.entrada = []

    # -- renglón por renglón ---------------------------------------------------

    def renglon(self, renglon: str) -> None:
        if self.negritas:  # un encabezado en negritas puede ocupar varios renglones
            self.negritas.append(renglon.strip())
            if renglon.rstrip().endswith("**") or len(self.negritas) > 4:
                completo, self.negritas = " ".join(self.negritas), []
                self._suelto(completo)
            return
        self.hueco, vacio = not renglon.strip(), self.hueco
        self.tras_hueco = vacio
        if self.hueco:
            self.cierra(tabla=False)
            if self.tabla:
                self.tabla.append(None)
            return
        if "\t" in renglon:
            self._fila(renglon)
            return
        if self.tabla and "---" in renglon and _RAYAS.fullmatch(renglon):
            return
        if re.match(r"\s*[-•]?\s*\*\*", renglon) and renglon.count("**") == 1:
            self.cierra()
            self.negritas = [renglon.strip()]
            return
        self._suelto(renglon)

    def _suelto(self, renglon: str) -> None:
        self.cierra_tabla()
        if hallado := _ALMOHADILLAS.fullmatch(renglon.strip()):
            self.cierra()
            self._encabezado(limpio(hallado[2]), len(hallado[1]))
        elif _NEGRITAS.fullmatch(renglon.strip()):
            self.cierra()
            self._encabezado(limpio(re.sub(r"^[-•]\s*", "", renglon.strip())), 0)
        elif hallado := _ELEMENTO.fullmatch(renglon):
            self.cierra_parrafo()
            if self.cuenta:
                self.cierra_lista()
            self.lista.append(limpio(hallado[1]))
        elif (hallado := _ELEMENTO_NUMERADO.match(renglon)) and not self.parrafo:
            if self.lista and (not self.cuenta or self.cuenta != int(hallado[1]) - 1):
                self.cierra_lista()
            self.separada |= self.tras_hueco and bool(self.lista)
            self.lista.append(limpio(renglon))
            self.cuenta = int(hallado[1])
        elif self.sigue_el_elemento(renglon):
            self.lista[-1] = une([self.lista[-1], limpio(renglon)])  # el elemento sigue en otro renglón
        else:
            self.cierra_lista()
            if self.parrafo and _TITULO_DE_TABLA_SUELTO.match(renglon) and self.parrafo[-1][-1:] in _FINALES:
                self.cierra_parrafo()  # la página no deja un blanco entre el párrafo y el título de su tabla
            self.parrafo.append(limpio(renglon))

    def sigue_el_elemento(self, renglon: str) -> bool:
        if not self.lista or self.parrafo or (self.tras_hueco and self.cuenta and len(self.lista) == 1):
            return False
        return renglon[:1].islower() or bool(self.pagina and not self.tras_hueco)

    def _encabezado(self, texto: str, nivel: int) -> None:
        if not texto:
            return
        self.en_indice = bool(_INDICE.search(texto))
        if re.search(r"\.{4,}", texto):
            self.anota_en_indice(texto)
            return
        if _TITULO_DE_TABLA.match(texto):
            self.titulo_de_tabla = texto
            return
        if _NUMERADO.match(texto) or 1 <= nivel <= 2:
            self.apartado = texto
            self.agrega(Titulo(texto, min(max(nivel, 1), 6)))
        else:
            self.agrega(Titulo(texto, NIVEL_DE_SUBTITULO))

    def _fila(self, renglon: str) -> None:
        self.cierra_parrafo()
        self.cierra_lista()
        if _INDICE.search(renglon) or self.en_indice:
            self.anota_en_indice(renglon)
            return
        celdas = [limpio(celda) for celda in renglon.split("\t")]
        if not all(re.fullmatch(r"-*", celda) for celda in celdas):
            self.tabla.append(celdas)

    # -- cierres -----------------------------------------------------------------

    def cierra(self, tabla: bool = True) -> None:
        """Un renglón en blanco cierra todo menos la tabla, que puede seguir en la otra página."""
        if self.negritas:
            pendientes, self.negritas = self.negritas, []
            self.parrafo += [limpio(pendiente) for pendiente in pendientes]
        self.cierra_parrafo()
        self.cierra_lista(sigue=not tabla)
        if tabla:
            self.cierra_lista()
            self.cierra_tabla()

    def cierra_parrafo(self) -> None:
        if not self.parrafo:
            return
        renglones, self.parrafo = self.parrafo, []
        texto, sola = une(renglones), len(renglones) == 1
        if not texto:
            return
        self.cierra_tabla()
        self.cierra_lista()
        if _INDICE.search(texto):
            self.en_indice = True
            for renglon in renglones:
                self.anota_en_indice(renglon)
            return
        corto = sola and len(texto) <= TITULO_LARGO and texto[-1] not in ".:;,)" and texto[0].isupper()
        # En un PDF no hay más señal que el inciso y lo corto que es.
        inciso = (
            self.pagina
            and len(renglones) <= RENGLONES_DE_ENCABEZADO
            and len(texto) <= ENCABEZADO_LARGO
            and texto[-1] not in ":;,"
        )
        if corto or (inciso and _INCISO.match(texto)):
            self._encabezado(texto, 0)
        else:
            self.en_indice = False
            self.agrega(Parrafo(texto))

    def cierra_lista(self, sigue: bool = False) -> None:
        if not self.lista or sigue:  # los elementos pueden ir separados por renglones en blanco
            return
        elementos, numerada, separada = self.lista, bool(self.cuenta), self.separada
        self.lista, self.cuenta, self.separada = [], 0, False
        # «1. Seguimiento a…» solo es un encabezado, y dos con un blanco en medio son dos; tres son ya una lista.
        cortos = all(len(e) <= 2 * TITULO_LARGO and e[-1] not in ".;" for e in elementos)
        pocos = len(elementos) == 1 or (len(elementos) == 2 and separada and cortos)
        if numerada and pocos and all(_NUMERADO.match(e) and len(e) <= ENCABEZADO_LARGO for e in elementos):
            for elemento in elementos:
                self._encabezado(elemento, 0)
            return
        self.agrega(Lista(tuple(elementos)))

    def cierra_tabla(self) -> None:
        filas, self.tabla = self.tabla, []
        titulo = self.titulo_de_tabla
        if not filas:
            return
        self.titulo_de_tabla = ""
        for trozo in partidas(filas):
            tabla = a_tabla(trozo, titulo)
            titulo = ""
            self.agrega(tabla)


def une(renglones: list[str]) -> str:
    """Un folio cortado tras su diagonal se lee entero."""
    return _CORTE_DE_RENGLON.sub("/", " ".join(renglones))


def partidas(filas: list[list[str] | None]) -> list[list[list[str]]]:
    """Separa las tablas de un bloque: un corte o un ancho distinto abren otra, salvo que sea la misma que sigue."""
    tablas: list[list[list[str]]] = []
    corte = True
    for fila in filas:
        if fila is None:
            corte = True
            continue
        actual = tablas[-1] if tablas else None
        if _TITULO_DE_TABLA_SUELTO.match(fila[0]) and not any(fila[1:]):
            tablas.append([fila])  # dos tablas pegadas que la página dejó en una cuadrícula
            corte = False
            continue
        if actual and len(actual) > 1 and completa(actual[-1], fila):
            actual[-1] = [une([celda, fila[0]]) if i == 0 else celda for i, celda in enumerate(actual[-1])]
            continue
        if actual and len(actual[0]) == len(fila):
            repetido = fila == actual[0] or (len(actual) > 1 and fila == actual[1] and not fila[0])
            if repetido:
                corte = False  # el encabezado de la página siguiente
                continue
            if not corte or _es_la_misma(actual, fila):
                actual.append(fila)
                corte = False
                continue
        tablas.append([fila])
        corte = False
    return tablas


def completa(antes: list[str], fila: list[str]) -> bool:
    """El renglón que la página cortó: sólo trae lo que le faltaba a la primera celda del anterior."""
    if not fila[0] or any(fila[1:]) or not any(antes[1:]) or fila[0].endswith(":") or not antes[0]:
        return False
    return fila[0][0].islower() or bool(re.search(r"\b(?:y|e|de|del|la|las|los|el|en|con|para|por)$", antes[0]))


def _es_la_misma(tabla: list[list[str]], fila: list[str]) -> bool:
    """Tras un corte sin encabezado: la cuenta sigue, trae cifras, completa una celda o la tabla iba vacía."""
    antes, despues = (re.match(r"(\d{1,4})(?:\.|$)", celda) for celda in (tabla[-1][0], fila[0]))
    if antes and despues:
        return int(despues[1]) == int(antes[1]) + 1
    if menciones(tabla[-1][0]) and menciones(fila[0]):
        return True
    vacia = len(tabla) == 1 or (len(tabla) == 2 and not tabla[1][0])
    return vacia or not any(fila[1:]) or any(re.fullmatch(r"[\d,.%]+", celda) for celda in fila[1:])


def a_tabla(filas: list[list[str]], titulo: str = "") -> Tabla:
    """El primer renglón es encabezado, salvo que empiece contando; dos renglones si uno completa al otro."""
    ancho = max(len(fila) for fila in filas)
    filas = [[*fila, *[""] * (ancho - len(fila))] for fila in filas]
    if re.fullmatch(r"\d{1,4}\.?", filas[0][0]):
        encabezado = [""] * ancho
    else:
        encabezado, *filas = filas
        if len(filas) > 2 and encabezado[0] and not any(encabezado[1:]) and all(filas[0]):
            titulo = titulo or encabezado[0]  # un renglón que abarca toda la tabla es su título
            encabezado, *filas = filas
        if filas and not filas[0][0] and "" in encabezado[1:] and any(filas[0]):
            encabezado = [" ".join(filter(None, par)) for par in zip(encabezado, filas[0], strict=True)]
            filas = filas[1:]
    columnas = tuple(Columna(texto) for texto in encabezado)
    totales = None
    if len(filas) > 1 and re.match(r"total(es)?\b", llano(filas[-1][0])):
        totales = tuple(filas.pop())
    return Tabla(columnas, tuple(tuple(fila) for fila in filas), titulo=titulo, totales=totales)
