"""Qué dice hoy distinto de lo que se congeló: apartado por apartado, renglón por renglón, cifra por cifra."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vinculacion.nucleo.bloques import Bloque, Celda, Cifra, Frase, Grafica, Imagen, Lista, Matriz, Tabla
from vinculacion.nucleo.salida.documento import ApartadoArmado, Documento, Portada, celda_escrita

from .huellas import ANCLA_DE_ERRATA, COLOFON

PALABRAS_ALREDEDOR = 8
AGREGADO, QUITADO, CAMBIADO = "agregado", "quitado", "cambiado"
ROTULOS_DE_PORTADA = {
    "titulo": "Título",
    "institucion": "Institución",
    "unidad": "Unidad",
    "organo": "Órgano",
    "periodo": "Periodo",
    "punto": "Punto",
    "sesion": "Sesión",
    "fecha_sesion_escrita": "Fecha de la sesión",
    "acuerdo": "Acuerdo",
}


@dataclass(frozen=True)
class Cambio:
    """``donde``: la tabla, la lista o la cifra; ``antes`` o ``ahora`` van vacíos en lo agregado y en lo quitado."""

    clase: str
    donde: str
    antes: str = ""
    ahora: str = ""


@dataclass(frozen=True)
class CambiosDeApartado:
    titulo: str
    clase: str
    cambios: tuple[Cambio, ...] = ()


def comparar(antes: Documento, ahora: Documento) -> list[CambiosDeApartado]:
    """Sólo lo que cambió, en el orden de hoy; lo que ya no está va al final. El colofón y las erratas no cuentan."""
    hallados = []
    if de_portada := tuple(_de_portada(antes.portada, ahora.portada)):
        hallados.append(CambiosDeApartado("Portada", CAMBIADO, de_portada))
    previos, actuales = _por_clave(antes.apartados), _por_clave(ahora.apartados)
    for clave, apartado in actuales.items():
        if clave not in previos:
            hallados.append(CambiosDeApartado(apartado.encabezado, AGREGADO))
        elif cambios := tuple(_de_apartado(previos[clave], apartado)):
            hallados.append(CambiosDeApartado(apartado.encabezado, CAMBIADO, cambios))
    hallados += [CambiosDeApartado(a.encabezado, QUITADO) for clave, a in previos.items() if clave not in actuales]
    return hallados


def _por_clave(apartados: Iterable[ApartadoArmado]) -> dict[str, ApartadoArmado]:
    """Cada apartado con lo que lo distingue: su registro o, en un anexo, su título (el número se recorre)."""
    hallados: dict[str, ApartadoArmado] = {}

    def baja(fila: Iterable[ApartadoArmado]) -> None:
        for apartado in fila:
            if apartado.ancla == COLOFON or apartado.ancla.startswith(ANCLA_DE_ERRATA):
                continue
            clave = apartado.titulo if apartado.ancla.startswith("anexo-") else apartado.ancla
            hallados.setdefault(clave, apartado)
            baja(apartado.hijos)

    baja(apartados)
    return hallados


def _de_portada(antes: Portada, ahora: Portada) -> Iterator[Cambio]:
    for nombre, rotulo in ROTULOS_DE_PORTADA.items():
        previo, actual = str(getattr(antes, nombre)), str(getattr(ahora, nombre))
        if previo != actual:
            yield Cambio(CAMBIADO, rotulo, previo, actual)


def _de_apartado(antes: ApartadoArmado, ahora: ApartadoArmado) -> Iterator[Cambio]:
    if antes.encabezado != ahora.encabezado:
        yield Cambio(CAMBIADO, "Título", antes.encabezado, ahora.encabezado)
    previos, actuales = _bloques(antes.bloques), _bloques(ahora.bloques)
    for clave, bloque in actuales.items():
        if clave not in previos:
            yield Cambio(AGREGADO, _nombre(bloque), ahora=_resumen(bloque))
        elif previos[clave] != bloque:
            yield from _de_bloque(previos[clave], bloque)
    for clave, bloque in previos.items():
        if clave not in actuales:
            yield Cambio(QUITADO, _nombre(bloque), antes=_resumen(bloque))


def _bloques(bloques: Iterable[Bloque]) -> dict[tuple, Bloque]:
    """Cada bloque con su clase y su título; los que no tienen, con su lugar entre los de su clase."""
    hallados: dict[tuple, Bloque] = {}
    for bloque in bloques:
        titulo = getattr(bloque, "titulo", "") or getattr(bloque, "etiqueta", "")
        vez = 0
        while (type(bloque), titulo, vez) in hallados:
            vez += 1
        hallados[type(bloque), titulo, vez] = bloque
    return hallados


def _de_bloque(antes: Bloque, ahora: Bloque) -> Iterator[Cambio]:
    donde = _nombre(ahora)
    match antes, ahora:
        case Tabla(), Tabla():
            yield from _de_tabla(antes, ahora, donde)
        case Matriz(), Matriz():
            yield from _de_matriz(antes, ahora, donde)
        case Lista(), Lista():
            yield from _de_filas([(e,) for e in antes.elementos], [(e,) for e in ahora.elementos], ("",), donde)
        case _:
            yield Cambio(CAMBIADO, donde, *_donde_difieren(_resumen(antes), _resumen(ahora)))


def _donde_difieren(antes: str, ahora: str) -> tuple[str, str]:
    """De dos textos largos, lo distinto con unas palabras alrededor."""
    previas, actuales = antes.split(), ahora.split()
    bloques = SequenceMatcher(None, previas, actuales, autojunk=False).get_matching_blocks()
    primero, ultimo = bloques[0], bloques[-2] if len(bloques) > 1 else bloques[0]
    inicio = primero.size if primero.a == primero.b == 0 else 0
    al_final = ultimo.a + ultimo.size == len(previas) and ultimo.b + ultimo.size == len(actuales)
    final = min(ultimo.size, len(previas) - inicio, len(actuales) - inicio) if al_final else 0

    def recorta(palabras: list[str]) -> str:
        desde, hasta = (
            max(0, inicio - PALABRAS_ALREDEDOR),
            min(len(palabras), len(palabras) - final + PALABRAS_ALREDEDOR),
        )
        return f"{'… ' if desde else ''}{' '.join(palabras[desde:hasta])}{' …' if hasta < len(palabras) else ''}"

    return recorta(previas), recorta(actuales)


def _de_tabla(antes: Tabla, ahora: Tabla, donde: str) -> Iterator[Cambio]:
    previas, actuales = _titulos(antes), _titulos(ahora)
    if previas != actuales:
        yield Cambio(CAMBIADO, f"{donde}: columnas", _junta(previas), _junta(actuales))
        if len(previas) != len(actuales):
            yield Cambio(CAMBIADO, f"{donde}: renglones", str(len(antes.filas)), str(len(ahora.filas)))
            return
    con_nombre = all(len(t.enlaces) == len(set(t.enlaces)) == len(t.filas) for t in (antes, ahora))
    if con_nombre:
        yield from _por_registro(antes, ahora, donde)
    else:
        yield from _de_filas(_sin_numero(antes), _sin_numero(ahora), actuales, donde)
    if antes.totales and ahora.totales and antes.totales != ahora.totales:
        desde = int(_numerada(ahora))
        diferencia = _distintas(antes.totales[desde:], ahora.totales[desde:], actuales)
        yield Cambio(CAMBIADO, f"{donde}: totales", *diferencia)
    if antes.notas != ahora.notas:
        yield Cambio(CAMBIADO, f"{donde}: notas", _junta(antes.notas), _junta(ahora.notas))


def _por_registro(antes: Tabla, ahora: Tabla, donde: str) -> Iterator[Cambio]:
    previas = dict(zip(antes.enlaces, _sin_numero(antes), strict=True))
    actuales = dict(zip(ahora.enlaces, _sin_numero(ahora), strict=True))
    titulos = _titulos(ahora)
    for registro, fila in actuales.items():
        if registro not in previas:
            yield Cambio(AGREGADO, donde, ahora=_junta(fila))
        elif previas[registro] != fila:
            yield _renglon(previas[registro], fila, titulos, donde)
    for registro, fila in previas.items():
        if registro not in actuales:
            yield Cambio(QUITADO, donde, antes=_junta(fila))


def _de_filas(antes: Sequence[tuple], ahora: Sequence[tuple], titulos: Sequence[str], donde: str) -> Iterator[Cambio]:
    """Sin nombre propio, los renglones se emparejan por lo que dicen."""
    for caso, a, b, c, d in SequenceMatcher(None, antes, ahora, autojunk=False).get_opcodes():
        if caso == "equal":
            continue
        pares = min(b - a, d - c) if caso == "replace" else 0
        for n in range(pares):
            yield _renglon(antes[a + n], ahora[c + n], titulos, donde)
        for fila in antes[a + pares : b]:
            yield Cambio(QUITADO, donde, antes=_junta(fila))
        for fila in ahora[c + pares : d]:
            yield Cambio(AGREGADO, donde, ahora=_junta(fila))


def _de_matriz(antes: Matriz, ahora: Matriz, donde: str) -> Iterator[Cambio]:
    if antes.columnas != ahora.columnas:
        yield Cambio(CAMBIADO, f"{donde}: columnas", _junta(antes.columnas), _junta(ahora.columnas))
        return
    previas, actuales = ([(titulo, *celdas) for titulo, celdas in matriz.filas] for matriz in (antes, ahora))
    yield from _de_filas(previas, actuales, (ahora.esquina, *ahora.columnas), donde)


def _renglon(antes: tuple[Celda, ...], ahora: tuple[Celda, ...], titulos: Sequence[str], donde: str) -> Cambio:
    cual = next((celda_escrita(c) for c in ahora if isinstance(c, str) and c.strip() and c in antes), "")
    lugar = f"{donde}, «{cual}»" if cual else donde
    return Cambio(CAMBIADO, lugar, *_distintas(antes, ahora, titulos))


def _distintas(antes: Sequence[Celda], ahora: Sequence[Celda], titulos: Sequence[str]) -> tuple[str, str]:
    """Sólo las celdas que cambiaron, con el encabezado de su columna."""
    pares = [(t, a, b) for t, a, b in zip(titulos, antes, ahora, strict=False) if a != b]

    def escribe(titulo: str, celda: Celda) -> str:
        valor = celda_escrita(celda) or "(vacío)"
        return f"{titulo}: {valor}" if titulo else valor

    return "; ".join(escribe(t, a) for t, a, _ in pares), "; ".join(escribe(t, b) for t, _, b in pares)


def _numerada(tabla: Tabla) -> bool:
    """¿La primera columna sólo cuenta renglones? Uno de más los recorre a todos, y eso no es un cambio."""
    return bool(tabla.columnas) and tabla.columnas[0].titulo.strip(". ").casefold() in ("no", "núm", "#")


def _titulos(tabla: Tabla) -> tuple[str, ...]:
    return tuple(columna.titulo for columna in tabla.columnas[int(_numerada(tabla)) :])


def _sin_numero(tabla: Tabla) -> list[tuple[Celda, ...]]:
    return [fila[int(_numerada(tabla)) :] for fila in tabla.filas]


def _nombre(bloque: Bloque) -> str:
    clase = type(bloque).__name__
    rotulo = {"Parrafo": "Texto", "SinActividades": "Texto", "Frase": "Texto", "Grafica": "Gráfica"}.get(clase, clase)
    titulo = getattr(bloque, "titulo", "") or getattr(bloque, "etiqueta", "")
    return f"{rotulo} «{titulo}»" if titulo else rotulo


def _resumen(bloque: Bloque) -> str:
    match bloque:
        case Tabla(filas=filas) | Matriz(filas=filas):
            return f"{len(filas)} renglones" if len(filas) != 1 else "1 renglón"
        case Lista(elementos=elementos):
            return _junta(elementos)
        case Cifra(valor=valor, detalle=detalle):
            return f"{celda_escrita(valor)} {detalle}".strip()
        case Frase(partes=partes):
            return "".join(p if isinstance(p, str) else celda_escrita(p.valor) for p in partes)
        case Grafica(descripcion=descripcion):
            return descripcion
        case Imagen(alternativo=alternativo):
            return alternativo
    return str(getattr(bloque, "texto", ""))


def _junta(celdas: Iterable[Celda]) -> str:
    return " · ".join(filter(None, (celda_escrita(celda) for celda in celdas)))
