"""Documento → HTML semántico, el mismo para la página y para la imprenta.

Sin estilos ni programas en línea: la página se sirve con una CSP estricta.
"""

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import markdown
import nh3
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from vinculacion.nucleo.bloques import (
    Bloque,
    Cifra,
    Grafica,
    Lista,
    Matriz,
    Parrafo,
    SinActividades,
    Tabla,
    Titulo,
)

from .documento import Documento, Paso, celda_escrita, recorrido, recorta
from .tablas import notas, vista_matriz, vista_tabla

_ETIQUETAS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "sup", "sub", "blockquote"}
_ENCABEZADO = re.compile(r"<(/?)h[1-6][^>]*>")
_FOLIO_AL_INICIO = re.compile(r"^((?:[A-ZÁÉÍÓÚÑ]{2,})(?:[/-]\w+)+)\.(?=\s)")
_TAMANOS_DE_TITULO = ((90, "grande"), (190, "mediano"), (420, "chico"))
_LARGO_EN_INDICE = 240


def cuerpo(
    documento: Documento,
    *,
    base: int = 1,
    portada: bool = True,
    indice: bool = True,
    enlaces: bool = False,
    estatico: Callable[[str], str] = static,
) -> SafeString:
    """El ``<article class="documento">`` completo.

    ``base``: nivel de encabezado de la portada; 2 en una página que ya tiene su ``h1``.
    ``enlaces``: las filas de las tablas llevan a su registro (sólo en la página).
    """
    pasos = list(recorrido(documento))
    contexto = {
        "documento": documento,
        "portada": documento.portada if portada else None,
        "tamano_titulo": _tamano(documento.portada.titulo),
        "logo": estatico(documento.membrete.logo),
        "logo_alt": documento.membrete.logo_alt or f"Emblema de {documento.portada.institucion or 'la institución'}",
        "base": base,
        "base_indice": base + 1,
        "indice": _indice(pasos) if indice else [],
        "apartados": [_apartado(paso, base, enlaces) for paso in pasos],
    }
    return mark_safe(render_to_string("nucleo/documento/cuerpo.html", contexto))  # noqa: S308


def fragmento(bloques: Iterable[Bloque], *, nivel: int = 3, enlaces: bool = False) -> SafeString:
    """Unos bloques sueltos, para la vista previa de un apartado; ``nivel`` es el de su primer subtítulo."""
    return _bloques([(bloque, "") for bloque in bloques], nivel, enlaces, "suelto")


def impreso(documento: Documento, *, estatico: Callable[[str], str]) -> str:
    """Página entera para la imprenta, sin hojas de estilo: quien imprime pone las suyas."""
    return render_to_string(
        "nucleo/documento/impreso.html",
        {
            "documento": documento,
            "cuerpo": cuerpo(documento, portada=documento.con_portada, indice=documento.con_indice, estatico=estatico),
            "pie": _pie(documento),
            "color": documento.membrete.color,
        },
    )


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


def _apartado(paso: Paso, base: int, enlaces: bool) -> dict:
    nivel = min(6, base + paso.apartado.nivel)
    return {
        "ancla": paso.ancla,
        "nivel": nivel,
        "profundidad": min(paso.apartado.nivel, 4),
        "hoja": paso.apartado.hoja,
        "numero": paso.apartado.numero_escrito,
        "titulo": paso.apartado.titulo,
        "corto": recorta(paso.apartado.encabezado, 44),
        "bloques": _bloques(paso.bloques, min(6, nivel + 1), enlaces, paso.ancla),
    }


def _bloques(rotulados: Sequence[tuple[Bloque, str]], nivel: int, enlaces: bool, ancla: str) -> SafeString:
    partes: list[str] = []
    posicion = 0
    for son_cifras, grupo in groupby(rotulados, key=lambda par: isinstance(par[0], Cifra)):
        if son_cifras:
            partes.append(_cifras([bloque for bloque, _ in grupo if isinstance(bloque, Cifra)]))
            continue
        for bloque, rotulo in grupo:
            posicion += 1
            partes.append(_bloque(bloque, rotulo, nivel, enlaces, f"{ancla}-b{posicion}"))
    return mark_safe("\n".join(partes))  # noqa: S308


def _bloque(bloque: Bloque, rotulo: str, nivel: int, enlaces: bool, clave: str) -> str:
    match bloque:
        case Titulo():
            return _titulo(bloque, nivel)
        case Parrafo():
            return parrafo(bloque)
        case Tabla():
            vista = vista_tabla(bloque, enlaces)
            return _plantilla("tabla", vista | {"rotulo": rotulo, "clave": clave})
        case Matriz():
            return _plantilla("matriz", vista_matriz(bloque) | {"rotulo": rotulo, "clave": clave})
        case Grafica():
            contexto = {"bloque": bloque, "rotulo": rotulo, "fuente": svg_en_uri(bloque.svg)}
            return _plantilla("grafica", contexto)
        case Lista():
            elementos = [_elemento(texto) for texto in bloque.elementos]
            return _plantilla("lista", {"bloque": bloque, "elementos": elementos, "notas": notas(bloque.notas)})
        case SinActividades():
            return format_html('<p class="sin-actividades">{}</p>', bloque.texto)
    raise TypeError(f"No se sabe escribir un bloque {type(bloque).__name__}.")


def _plantilla(nombre: str, contexto: dict) -> str:
    return render_to_string(f"nucleo/documento/{nombre}.html", contexto)


def _titulo(bloque: Titulo, nivel: int) -> str:
    # El nivel del bloque es relativo: 2 queda justo debajo del título del apartado.
    numero = bloque.numero
    if numero and numero[-1].isalnum():
        numero = f"{numero}."
    texto = f"{numero} {bloque.texto}".strip()
    return format_html('<h{0} class="subtitulo">{1}</h{0}>', max(1, min(6, nivel + bloque.nivel - 2)), texto)


def parrafo(bloque: Parrafo) -> SafeString:
    """Texto plano con sus renglones, o Markdown saneado sin encabezados (romperían la estructura)."""
    if bloque.formato == "texto":
        return mark_safe(linebreaks(bloque.texto, autoescape=True))  # noqa: S308
    crudo = markdown.markdown(bloque.texto, extensions=["sane_lists"], output_format="html")
    crudo = _ENCABEZADO.sub(lambda m: f"<{m[1]}p>", crudo)
    limpio = nh3.clean(
        crudo,
        tags=_ETIQUETAS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(f'<div class="narrativa">{limpio}</div>')  # noqa: S308


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


def svg_en_uri(svg: str) -> str:
    """Como imagen, un SVG no ejecuta programas ni choca con la CSP por sus estilos en línea."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
