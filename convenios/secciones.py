"""Lo que los convenios cuentan a un informe."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TypedDict

from django import forms

from vinculacion.comision.estados import TipoDeSesion
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.bloques import Bloque, Columna, Matriz, Tabla
from vinculacion.nucleo.palabras import capitaliza, enumera
from vinculacion.nucleo.secciones import Contexto, cifra, seccion
from vinculacion.nucleo.texto import llano

from . import consultas
from .estados import Ambito, Gestion
from .models import Convenio

TODOS = [("", "Todos")]


class SuscritosParametros(forms.Form):
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[*TODOS, *Ambito.choices])
    gestion = forms.ChoiceField(label="Gestión", required=False, choices=[*TODOS, *Gestion.choices])


class ActualizacionesParametros(forms.Form):
    formato = forms.ChoiceField(
        label="Formato",
        required=False,
        choices=[
            ("lista", "Lista: en qué sesiones reportó cada instrumento"),
            ("matriz", "Matriz: instrumento × sesión"),
        ],
    )

    def clean_formato(self) -> str:
        return self.cleaned_data["formato"] or "lista"


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


def sesiones_escritas(sesiones: Iterable[Sesion], con_anio: bool) -> str:
    """«Décima, décima primera y décima segunda»; las que no son ordinarias dicen su tipo."""
    partes = []
    for anio, del_anio in groupby(sesiones, key=lambda s: s.anio):
        nombres = [
            s.ordinal if s.tipo == TipoDeSesion.ORDINARIA else f"{s.ordinal} {s.get_tipo_display().lower()}"
            for s in del_anio
        ]
        partes.append(enumera(nombres) + (f" de {anio}" if con_anio else ""))
    return capitaliza("; ".join(partes))


@seccion("convenios.suscritos", "Convenios suscritos en el periodo", formulario=SuscritosParametros)
def convenios_suscritos(contexto: Contexto, ambito: str = "", gestion: str = "") -> list[Bloque]:
    consulta = consultas.suscritos(contexto.periodo, ambito, gestion)
    convenios = list(consulta.select_related("tipo").prefetch_related("contrapartes__nombres"))
    if not convenios:
        return []
    return [
        Tabla(
            columnas=(
                Columna("No.", "centro"),
                Columna("Instrumento e institución", "texto"),
                Columna("Objeto", "texto"),
                Columna("Fecha de suscripción", "fecha"),
            ),
            filas=tuple(
                (n, instrumento_e_institucion(c), c.objeto, c.fecha_firma) for n, c in enumerate(convenios, start=1)
            ),
            enlaces=tuple(c.get_absolute_url() for c in convenios),
        )
    ]


@seccion(
    "convenios.actualizaciones",
    "Convenios con avance reportado, por sesión",
    formulario=ActualizacionesParametros,
)
def convenios_actualizaciones(contexto: Contexto, formato: str = "lista") -> list[Bloque]:
    con_avance = consultas.actualizados(contexto.periodo, contexto.comision)
    if not con_avance:
        return []
    todas = sorted({s for c in con_avance for s in c.sesiones}, key=lambda s: (s.fecha, s.pk))
    varios_anios = len({s.anio for s in todas}) > 1
    if formato == "matriz":
        return [
            Matriz(
                esquina="Instrumento",
                columnas=tuple(f"{s.codigo} {s.anio}" if varios_anios else s.codigo for s in todas),
                filas=tuple(
                    (instrumento_e_institucion(c.convenio), tuple("X" if s in c.sesiones else "" for s in todas))
                    for c in con_avance
                ),
            )
        ]
    ordinarias = all(s.tipo == TipoDeSesion.ORDINARIA for s in todas)
    return [
        Tabla(
            columnas=(
                Columna("No.", "centro"),
                Columna("Tipo de convenio", "texto"),
                Columna("Contraparte", "texto"),
                Columna(
                    "Sesión ordinaria en la que se reportó" if ordinarias else "Sesión en la que se reportó",
                    "texto",
                    33,
                ),
            ),
            filas=tuple(
                (
                    n,
                    c.convenio.tipo.nombre,
                    contrapartes_en(c.convenio, c.sesiones[-1].fecha),
                    sesiones_escritas(c.sesiones, varios_anios),
                )
                for n, c in enumerate(con_avance, start=1)
            ),
            enlaces=tuple(c.convenio.get_absolute_url() for c in con_avance),
        )
    ]


class Palabras(TypedDict):
    genero: str
    singular: str
    plural: str


CONVENIO: Palabras = {"genero": "m", "singular": "convenio", "plural": "convenios"}


@cifra("convenios.suscritos", "Convenios suscritos en el periodo", parametros=("ambito", "gestion"), **CONVENIO)
def cuantos_suscritos(contexto: Contexto, ambito: str = "", gestion: str = "") -> int:
    return consultas.suscritos(contexto.periodo, ambito, gestion).count()


@cifra("convenios.actualizados", "Convenios con avance reportado en sesiones del periodo", **CONVENIO)
def cuantos_actualizados(contexto: Contexto) -> int:
    actualizaciones = consultas.actualizaciones_en(contexto.periodo, contexto.comision)
    return actualizaciones.order_by().values("convenio").distinct().count()


@cifra("convenios.vigentes", "Convenios vigentes al terminar el periodo", **CONVENIO)
def cuantos_vigentes(contexto: Contexto) -> int:
    return consultas.vigentes(contexto.periodo.fin).count()


@cifra("convenios.en_tramite", "Convenios en trámite al terminar el periodo", **CONVENIO)
def cuantos_en_tramite(contexto: Contexto) -> int:
    return consultas.en_tramite(contexto.periodo.fin).count()
