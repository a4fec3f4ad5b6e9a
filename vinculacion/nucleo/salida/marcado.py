"""Bloques → HTML semántico, el mismo para la página y para la imprenta."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby

import markdown
import nh3
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from vinculacion.nucleo.bloques import (
    Bloque,
    Cifra,
    Colofon,
    Frase,
    Grafica,
    Imagen,
    Lista,
    Matriz,
    Parrafo,
    Referencia,
    SinActividades,
    Tabla,
    Titulo,
)
from vinculacion.nucleo.graficas import MORADO, con_color, en_uri

from . import notas as al_pie
from .documento import ancla_limpia, celda_escrita, con_numero, notas_de
from .tablas import notas, vista_matriz, vista_tabla

_ETIQUETAS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "sup", "sub", "blockquote"}
_DE_UN_RENGLON = {"strong", "em", "a", "sup", "sub"}
_ENCABEZADO = re.compile(r"<(/?)h[1-6][^>]*>")
_FOLIO_AL_INICIO = re.compile(r"^((?:[A-ZÁÉÍÓÚÑ]{2,})(?:[/-]\w+)+)\.(?=\s)")


@dataclass(frozen=True)
class Medio:
    """Dónde se va a leer.

    ``enlaces``: las filas de las tablas llevan a su registro. ``hoja``: las notas van al pie de la hoja;
    en una página, al final de su párrafo. ``destino``: con qué se nombra el apartado ``anclas`` de otra parte.
    ``color``: el de la institución, para las gráficas.
    """

    enlaces: bool = False
    hoja: bool = False
    destino: str = "#"
    anclas: frozenset[str] = frozenset()
    color: str = MORADO


PAGINA = Medio()


def bloques(
    rotulados: Sequence[tuple[Bloque, str]], nivel: int, ancla: str, medio: Medio = PAGINA, nota: int = 1
) -> SafeString:
    """``nivel``: el del primer subtítulo; ``nota``: el número de la primera nota al pie."""
    partes: list[str] = []
    posicion = 0
    for son_cifras, grupo in groupby(rotulados, key=lambda par: isinstance(par[0], Cifra)):
        if son_cifras:
            partes.append(_cifras([bloque for bloque, _ in grupo if isinstance(bloque, Cifra)]))
            continue
        for bloque, rotulo in grupo:
            posicion += 1
            clave = f"{ancla}-b{posicion}"
            if isinstance(bloque, Parrafo):
                partes.append(parrafo(bloque, clave, medio, nota))
                nota += notas_de(bloque)
            else:
                partes.append(_bloque(bloque, rotulo, nivel, clave, medio))
    return mark_safe("\n".join(partes))  # noqa: S308


def _bloque(bloque: Bloque, rotulo: str, nivel: int, clave: str, medio: Medio) -> str:
    match bloque:
        case Titulo():
            return _titulo(bloque, nivel)
        case Frase():
            return _frase(bloque)
        case Tabla():
            return _plantilla("tabla", vista_tabla(bloque, medio.enlaces) | {"rotulo": rotulo, "clave": clave})
        case Matriz():
            return _plantilla("matriz", vista_matriz(bloque) | {"rotulo": rotulo, "clave": clave})
        case Grafica():
            fuente = en_uri(con_color(bloque.svg, medio.color))
            return _plantilla("grafica", {"bloque": bloque, "rotulo": rotulo, "fuente": fuente})
        case Imagen():
            return _plantilla("imagen", {"bloque": bloque, "rotulo": rotulo, "notas": notas((bloque.nota,))})
        case Lista():
            elementos = [_elemento(texto) for texto in bloque.elementos]
            return _plantilla("lista", {"bloque": bloque, "elementos": elementos, "notas": notas(bloque.notas)})
        case SinActividades():
            return format_html('<p class="sin-actividades">{}</p>', bloque.texto)
        case Referencia():
            return _referencia(bloque, medio)
        case Colofon():
            return _plantilla("colofon", {"bloque": bloque, "qr": en_uri(bloque.qr) if bloque.qr else ""})
    raise TypeError(f"No se sabe escribir un bloque {type(bloque).__name__}.")


def _plantilla(nombre: str, contexto: dict) -> str:
    return render_to_string(f"nucleo/documento/{nombre}.html", contexto)


def _titulo(bloque: Titulo, nivel: int) -> str:
    # El nivel del bloque es relativo: 2 queda justo debajo del título del apartado.
    texto = con_numero(bloque.numero, bloque.texto)
    return format_html('<h{0} class="subtitulo">{1}</h{0}>', max(1, min(6, nivel + bloque.nivel - 2)), texto)


def parrafo(bloque: Parrafo, clave: str = "parrafo", medio: Medio = PAGINA, nota: int = 1) -> SafeString:
    """Texto plano con sus renglones, o Markdown saneado sin encabezados (romperían la estructura)."""
    if bloque.formato == "texto":
        return mark_safe(linebreaks(bloque.texto, autoescape=True))  # noqa: S308
    texto, al_final = al_pie.separar(bloque.texto)
    limpio = _saneado(texto, _ETIQUETAS)
    if al_final:
        dichas = [mark_safe(_saneado(dice, _DE_UN_RENGLON).strip()) for dice in al_final]  # noqa: S308

        def llama(hallada: re.Match) -> str:
            numero = nota + int(hallada[1]) - 1
            if medio.hoja and not hallada[2]:
                return format_html('<span class="nota-al-pie" data-nota="{}">{}</span>', numero, dichas[numero - nota])
            if medio.hoja:
                return format_html('<sup class="llamada">{}</sup>', numero)
            return _plantilla("llamada", {"clave": clave, "numero": numero, "primera": not hallada[2]}).strip()

        limpio = al_pie.MARCA.sub(llama, limpio)
    salida = f'<div class="narrativa">{limpio}</div>'
    if al_final and not medio.hoja:
        numeradas = list(enumerate(dichas, start=nota))
        salida += _plantilla("notas_al_pie", {"clave": clave, "notas": numeradas, "primera": nota})
    return mark_safe(salida)  # noqa: S308


def leido(bloque: Parrafo) -> str:
    """Como se lee, en texto corrido y sin marcas: sus notas al pie, numeradas al final."""
    if bloque.formato == "texto":
        return bloque.texto
    texto, al_final = al_pie.separar(bloque.texto)
    partes = [texto, *(f"[{n}] {dice}" for n, dice in enumerate(al_final, start=1))]
    corrido = "\n".join(unescape(_saneado(parte, set())).strip() for parte in partes)
    return al_pie.MARCA.sub(r"[\1]", corrido)


def _saneado(texto: str, etiquetas: set[str]) -> str:
    crudo = markdown.markdown(texto, extensions=["sane_lists"], output_format="html")
    crudo = _ENCABEZADO.sub(lambda m: f"<{m[1]}p>", crudo)
    return nh3.clean(
        crudo,
        tags=etiquetas,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def _frase(bloque: Frase) -> str:
    partes = (
        format_html(
            '<strong class="cifra-en-frase">{}</strong>', f"{celda_escrita(parte.valor)} {parte.etiqueta}".strip()
        )
        if isinstance(parte, Cifra)
        else conditional_escape(parte)
        for parte in bloque.partes
    )
    return format_html("<p>{}</p>", format_html_join("", "{}", ((parte,) for parte in partes)))


def _referencia(bloque: Referencia, medio: Medio) -> str:
    """Sin apartado al que llevar (una vista previa) se queda en texto."""
    ancla = ancla_limpia(bloque.ancla)
    if ancla not in medio.anclas:
        return format_html('<p class="referencia">{}</p>', bloque.texto)
    return format_html('<p class="referencia"><a href="{}{}">{}</a></p>', medio.destino, ancla, bloque.texto)


def _elemento(texto: str) -> SafeString | str:
    """Un elemento que abre con su folio («CVOE/043/20. …») lo lleva en negritas."""
    if folio := _FOLIO_AL_INICIO.match(texto):
        return format_html("<strong>{}.</strong>{}", folio[1], texto[folio.end() :])
    return conditional_escape(texto)


def _cifras(cifras: Sequence[Cifra]) -> str:
    fichas = [
        {"valor": celda_escrita(cifra.valor), "etiqueta": cifra.etiqueta, "detalle": cifra.detalle} for cifra in cifras
    ]
    columnas = len(fichas) if len(fichas) <= 4 else (3 if len(fichas) % 3 == 0 or len(fichas) % 4 == 1 else 4)
    return _plantilla("cifras", {"fichas": fichas, "columnas": columnas})
