"""Cómo se presenta una sección en un apartado: columnas, orden, grupos, totales y notas.

Vale para cualquier sección, porque sólo mira los bloques que da: quien la hace no sabe nada de esto.
Las columnas se nombran por el título que les da la sección; cómo se llaman en el informe es aparte.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Lista, Matriz, Tabla
from vinculacion.nucleo.palabras import MESES, enumera
from vinculacion.nucleo.tablas_derivadas import agrupada, con_totales
from vinculacion.nucleo.texto import llano

_FECHA_DICHA = re.compile(rf"(\d{{1,2}})\D*?\b({'|'.join(MESES.values())})\b.*?(\d{{4}})", re.I | re.S)
CUENTA_RENGLONES = "No."
_NUMERO_DE_MES = {nombre: numero for numero, nombre in MESES.items()}


@dataclass(frozen=True)
class ColumnaElegida:
    titulo: str
    encabezado: str = ""
    ancho: int | None = None


@dataclass(frozen=True)
class Orden:
    columna: str
    descendente: bool = False


@dataclass(frozen=True)
class Presentacion:
    """Lo que guarda ``UsoDeSeccion.presentacion``. Sin columnas: las que dé la sección."""

    columnas: tuple[ColumnaElegida, ...] = ()
    orden: tuple[Orden, ...] = ()
    agrupar: str = ""
    subtotales: bool = False
    combinar: tuple[str, ...] = ()
    totales: bool = False
    por_anio: bool = False
    encabezado: str = ""
    notas: tuple[str, ...] = ()
    apaisada: bool = False  # sólo cuenta en un anexo: en el cuerpo la hoja es la del apartado

    @classmethod
    def de(cls, datos: dict[str, Any] | None) -> "Presentacion":
        """``ValidationError`` si lo guardado no tiene la forma de una presentación."""
        try:
            partes = dict(datos or {})
            leida = cls(
                columnas=tuple(ColumnaElegida(**c) for c in partes.pop("columnas", ())),
                orden=tuple(Orden(**o) for o in partes.pop("orden", ())),
                combinar=tuple(partes.pop("combinar", ())),
                notas=tuple(partes.pop("notas", ())),
                **partes,
            )
            if not all(isinstance(texto, str) for texto in (*leida.nombradas, leida.encabezado, *leida.notas)):
                raise TypeError("un título que no es texto")
            return leida
        except (TypeError, ValueError) as error:
            raise ValidationError("La presentación guardada no se entiende: elija otra vez sus columnas.") from error

    def datos(self) -> dict[str, Any]:
        """Como se guarda: sin lo que se queda como siempre."""
        return {clave: _llano_json(valor) for clave, valor in asdict(self).items() if valor}

    @property
    def nombradas(self) -> list[str]:
        """Los títulos de columna de que depende, sin repetir."""
        titulos = [*(c.titulo for c in self.columnas), *(o.columna for o in self.orden), self.agrupar, *self.combinar]
        return [t for t in dict.fromkeys(titulos) if t]


def presentacion_guardada(uso) -> Presentacion | None:
    """``None`` si lo guardado no se entiende."""
    try:
        return Presentacion.de(uso.presentacion)
    except ValidationError:
        return None


def _llano_json(valor):
    if isinstance(valor, tuple | list):
        return [_llano_json(v) for v in valor]
    if isinstance(valor, dict):
        return {k: v for k, v in valor.items() if v not in ("", None, False)}
    return valor


def columnas_de(bloques: Iterable[Bloque]) -> list[Columna]:
    """Las que de verdad dan las tablas de ``bloques``, sin repetir."""
    columnas: dict[str, Columna] = {}
    for bloque in bloques:
        if isinstance(bloque, Tabla):
            for columna in _desagrupada(bloque).columnas:
                columnas.setdefault(columna.titulo, columna)
    return list(columnas.values())


def faltantes(bloques: Iterable[Bloque], presentacion: Presentacion) -> list[str]:
    """Lo que se eligió y la sección ya no da, dicho para quien arma el informe."""
    if not presentacion.nombradas:
        return []
    hay = [c.titulo for c in columnas_de(bloques)]
    if not hay:
        return ["Se eligieron columnas, pero la sección ya no da una tabla."]
    return [
        f"La columna «{titulo}» ya no existe en la sección; las que da son: {enumera(hay)}."
        for titulo in presentacion.nombradas
        if titulo not in hay
    ]


def aplicar(bloques: Iterable[Bloque], presentacion: Presentacion | dict[str, Any]) -> list[Bloque]:
    """Los bloques como se eligió verlos; una columna que ya no existe se deja de lado (véase ``faltantes``)."""
    como = presentacion if isinstance(presentacion, Presentacion) else Presentacion.de(presentacion)
    presentados: list[Bloque] = [_tabla(b, como) if isinstance(b, Tabla) else b for b in bloques]
    return _con_notas(presentados, como.notas)


def _con_notas(bloques: list[Bloque], notas: tuple[str, ...]) -> list[Bloque]:
    """Al pie del último cuadro, una sola vez aunque la sección dé varios."""
    for lugar in range(len(bloques) - 1, -1, -1):
        bloque = bloques[lugar]
        if notas and isinstance(bloque, Tabla | Matriz | Lista):
            return [*bloques[:lugar], replace(bloque, notas=(*bloque.notas, *notas)), *bloques[lugar + 1 :]]
    return bloques


def _tabla(tabla: Tabla, como: Presentacion) -> Tabla:
    agrupar = como.agrupar
    if tabla.grupos:
        agrupar = agrupar or _titulo_de_grupo(tabla)
        tabla = _desagrupada(tabla)
    titulos = [c.titulo for c in tabla.columnas]
    numerada = _columna_de_numero(tabla)
    tabla = _ordenada(tabla, [o for o in como.orden if o.columna in titulos])
    elegidas = [c for c in como.columnas if c.titulo in titulos]
    if elegidas:
        if agrupar in titulos and agrupar not in [c.titulo for c in elegidas]:
            elegidas.append(ColumnaElegida(agrupar))
        tabla = _con_columnas(tabla, elegidas)
        titulos = [c.titulo for c in elegidas]
    if como.combinar:
        tabla = replace(tabla, combinar=tuple(titulos.index(t) for t in como.combinar if t in titulos))
    if como.totales and tabla.totales is None:
        tabla = con_totales(tabla)
    lugar = titulos.index(numerada) if numerada in titulos else None
    if agrupar in titulos and len(titulos) > 1:
        de_grupo = titulos.index(agrupar)
        tabla = agrupada(tabla, de_grupo, subtotales=como.subtotales)
        lugar = None if lugar in (None, de_grupo) else lugar - (lugar > de_grupo)
    return tabla if lugar is None else _renumerada(tabla, lugar)


def _columna_de_numero(tabla: Tabla) -> str:
    """La que sólo cuenta renglones (1, 2, 3…): si cambia el orden, se vuelve a contar.

    Sólo la que se llama así: las cantidades de otra pueden ser por casualidad 1, 2 y 3.
    """
    seguidos = list(range(1, len(tabla.filas) + 1))
    for lugar, columna in enumerate(tabla.columnas):
        if columna.titulo == CUENTA_RENGLONES and [fila[lugar] for fila in tabla.filas] == seguidos:
            return columna.titulo
    return ""


def _renumerada(tabla: Tabla, lugar: int) -> Tabla:
    filas = tuple((*fila[:lugar], numero, *fila[lugar + 1 :]) for numero, fila in enumerate(tabla.filas, 1))
    return replace(tabla, filas=filas)


def _titulo_de_grupo(tabla: Tabla) -> str:
    return tabla.agrupada_por or "Grupo"


def _desagrupada(tabla: Tabla) -> Tabla:
    """Con el encabezado de cada grupo como primera columna: así se puede ordenar y elegir como otra."""
    if not tabla.grupos:
        return tabla
    rotulos = [grupo.titulo for grupo in tabla.grupos for _ in range(grupo.filas)]
    return replace(
        tabla,
        columnas=(Columna(_titulo_de_grupo(tabla)), *tabla.columnas),
        filas=tuple((rotulo, *fila) for rotulo, fila in zip(rotulos, tabla.filas, strict=True)),
        totales=None if tabla.totales is None else ("", *tabla.totales),
        combinar=tuple(c + 1 for c in tabla.combinar),
        grupos=(),
        agrupada_por="",
    )


def _ordenada(tabla: Tabla, orden: list[Orden]) -> Tabla:
    if not orden:
        return tabla
    titulos = [c.titulo for c in tabla.columnas]
    lugares = list(range(len(tabla.filas)))
    for criterio in reversed(orden):  # del menos al más importante: el orden de Python es estable
        columna = titulos.index(criterio.columna)
        clase = tabla.columnas[columna].clase
        llenos = [n for n in lugares if tabla.filas[n][columna] not in (None, "")]
        vacios = [n for n in lugares if tabla.filas[n][columna] in (None, "")]
        llenos.sort(key=lambda n: _llave(tabla.filas[n][columna], clase), reverse=criterio.descendente)
        lugares = [*llenos, *vacios]
    return replace(
        tabla,
        filas=tuple(tabla.filas[n] for n in lugares),
        enlaces=tuple(tabla.enlaces[n] for n in lugares) if tabla.enlaces else (),
    )


def _llave(celda: Celda, clase: str) -> tuple:
    match celda:
        case bool() | int() | float() | Decimal():
            return (0, celda, "")
        case date():
            return (1, celda.toordinal(), "")
    texto = str(celda)
    if clase == "fecha" and (hallada := _FECHA_DICHA.search(texto)):
        dia, mes, anio = int(hallada[1]), _NUMERO_DE_MES[hallada[2].lower()], int(hallada[3])
        return (1, date(anio, mes, 1).toordinal() + dia - 1, texto)
    return (2, 0, llano(texto))


def _con_columnas(tabla: Tabla, elegidas: list[ColumnaElegida]) -> Tabla:
    titulos = [c.titulo for c in tabla.columnas]
    lugares = [titulos.index(c.titulo) for c in elegidas]
    columnas = tuple(
        replace(tabla.columnas[lugar], titulo=elegida.encabezado or elegida.titulo, ancho=elegida.ancho)
        for lugar, elegida in zip(lugares, elegidas, strict=True)
    )
    return replace(
        tabla,
        columnas=columnas,
        filas=tuple(tuple(fila[n] for n in lugares) for fila in tabla.filas),
        totales=_totales_de(tabla, lugares),
        combinar=tuple(lugares.index(n) for n in tabla.combinar if n in lugares),
    )


def _totales_de(tabla: Tabla, lugares: list[int]) -> tuple[Celda, ...] | None:
    """Los que daba la sección, sin las columnas que ya no están y con su rótulo donde se lee primero."""
    quedan: list[Celda] = [tabla.totales[n] if tabla.totales else None for n in lugares]
    if not any(isinstance(t, int | float | Decimal) for t in quedan):
        return None
    rotulos = [t for t in tabla.totales or () if isinstance(t, str) and t]
    if len(rotulos) == 1:
        quedan = ["" if isinstance(t, str) else t for t in quedan]
        libres = [n for n, celda in enumerate(quedan) if celda in (None, "")]
        anchos = [n for n in libres if tabla.columnas[lugares[n]].clase in ("texto", "fecha")]
        if libres:
            quedan[(anchos or libres)[0]] = rotulos[0]
    return tuple(quedan)


def por_anio(presentacion: Presentacion, periodo) -> Iterator[tuple[str, Any]]:
    """(encabezado, periodo) de cada vez que corre la sección; sin encabezado, una sola vez."""
    cortes = periodo.por_anio() if presentacion.por_anio else []
    yield from cortes if len(cortes) > 1 else [("", periodo)]
