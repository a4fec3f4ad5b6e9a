"""Lo que los convenios cuentan a un informe."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypedDict

from django import forms

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla, Titulo
from vinculacion.nucleo.palabras import enumera, fecha_larga
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import Contexto, cifra, seccion
from vinculacion.nucleo.texto import llano

from . import consultas
from .estados import Ambito, Gestion
from .models import Convenio

TODOS = [("", "Todos")]


class SuscritosParametros(forms.Form):
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[*TODOS, *Ambito.choices])
    gestion = forms.ChoiceField(label="Gestión", required=False, choices=[("", "Todas"), *Gestion.choices])
    agrupar = forms.ChoiceField(
        label="Una tabla por",
        required=False,
        choices=[("", "Todo el periodo"), ("anio", "Año"), ("ambito", "Ámbito"), ("gestion", "Gestión")],
    )
    columnas = forms.MultipleChoiceField(
        label="Columnas de más",
        required=False,
        choices=[("folio", "Folio"), ("tipo", "Tipo"), ("areas", "Área responsable"), ("vigencia", "Vigencia")],
    )


def contrapartes_en(convenio: Convenio, fecha: date | None) -> str:
    """Las contrapartes con el nombre que llevaban en ``fecha``; con siglas si es el de hoy."""
    nombres = []
    for organismo in convenio.contrapartes.all():
        entonces = organismo.nombre_en(fecha) if fecha else organismo.nombre
        nombres.append(str(organismo) if entonces == organismo.nombre else entonces)
    return enumera(nombres)


def instrumento_e_institucion(convenio: Convenio) -> str:
    """El título y con quién; si el título ya nombra a la contraparte no se repite."""
    titulo = f" {llano(convenio.titulo)} "
    for organismo in convenio.contrapartes.all():
        siglas = llano(organismo.siglas)
        if llano(organismo.nombre) not in titulo and not (siglas and f" {siglas} " in titulo):
            return f"{convenio.titulo} — {contrapartes_en(convenio, convenio.fecha_firma)}"
    return convenio.titulo


def vigencia_escrita(convenio: Convenio) -> str:
    """Como lo dice el instrumento, si consta; si no, lo que resulta de sus datos."""
    if convenio.vigencia_texto:
        return convenio.vigencia_texto
    hasta = convenio.vigencia_hasta
    return f"Hasta el {fecha_larga(hasta, dia_semana=False)}" if hasta else convenio.get_vigencia_display()


# Las que van antes y después de las de siempre: título, clase y cómo se saca del convenio.
Definicion = tuple[Columna, Callable[[Convenio], Celda]]
ANTES: dict[str, Definicion] = {
    "folio": (Columna("Folio"), lambda c: c.folio),
    "tipo": (Columna("Tipo"), lambda c: c.tipo.nombre),
}
DESPUES: dict[str, Definicion] = {
    "areas": (Columna("Área responsable"), lambda c: enumera([a.corto for a in c.areas.all()])),
    "vigencia": (Columna("Vigencia"), vigencia_escrita),
}
DE_SIEMPRE: tuple[Definicion, ...] = (
    (Columna("Instrumento e institución"), instrumento_e_institucion),
    (Columna("Objeto"), lambda c: c.objeto),
    (Columna("Fecha de suscripción", "fecha"), lambda c: c.fecha_firma),
)


@seccion("convenios.suscritos", "Convenios suscritos en el periodo", formulario=SuscritosParametros)
def convenios_suscritos(
    contexto: Contexto, ambito: str = "", gestion: str = "", agrupar: str = "", columnas: Sequence[str] = ()
) -> list[Bloque]:
    """Cada instrumento suscrito en el periodo, con las columnas que se elijan."""
    consulta = consultas.suscritos(contexto.periodo, ambito, gestion).select_related("tipo")
    convenios = list(consulta.prefetch_related("contrapartes__nombres", "areas"))
    definiciones = [ANTES[c] for c in ANTES if c in columnas]
    definiciones += [*DE_SIEMPRE, *(DESPUES[c] for c in DESPUES if c in columnas)]
    bloques: list[Bloque] = []
    for titulo, suyos in _grupos(convenios, contexto.periodo, agrupar):
        if suyos:
            bloques += [Titulo(titulo, 3)] if titulo else []
            bloques.append(_tabla(suyos, definiciones))
    return bloques


def _grupos(convenios: list[Convenio], periodo: Periodo, agrupar: str) -> list[tuple[str, list[Convenio]]]:
    if agrupar == "anio":
        return [(nombre, [c for c in convenios if c.fecha_firma in corte]) for nombre, corte in periodo.por_anio()]
    if agrupar:
        valores = {"ambito": Ambito, "gestion": Gestion}[agrupar].choices
        return [(str(nombre), [c for c in convenios if getattr(c, agrupar) == valor]) for valor, nombre in valores]
    return [("", convenios)]


def _tabla(convenios: list[Convenio], definiciones: list[Definicion]) -> Tabla:
    return Tabla(
        columnas=(Columna("No.", "centro"), *(columna for columna, _ in definiciones)),
        filas=tuple((n, *(valor(c) for _, valor in definiciones)) for n, c in enumerate(convenios, start=1)),
        enlaces=tuple(c.get_absolute_url() for c in convenios),
    )


class Palabras(TypedDict):
    genero: str
    singular: str
    plural: str


CONVENIO: Palabras = {"genero": "m", "singular": "convenio", "plural": "convenios"}


@cifra("convenios.suscritos", "Convenios suscritos en el periodo", parametros=("ambito", "gestion"), **CONVENIO)
def cuantos_suscritos(contexto: Contexto, ambito: str = "", gestion: str = "") -> int:
    return consultas.suscritos(contexto.periodo, ambito, gestion).count()


@cifra("convenios.vigentes", "Convenios vigentes al terminar el periodo", parametros=("ambito",), **CONVENIO)
def cuantos_vigentes(contexto: Contexto, ambito: str = "") -> int:
    return consultas.acotados(consultas.vigentes(consultas.corte_de(contexto.periodo)), ambito=ambito).count()


@cifra("convenios.en_tramite", "Convenios en trámite al terminar el periodo", parametros=("ambito",), **CONVENIO)
def cuantos_en_tramite(contexto: Contexto, ambito: str = "") -> int:
    return consultas.acotados(consultas.en_tramite(consultas.corte_de(contexto.periodo)), ambito=ambito).count()
