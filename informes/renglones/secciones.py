"""El balance y los pendientes como secciones que un apartado puede llamar."""

from django import forms

from informes.estados import ClaseDeRenglon
from informes.models import Renglon
from vinculacion.nucleo.bloques import Bloque, Celda, Cifra, Columna, Grupo, Parrafo, Tabla, Titulo
from vinculacion.nucleo.memoria import memoria
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.secciones import Contexto, seccion

from .redaccion import Escrito, anual, escribir, lista_en_markdown, por_rubro

CIFRAS_Y_TABLA, SOLO_CIFRAS, SOLO_TABLA, LISTA = "", "cifras", "tabla", "lista"
DEL_PERIODO = "Periodo"


class BalanceParametros(forms.Form):
    formato = forms.ChoiceField(
        label="formato",
        required=False,
        choices=[
            (CIFRAS_Y_TABLA, "Cifras grandes, y una tabla por año si abarca varios"),
            (SOLO_CIFRAS, "Sólo cifras grandes"),
            (SOLO_TABLA, "Sólo la tabla"),
            (LISTA, "Lista"),
        ],
    )
    sin_rubros = forms.BooleanField(label="sin separar por rubro", required=False)


class PendientesParametros(forms.Form):
    sin_rubros = forms.BooleanField(label="sin separar por rubro", required=False)


def _escritos(contexto: Contexto, clase: str, sin_rubros: bool) -> list[tuple[str, list[Escrito]]]:
    """Por rubro; una plantilla todavía no tiene renglones."""
    if contexto.informe is None:
        return []
    renglones = Renglon.objects.filter(informe=contexto.informe, clase=clase, incluido=True).order_by("orden", "pk")
    escritos = escribir(renglones, contexto)
    if sin_rubros:
        return [("", escritos)] if escritos else []
    return por_rubro(escritos)


@seccion("informes.balance", "Balance del periodo, por rubro", BalanceParametros)
def balance(contexto: Contexto, formato: str = CIFRAS_Y_TABLA, sin_rubros: bool = False) -> list[Bloque]:
    """Las cifras de la página Balance, con un cuadro por año si el periodo abarca varios."""
    with memoria():
        grupos = _escritos(contexto, ClaseDeRenglon.BALANCE, sin_rubros)
        if formato == LISTA:
            return _listas(grupos)
        varios_anios = len(contexto.periodo.anios()) > 1
        bloques: list[Bloque] = []
        if formato != SOLO_TABLA:
            for rubro, escritos in grupos:
                bloques += [Titulo(rubro)] if rubro else []
                bloques += _cifras(escritos)
        if formato == SOLO_TABLA or (formato == CIFRAS_Y_TABLA and varios_anios):
            bloques += _tabla(grupos, contexto)
        if formato == SOLO_TABLA:
            # Lo que no sale de una cifra viva no cabe en la tabla, y tampoco se pierde.
            bloques += _listas([(r, sin_cuenta) for r, es in grupos if (sin_cuenta := [e for e in es if not e.cuenta])])
        return bloques


@seccion("informes.pendientes", "Actividades pendientes, por rubro", PendientesParametros)
def pendientes(contexto: Contexto, sin_rubros: bool = False) -> list[Bloque]:
    """Lo que queda por hacer, de la página Pendientes."""
    with memoria():
        return _listas(_escritos(contexto, ClaseDeRenglon.PENDIENTE, sin_rubros))


def _listas(grupos: list[tuple[str, list[Escrito]]]) -> list[Bloque]:
    bloques: list[Bloque] = []
    for rubro, escritos in grupos:
        bloques += [Titulo(rubro)] if rubro else []
        bloques.append(Parrafo(lista_en_markdown(escritos), "markdown"))
    return bloques


def _cifras(escritos: list[Escrito]) -> list[Bloque]:
    """Primero lo que tiene cifra; lo demás, en lista debajo."""
    con_cifra = [e for e in escritos if e.valor is not None]
    sueltos = [e for e in escritos if e.valor is None]
    bloques: list[Bloque] = [Cifra(e.etiqueta, e.valor, e.detalle) for e in con_cifra if e.valor is not None]
    return [*bloques, Parrafo(lista_en_markdown(sueltos), "markdown")] if sueltos else bloques


def _tabla(grupos: list[tuple[str, list[Escrito]]], contexto: Contexto) -> list[Bloque]:
    """Una columna por año y otra del periodo entero, que no siempre es la suma: un vigente lo es todos los años."""
    anios = [etiqueta for etiqueta, _ in contexto.periodo.por_anio()]
    filas: list[tuple[Celda, ...]] = []
    encabezados: list[Grupo] = []
    for rubro, escritos in grupos:
        suyas: list[tuple[Celda, ...]] = [
            (_concepto(escrito), *("—" if v is None else v for v in valores), escrito.valor)
            for escrito, valores in anual(escritos, contexto)
        ]
        if suyas and rubro:
            encabezados.append(Grupo(rubro, len(suyas)))
        filas += [(f[0], f[-1]) if len(anios) == 1 else f for f in suyas]
    if not filas:
        return []
    del_anio = [] if len(anios) == 1 else [Columna(a, "numero") for a in anios]
    return [
        Tabla(
            columnas=(Columna("Concepto"), *del_anio, Columna(DEL_PERIODO, "numero")),
            filas=tuple(filas),
            grupos=tuple(encabezados) if sum(g.filas for g in encabezados) == len(filas) else (),
            agrupada_por="Rubro" if encabezados else "",
        )
    ]


def _concepto(escrito: Escrito) -> str:
    return capitaliza(escrito.etiqueta)
