"""Cómo se reparte y se agrupa una tabla: anchos de columna, valores combinados, celdas escritas."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vinculacion.nucleo.bloques import Celda, Columna, Grupo, Matriz, Tabla

from .documento import celda_escrita

# Un grupo de celdas combinadas no se parte entre páginas; si es más largo se
# divide en tramos parejos y el valor se repite al inicio de cada uno.
FILAS_POR_TRAMO = 8
# Y lo mismo si sus renglones de texto no caben en una hoja horizontal.
RENGLONES_POR_TRAMO = 26
# Debajo de este peso (caracteres, más o menos) una tabla a todo lo ancho se ve vacía.
PESO_ANGOSTA = 52
# Caracteres que caben en una línea a todo lo ancho de la hoja, según el cuerpo de letra.
CAPACIDAD = 102
CAPACIDAD_DENSA = 116
# «11 de noviembre» no se parte.
ANCHO_DIA_Y_MES = 17.5
ANCHO_NUMERICO = 12.8
FILAS_SIN_PARTIR = 8
# Con más renglones de texto que éstos, moverla entera a otra hoja dejaría un hueco.
RENGLONES_SIN_PARTIR = 14
COLUMNAS_HORIZONTALES = 6
LETRAS_DE_UN_CODIGO, CODIGOS_HORIZONTALES = 5, 12

_LLAMADA_PROPIA = re.compile(r"nota|[\d*†¹²³⁴-⁹]", re.IGNORECASE)
_CORTE = re.compile(r"[\s–/-]+")


@dataclass(slots=True)
class CeldaVista:
    texto: str
    clase: str
    filas: int = 1
    enlace: str = ""
    columnas: int = 1
    encabezado: bool = False


def anchos(minimos: Sequence[float], pesos: Sequence[float], fijos: Sequence[int | None], capacidad: int) -> list[int]:
    """Porcentajes enteros que suman 100.

    Cada columna recibe primero lo que pide su palabra más larga (``minimos``, en
    caracteres de una línea que mide ``capacidad``) y lo que sobra se reparte por
    peso. Los fijos se respetan mientras dejen lugar a las demás y no partan sus palabras.
    """
    if not pesos:
        return []
    necesarios = [100 * minimo / capacidad for minimo in minimos]
    pedidos = [max(necesario, fijo or 0.0) for necesario, fijo in zip(necesarios, fijos, strict=True)]
    libres = [indice for indice, fijo in enumerate(fijos) if fijo is None]
    sobra = 100 - sum(pedidos)
    if libres and sobra > 0:
        faltantes = {i: max(100 * pesos[i] / capacidad - pedidos[i], 0.0) for i in libres}
        total = sum(faltantes.values())
        for i in libres:
            pedidos[i] += faltantes[i] * min(1.0, sobra / total if total else 0.0)
    elif sobra < 0:  # cede quien tiene de más
        de_mas = sum(pedidos) - sum(necesarios)
        parte = max(0.0, 1 + sobra / de_mas) if de_mas else 0.0
        pedidos = [n + (p - n) * parte for n, p in zip(necesarios, pedidos, strict=True)]
    suma = sum(pedidos)
    return _redondea([100 * pedido / suma for pedido in pedidos])


def _redondea(exactos: list[float]) -> list[int]:
    """A enteros, dando los puntos que faltan a los residuos más grandes."""
    enteros = [max(1, math.floor(exacto)) for exacto in exactos]
    por_residuo = sorted(range(len(exactos)), key=lambda i: exactos[i] - math.floor(exactos[i]), reverse=True)
    while (faltan := 100 - sum(enteros)) != 0:
        if faltan < 0:
            enteros[enteros.index(max(enteros))] -= 1
            continue
        for indice in por_residuo[:faltan]:
            enteros[indice] += 1
    return enteros


def medidas(tabla: Tabla, escritas: Sequence[Sequence[str]]) -> tuple[list[float], list[float]]:
    """``(minimos, pesos)`` de cada columna, en caracteres."""
    minimos, pesos = [], []
    for indice, columna in enumerate(tabla.columnas):
        textos = [fila[indice] for fila in escritas]
        largos = sorted(len(texto) for texto in textos)
        tipico = largos[int(len(largos) * 0.9)] if largos else 0
        palabra = max((len(p) for texto in textos[:200] for p in texto.split()), default=1)
        encabezado = max((len(p) for p in _CORTE.split(columna.titulo)), default=1)
        minimo = max(min(palabra, 18), min(1.15 * encabezado, 20)) + 2.5
        if columna.clase == "fecha" and tipico > ANCHO_DIA_Y_MES:
            minimo = ANCHO_DIA_Y_MES
        # Una fecha larga pide, si hay lugar, su renglón entero.
        ideal = 1.05 * tipico + 3 if columna.clase == "fecha" else max(min(tipico, 14), 5.6 * math.sqrt(tipico))
        minimos.append(minimo)
        pesos.append(max(minimo, ideal))
    # Las columnas de números se comparan entre sí: del mismo ancho si ninguna es muy ancha.
    numericas = [i for i, columna in enumerate(tabla.columnas) if columna.clase == "numero"]
    comun = max((minimos[i] for i in numericas), default=0)
    if comun <= ANCHO_NUMERICO:
        for i in numericas:
            minimos[i] = pesos[i] = comun
    return minimos, pesos


@dataclass(slots=True)
class TramoVista:
    """Filas seguidas que van en un mismo ``tbody``: con el encabezado del grupo que abren y los subtotales del que cierran."""

    filas: list[list[CeldaVista]]
    titulo: str = ""
    subtotales: list[CeldaVista] | None = None


def grupos_de(tabla: Tabla) -> list[tuple[Grupo | None, range]]:
    """Cada grupo con sus filas; sin grupos, todas juntas."""
    if not tabla.grupos:
        return [(None, range(len(tabla.filas)))]
    salida: list[tuple[Grupo | None, range]] = []
    inicio = 0
    for grupo in tabla.grupos:
        salida.append((grupo, range(inicio, inicio + grupo.filas)))
        inicio += grupo.filas
    return salida


def tramos(tabla: Tabla, renglones: Sequence[int] = (), filas: range | None = None) -> list[range]:
    """Filas que deben ir juntas por compartir una celda combinada; sin combinar, un solo tramo.

    ``renglones``: cuántos de texto ocupa cada una, si se sabe; ``filas``: sólo éstas.
    """
    if filas is None:
        filas = range(len(tabla.filas))
    if not tabla.combinar:
        return [filas] if filas else []
    cortes = [filas.start]
    for indice in filas[1:]:
        anterior, actual = tabla.filas[indice - 1], tabla.filas[indice]
        if not any(_mismo(anterior[c], actual[c]) for c in tabla.combinar):
            cortes.append(indice)
    cortes.append(filas.stop)
    salida: list[range] = []
    for inicio, fin in zip(cortes, cortes[1:], strict=False):
        por_filas = math.ceil((fin - inicio) / FILAS_POR_TRAMO)
        por_alto = math.ceil(sum(renglones[inicio:fin]) / RENGLONES_POR_TRAMO)
        partes = min(max(por_filas, por_alto), fin - inicio)
        bordes = [inicio + round((fin - inicio) * parte / max(partes, 1)) for parte in range(partes + 1)]
        salida += [range(a, b) for a, b in zip(bordes, bordes[1:], strict=False)]
    return salida


def _renglones(
    tabla: Tabla, escritas: Sequence[Sequence[str]], porcentajes: Sequence[int], capacidad: int
) -> list[int]:
    """Los renglones de la celda más alta de cada fila; una combinada reparte los suyos entre sus filas."""
    sueltas = [i for i in range(len(tabla.columnas)) if i not in tabla.combinar]
    caben = {i: max(1.0, porcentajes[i] * capacidad / 100 - 2) for i in sueltas}
    return [max((math.ceil(len(fila[i]) / caben[i]) for i in sueltas), default=1) for fila in escritas]


def _mismo(una: Celda, otra: Celda) -> bool:
    return una == otra and una not in (None, "")


def partir(tabla: Tabla, filas: int) -> list[Tabla]:
    """En tablas de a lo más ``filas`` renglones (más, si una celda combinada no deja), con las mismas columnas.

    El título va en la primera; los totales y las notas, en la última.
    """
    if len(tabla.filas) <= filas:
        return [tabla]
    abren = {suyas.start for _, suyas in grupos_de(tabla)}
    cortes = [0]
    while len(tabla.filas) - cortes[-1] > filas:
        corte = cortes[-1] + filas
        while (
            corte < len(tabla.filas)
            and corte not in abren
            and any(_mismo(tabla.filas[corte - 1][c], tabla.filas[corte][c]) for c in tabla.combinar)
        ):
            corte += 1
        cortes.append(corte)
    cortes.append(len(tabla.filas))
    columnas = tuple(
        replace(columna, ancho=ancho)
        for columna, ancho in zip(tabla.columnas, vista_tabla(tabla, False)["anchos"], strict=True)
    )
    partes = [
        Tabla(columnas, tabla.filas[a:b], combinar=tabla.combinar, grupos=_grupos_entre(tabla, a, b))
        for a, b in zip(cortes, cortes[1:], strict=False)
        if a < b
    ]
    partes[0] = replace(partes[0], titulo=tabla.titulo)
    partes[-1] = replace(partes[-1], totales=tabla.totales, notas=tabla.notas)
    return partes


def _grupos_entre(tabla: Tabla, desde: int, hasta: int) -> tuple[Grupo, ...]:
    """Los grupos de un pedazo de la tabla; el que viene de antes lo dice, y el que sigue no cierra todavía."""
    salida = []
    for grupo, suyas in grupos_de(tabla):
        dentro = min(suyas.stop, hasta) - max(suyas.start, desde)
        if grupo is not None and dentro > 0:
            titulo = grupo.titulo if suyas.start >= desde else f"{grupo.titulo} (continúa)"
            salida.append(Grupo(titulo, dentro, grupo.subtotales if suyas.stop <= hasta else None))
    return tuple(salida)


def vista_tabla(tabla: Tabla, con_enlaces: bool) -> dict:
    """Todo lo que la plantilla de una tabla necesita, ya escrito."""
    escritas = [[celda_escrita(celda) for celda in fila] for fila in tabla.filas]
    minimos, pesos = medidas(tabla, escritas)
    densa = len(tabla.columnas) > COLUMNAS_HORIZONTALES
    capacidad = CAPACIDAD_DENSA if densa else CAPACIDAD
    porcentajes = anchos(minimos, pesos, [columna.ancho for columna in tabla.columnas], capacidad)
    enlazada = _columna_enlazada(tabla)
    renglones = _renglones(tabla, escritas, porcentajes, capacidad)
    vistas = []
    for grupo, suyas in grupos_de(tabla):
        del_grupo = [
            TramoVista([_fila(tabla, escritas, numero, tramo, con_enlaces, enlazada) for numero in tramo])
            for tramo in tramos(tabla, renglones, suyas)
        ]
        if grupo is not None:
            del_grupo[0].titulo = grupo.titulo
            del_grupo[-1].subtotales = _cierre(grupo.subtotales, tabla.columnas)
        vistas += del_grupo
    sin_anchos = all(columna.ancho is None for columna in tabla.columnas)
    clases = ["tabla-informe"]
    if tabla.combinar:
        clases.append("con-grupos")
    if tabla.grupos:
        clases.append("agrupada")
    if sin_anchos and sum(pesos) < PESO_ANGOSTA:
        clases.append("angosta")
    elif densa:
        clases.append("densa")
    if len(tabla.filas) <= FILAS_SIN_PARTIR and sum(renglones) <= RENGLONES_SIN_PARTIR:
        clases.append("corta")
    return {
        "columnas": tabla.columnas,
        "anchos": porcentajes,
        "grupos": vistas,
        "totales": _cierre(tabla.totales, tabla.columnas),
        "clases": " ".join(clases),
        "titulo": tabla.titulo,
        "notas": notas(tabla.notas),
    }


def _fila(
    tabla: Tabla, escritas: Sequence[Sequence[str]], numero: int, tramo: range, con_enlaces: bool, enlazada: int
) -> list[CeldaVista]:
    """Las celdas de una fila; una combinada sólo sale en la primera de su tramo."""
    celdas = []
    for indice, columna in enumerate(tabla.columnas):
        alto = 1
        if indice in tabla.combinar:
            valor = tabla.filas[numero][indice]
            if numero > tramo.start and _mismo(tabla.filas[numero - 1][indice], valor):
                continue
            while numero + alto < tramo.stop and _mismo(tabla.filas[numero + alto][indice], valor):
                alto += 1
        enlace = enlace_interno(tabla.enlaces[numero]) if con_enlaces and tabla.enlaces and indice == enlazada else ""
        texto = escritas[numero][indice]
        celdas.append(
            CeldaVista(_marcada(texto, tabla.filas[numero][indice]), _clase(columna.clase, texto), alto, enlace)
        )
    return celdas


def _cierre(celdas: Sequence[Celda] | None, columnas: Sequence[Columna]) -> list[CeldaVista] | None:
    """Totales o subtotales: lo que va antes de la primera cifra es un solo rótulo, que así no se parte."""
    if celdas is None:
        return None
    vistas = [CeldaVista(celda_escrita(celda), columna.clase) for celda, columna in zip(celdas, columnas, strict=True)]
    cifra = next((i for i, celda in enumerate(celdas) if celda is not None and not isinstance(celda, str)), 0)
    rotulos = [vista.texto for vista in vistas[:cifra] if vista.texto]
    if len(rotulos) != 1:
        return vistas
    return [CeldaVista(rotulos[0], "texto", columnas=cifra, encabezado=True), *vistas[cifra:]]


def vista_matriz(matriz: Matriz) -> dict:
    cuantas = len(matriz.columnas)
    # Un código como «01SO» cabe acostado: girarlo sólo dejaría una franja alta y vacía.
    caben = max(map(len, matriz.columnas), default=0) <= LETRAS_DE_UN_CODIGO and cuantas <= CODIGOS_HORIZONTALES
    girada = cuantas > COLUMNAS_HORIZONTALES and not caben
    if cuantas > COLUMNAS_HORIZONTALES:
        ancho_columna = max(2, min(8, 68 // cuantas))
    else:
        ancho_columna = min(16, 60 // max(cuantas, 1))
    filas = [
        (
            encabezado,
            [CeldaVista(celda_escrita(celda), "equis" if celda == "X" else "centro") for celda in celdas],
        )
        for encabezado, celdas in matriz.filas
    ]
    clases = ["tabla-informe", "matriz"]
    if girada:
        clases.append("girada")
    elif caben:
        clases.append("codigos")
    if len(filas) <= FILAS_SIN_PARTIR:
        clases.append("corta")
    return {
        "esquina": matriz.esquina,
        "columnas": matriz.columnas,
        "ancho_esquina": max(1, 100 - ancho_columna * cuantas),
        "ancho_columna": ancho_columna,
        "girada": girada,
        "filas": filas,
        "clases": " ".join(clases),
        "titulo": matriz.titulo,
        "notas": notas(matriz.notas),
    }


def notas(textos: Sequence[str]) -> list[str]:
    """Las que no tienen llamada propia se anuncian como notas: cada una, o todas de una vez si son varias."""
    limpias = [texto.strip() for texto in textos if texto.strip()]
    sueltas = [n for n, texto in enumerate(limpias) if not _LLAMADA_PROPIA.match(texto)]
    if sueltas:
        limpias[sueltas[0]] = f"{'Notas' if len(sueltas) > 1 else 'Nota'}. {limpias[sueltas[0]]}"
    return limpias


def enlace_interno(url: str) -> str:
    """Sólo rutas de este sitio; cualquier otra cosa se queda sin enlace."""
    return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""


def _columna_enlazada(tabla: Tabla) -> int:
    """La primera de texto o, si no hay, la primera que no sea el número de renglón."""
    con_nombre = [n for n, c in enumerate(tabla.columnas) if n not in tabla.combinar and len(c.titulo) > 3]
    return next((n for n in con_nombre if tabla.columnas[n].clase == "texto"), next(iter(con_nombre), 0))


def _clase(clase: str, texto: str) -> str:
    return "centro equis" if clase == "centro" and texto == "X" else clase


def _marcada(texto: str, celda: Celda) -> str:
    """Las fechas se parten sólo después del día de la semana o antes del año: entre lo demás, espacios de no separar."""
    partes = texto.split(" ")
    if isinstance(celda, str) or celda is None or len(partes) != 6:  # «Jueves 1° de octubre de 2020»
        return texto
    return "{} {}\xa0{}\xa0{} {}\xa0{}".format(*partes)
