"""De qué encabezados depende cada celda de una tabla, para quien la oye.

WeasyPrint los enumera celda por celda: pierde la cuenta de las columnas bajo una que ocupa varios renglones, da
el encabezado de un grupo a toda la columna y repite el de cada hoja. Aquí se corrige antes de escribir el PDF: en
una tabla sencilla basta decir si el encabezado es de columna o de renglón (ISO 32000-1, 14.8.5.7); en las demás
cada celda nombra los suyos, con claves que no se repiten en otra pieza.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pydyf


def corrige(marca: str, _documento, pdf: pydyf.PDF) -> None:
    """Lo llama WeasyPrint (``finisher``) con el PDF todavía en objetos; ``marca`` distingue a la pieza."""
    con_clave: list[Any] = []
    for objeto in pdf.objects:
        if isinstance(objeto, pydyf.Dictionary) and objeto.get("S") == "/Table":
            renglones = [list(_hijos(pdf, tr)) for tr in _renglones(pdf, objeto)]
            if any(_abarca(celda, "RowSpan") > 1 or _abarca(celda, "ColSpan") > 1 for r in renglones for celda in r):
                _asigna(renglones)
                con_clave += [celda for celdas in renglones for celda in celdas if "ID" in celda]
            else:
                _simplifica(renglones)
    for celda in con_clave:
        celda["ID"].string = f"{marca}-{celda['ID'].string}"  # es el mismo objeto que nombran sus celdas
    if not con_clave:
        return
    raiz = next(o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/StructTreeRoot")
    pares = sorted((celda["ID"].string, celda) for celda in con_clave)
    raiz["IDTree"] = pydyf.Dictionary(
        {"Names": pydyf.Array([parte for _, celda in pares for parte in (celda["ID"], celda.reference)])}
    )


def _simplifica(renglones: list[list[Any]]) -> None:
    for celdas in renglones:
        ambito = "/Column" if all(celda["S"] == "/TH" for celda in celdas) else "/Row"
        for celda in celdas:
            if celda["S"] == "/TH":
                celda["A"]["Scope"] = ambito
                del celda["ID"]
            else:
                del celda["A"]


def _asigna(renglones: list[list[Any]]) -> None:
    columnas: dict[int, list[Any]] = defaultdict(list)
    ocupadas: dict[int, int] = defaultdict(int)  # columna → renglones que aún tapa la celda de arriba
    ancho = sum(_abarca(celda, "ColSpan") for celda in renglones[0]) if renglones else 0
    del_grupo: list[Any] = []
    for celdas in renglones:
        solo_encabezados = all(celda["S"] == "/TH" for celda in celdas)
        de_fila: list[Any] = []
        lugar = 0
        for celda in celdas:
            while ocupadas[lugar]:
                ocupadas[lugar] -= 1
                lugar += 1
            suyas = range(lugar, lugar + _abarca(celda, "ColSpan"))
            for columna in suyas:
                ocupadas[columna] = _abarca(celda, "RowSpan") - 1
            lugar = suyas.stop
            if celda["S"] == "/TD":
                propias = [clave for columna in suyas for clave in columnas[columna]]
                celda["A"]["Headers"] = pydyf.Array([*de_fila, *del_grupo, *propias])
            elif len(celdas) == 1 and len(suyas) == ancho > 1:
                del_grupo = [celda["ID"]]
            elif solo_encabezados:
                for columna in suyas:
                    # El encabezado que se repite en cada hoja dice lo mismo: basta el último.
                    columnas[columna] = [celda["ID"]]
            else:
                de_fila.append(celda["ID"])
        while ocupadas[lugar]:
            ocupadas[lugar] -= 1
            lugar += 1


def _renglones(pdf: pydyf.PDF, elemento: Any) -> Iterator[Any]:
    for hijo in _hijos(pdf, elemento):
        if hijo["S"] == "/TR":
            yield hijo
        elif hijo["S"] in ("/THead", "/TBody", "/TFoot", "/NonStruct"):
            yield from _renglones(pdf, hijo)


def _hijos(pdf: pydyf.PDF, elemento: Any) -> Iterator[Any]:
    for clave in elemento["K"]:
        hijo = pdf.objects[int(clave.split()[0])] if isinstance(clave, bytes) else None
        if isinstance(hijo, pydyf.Dictionary) and hijo.get("Type") == "/StructElem":
            yield hijo


def _abarca(celda: Any, eje: str) -> int:
    return int(celda.get("A", {}).get(eje, 1))
