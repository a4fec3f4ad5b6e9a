"""Documento → HTML semántico, el mismo para la página y para la imprenta; partido en piezas, para ésta.

Sin estilos ni programas en línea: la página se sirve con una CSP estricta.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from vinculacion.nucleo.bloques import Bloque, Referencia, Tabla, a_json

from ..hojas.celdas import CONTROL
from .documento import Documento, Paso, ancla_limpia, notas_de, recorrido, recorta
from .marcado import Medio, bloques, leido, parrafo
from .tablas import partir

__all__ = ["Pieza", "Piezas", "cuerpo", "fragmento", "impreso", "leido", "parrafo", "piezas"]

_TAMANOS_DE_TITULO = ((90, "grande"), (190, "mediano"), (420, "chico"))
_LARGO_EN_INDICE = 240
FILAS_POR_PIEZA = 500  # unas cuarenta y cinco hojas


def cuerpo(
    documento: Documento,
    *,
    base: int = 1,
    portada: bool = True,
    indice: bool = True,
    enlaces: bool = False,
    hoja: bool = False,
    estatico: Callable[[str], str] = static,
    al_margen: Mapping[str, SafeString] | None = None,
) -> SafeString:
    """El ``<article class="documento">`` completo.

    ``base``: nivel de encabezado de la portada; 2 en una página que ya tiene su ``h1``.
    ``enlaces``: las filas de las tablas llevan a su registro (sólo en la página).
    ``hoja``: las notas van al pie de la hoja y no al final de su párrafo.
    ``al_margen``: por ancla, lo que la página pone bajo el título del apartado.
    """
    contexto = _entero(documento, base, portada, indice, Medio(enlaces, hoja), estatico)
    for apartado in contexto["apartados"] if al_margen else ():
        apartado["al_margen"] = al_margen.get(apartado["ancla"], "")
    return _escrito("cuerpo", contexto)


def _escrito(plantilla: str, contexto: dict) -> SafeString:
    """Sin los caracteres que ninguna letra dibuja, que un PDF/UA no admite: lo pegado de otro programa los trae."""
    return mark_safe(CONTROL.sub("", render_to_string(f"nucleo/documento/{plantilla}.html", contexto)))  # noqa: S308


def _entero(documento: Documento, base: int, portada: bool, indice: bool, medio: Medio, estatico) -> dict:
    pasos = list(recorrido(documento))
    medio = replace(medio, anclas=_anclas(pasos), color=documento.membrete.color)
    return _contexto(documento, base, estatico) | {
        "portada": documento.portada if portada else None,
        "indice": [{**entrada, "enlace": f"#{entrada['ancla']}"} for entrada in _indice(pasos)] if indice else [],
        "apartados": [_apartado(paso, base, medio) for paso in pasos],
    }


def _anclas(pasos: Iterable[Paso]) -> frozenset[str]:
    return frozenset(paso.ancla for paso in pasos)


def fragmento(sueltos: Iterable[Bloque], *, nivel: int = 3, enlaces: bool = False) -> SafeString:
    """Unos bloques sueltos, para la vista previa de un apartado; ``nivel`` es el de su primer subtítulo."""
    return bloques([(bloque, "") for bloque in sueltos], nivel, "suelto", Medio(enlaces))


@dataclass(frozen=True)
class Pieza:
    """Un trozo del documento que se imprime por su lado; ``huella`` cambia con todo lo que en él se lee."""

    pasos: tuple[Paso, ...]
    continua: str  # el apartado de una tabla que viene de la pieza anterior; vacío si no
    huella: str


@dataclass(frozen=True)
class Piezas:
    """Un documento partido donde empieza página: portada, índice y los trozos del cuerpo."""

    documento: Documento
    estatico: Callable[[str], str]
    cuerpo: tuple[Pieza, ...]
    indice: list[dict]
    medio: Medio

    @property
    def pie(self) -> str:
        """Se pone al encuadernar: dice en qué estado está, y aprobarlo no ha de imprimir todo otra vez."""
        return CONTROL.sub("", _pie(self.documento))

    def html(self, pieza: Pieza) -> str:
        contexto = _contexto(self.documento, 1, self.estatico)
        contexto["apartados"] = [_apartado(paso, 1, self.medio) for paso in pieza.pasos]
        return _hoja(self.documento, contexto, pieza.continua)

    def portada(self) -> str:
        return _hoja(self.documento, _contexto(self.documento, 1, self.estatico) | {"portada": self.documento.portada})

    def pagina_de_indice(self, paginas: Mapping[str, str], destino: str) -> str:
        """``paginas``: la de cada ancla; ``destino``: con qué se nombra un ancla que está en otra pieza."""
        indice = [{**e, "enlace": f"{destino}{e['ancla']}", "pagina": paginas.get(e["ancla"], "")} for e in self.indice]
        return _hoja(self.documento, _contexto(self.documento, 1, self.estatico) | {"indice": indice})


def piezas(documento: Documento, *, estatico: Callable[[str], str], destino: str = "#") -> Piezas:
    """Lo que se imprime por separado, sin hojas de estilo: quien imprime pone las suyas.

    ``destino``: con qué se nombra un apartado que puede estar en otra pieza.

    Sólo un informe se parte: lo demás corre seguido desde su membrete. Tablas y gráficas se numeran en el
    documento entero, no en cada pieza.
    """
    pasos = list(recorrido(documento))
    grupos: list[tuple[list[Paso], str]] = []
    for paso in pasos:
        nueva = documento.con_portada and paso.apartado.nivel == 1 and paso.apartado.hoja != "seguida"
        if nueva or not grupos:
            grupos.append(([], ""))
        primero, *siguientes = _trozos(paso) if documento.con_portada else [paso]
        grupos[-1][0].append(primero)
        grupos += [([trozo], recorta(paso.apartado.encabezado, 44)) for trozo in siguientes]
    if not grupos and not documento.con_portada:
        grupos = [([], "")]
    marco = (documento.clave, documento.idioma, documento.autor, documento.portada.titulo)
    medio = Medio(hoja=True, destino=destino, anclas=_anclas(pasos), color=documento.membrete.color)
    cuerpo = tuple(Pieza(tuple(grupo), continua, _huella(marco, grupo, continua, medio)) for grupo, continua in grupos)
    return Piezas(documento, estatico, cuerpo, _indice(pasos) if documento.con_indice else [], medio)


def _huella(marco: tuple[str, ...], pasos: Sequence[Paso], continua: str, medio: Medio) -> str:
    todos = [bloque for paso in pasos for bloque, _ in paso.bloques]
    datos = [
        marco,
        continua,
        # Lo que se lee aquí y depende del resto: el número de las notas y los apartados a los que se lleva.
        [paso.nota for paso in pasos if any(notas_de(bloque) for bloque, _ in paso.bloques)],
        [ancla_limpia(b.ancla) in medio.anclas for b in todos if isinstance(b, Referencia)],
        [(p.ancla, p.apartado.encabezado, p.apartado.nivel, p.apartado.hoja, [r for _, r in p.bloques]) for p in pasos],
        a_json(todos),
    ]
    return hashlib.sha256(json.dumps(datos, ensure_ascii=False).encode()).hexdigest()


def _trozos(paso: Paso) -> list[Paso]:
    """Una tabla larguísima se corta para no tenerla entera en la memoria; el corte cae en página nueva."""
    trozos: list[Paso] = []
    juntos: list[tuple[Bloque, str]] = []
    apartado, nota = paso.apartado, paso.nota
    for bloque, rotulo in paso.bloques:
        partes = partir(bloque, FILAS_POR_PIEZA) if isinstance(bloque, Tabla) else [bloque]
        for n, parte in enumerate(partes):
            if n:
                trozos.append(replace(paso, apartado=apartado, bloques=tuple(juntos), nota=nota))
                nota += sum(notas_de(anterior) for anterior, _ in juntos)
                # Lo que sigue ya no lleva título: es el mismo apartado.
                apartado, juntos = replace(paso.apartado, numero="", titulo=""), []
            juntos.append((parte, "" if n else rotulo))
    return [*trozos, replace(paso, apartado=apartado, bloques=tuple(juntos), nota=nota)]


def impreso(documento: Documento, *, estatico: Callable[[str], str]) -> str:
    """El documento entero en una sola página de HTML, sin números de página en su índice."""
    entero = _entero(documento, 1, documento.con_portada, documento.con_indice, Medio(hoja=True), estatico)
    return _hoja(documento, entero, pie=_pie(documento))


def _contexto(documento: Documento, base: int, estatico: Callable[[str], str]) -> dict:
    return {
        "documento": documento,
        "portada": None,
        "tamano_titulo": _tamano(documento.portada.titulo),
        "logo": documento.membrete.fuente_del_logo(estatico),
        "logo_alt": documento.membrete.logo_alt or f"Emblema de {documento.portada.institucion or 'la institución'}",
        "base": base,
        "base_indice": base + 1,
        "indice": [],
        "apartados": [],
    }


def _hoja(documento: Documento, contexto: dict, seccion: str = "", pie: str = "") -> str:
    cuerpo_escrito = _escrito("cuerpo", contexto)
    return _escrito("impreso", {"documento": documento, "cuerpo": cuerpo_escrito, "pie": pie, "seccion": seccion})


def _pie(documento: Documento) -> str:
    portada = documento.portada
    if not documento.con_indice:
        return portada.leyenda or portada.unidad
    if portada.aprobado:
        return f"Aprobado mediante acuerdo {portada.acuerdo}"
    return " · ".join(parte for parte in (portada.rotulo_estado.upper(), portada.unidad) if parte)


def _tamano(titulo: str) -> str:
    return next((nombre for tope, nombre in _TAMANOS_DE_TITULO if len(titulo) <= tope), "minimo")


def _indice(pasos: Sequence[Paso]) -> list[dict]:
    return [
        {
            "ancla": paso.ancla,
            "nivel": min(paso.apartado.nivel, 4),
            "numero": paso.apartado.numero_escrito,
            "titulo": recorta(paso.apartado.titulo, _LARGO_EN_INDICE),
        }
        for paso in pasos
        if paso.apartado.en_indice
    ]


def _apartado(paso: Paso, base: int, medio: Medio) -> dict:
    nivel = min(6, base + paso.apartado.nivel)
    return {
        "ancla": paso.ancla,
        "nivel": nivel,
        "profundidad": min(paso.apartado.nivel, 4),
        "hoja": paso.apartado.hoja,
        "numero": paso.apartado.numero_escrito,
        "titulo": paso.apartado.titulo,
        "corto": recorta(paso.apartado.encabezado, 44),
        "bloques": bloques(paso.bloques, min(6, nivel + 1), paso.ancla, medio, paso.nota),
    }
