"""Lo que se acompaña y lo que sigue en trámite, como estaba al terminar el periodo."""

from datetime import date
from typing import Any

from django import forms

from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.periodos import Periodo
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..consultas import corte_de
from ..estados import EN_TRAMITE, Etapa, Gestion
from ..secciones import contrapartes_en, instrumento_e_institucion
from . import consultas


class PendientesParametros(forms.Form):
    gestion = forms.ChoiceField(label="Gestión", required=False, choices=[("", "Todos"), *Gestion.choices])


def _al_cierre(periodo: Periodo) -> Periodo:
    return Periodo(periodo.inicio, corte_de(periodo))


def _areas(convenio: Any, fecha: date) -> str:
    return enumera([a.nombre_en(fecha) for a in convenio.areas.all()])


def _con_nombres(consulta):
    return consulta.select_related("tipo").prefetch_related("contrapartes__nombres", "areas__nombres")


@seccion("convenios.acompanamientos", "Acompañamiento a otras áreas y su estado")
def acompanamientos(contexto: Contexto) -> list[Bloque]:
    """Los instrumentos de otras áreas que la unidad acompaña, y su etapa al cierre del periodo."""
    periodo = _al_cierre(contexto.periodo)
    convenios = list(_con_nombres(consultas.acompanados_en(periodo)))
    if not convenios:
        return []
    return [
        Tabla(
            columnas=(
                Columna("No.", "centro"),
                Columna("Instrumento e institución", "texto"),
                Columna("Área que se acompaña", "texto"),
                Columna("Estado", "texto"),
                Columna("Desde", "fecha"),
            ),
            filas=tuple(
                (n, instrumento_e_institucion(c), _areas(c, periodo.fin), Etapa(c.etapa_entonces).label, c.desde)
                for n, c in enumerate(convenios, start=1)
            ),
            enlaces=tuple(c.get_absolute_url() for c in convenios),
        )
    ]


@seccion("convenios.pendientes", "Instrumentos en trámite, por etapa", formulario=PendientesParametros)
def pendientes(contexto: Contexto, gestion: str = "") -> list[Bloque]:
    """Lo que al cierre del periodo sigue sin suscribirse, y desde cuándo está en su etapa."""
    fecha = corte_de(contexto.periodo)
    consulta = consultas.en_proceso_al(fecha)
    if gestion:
        consulta = consulta.filter(gestion=gestion)
    convenios = sorted(
        _con_nombres(consulta), key=lambda c: (EN_TRAMITE.index(Etapa(c.etapa_entonces)), c.desde, c.folio)
    )
    if not convenios:
        return []
    return [
        Tabla(
            columnas=(
                Columna("Etapa", "texto"),
                Columna("Instrumento", "texto"),
                Columna("Contraparte", "texto"),
                Columna("Área", "texto"),
                Columna("Días en la etapa", "numero"),
            ),
            filas=tuple(
                (
                    Etapa(c.etapa_entonces).label,
                    c.titulo,
                    contrapartes_en(c, fecha),
                    _areas(c, fecha),
                    (fecha - c.desde).days,
                )
                for c in convenios
            ),
            combinar=(0,),
            enlaces=tuple(c.get_absolute_url() for c in convenios),
        )
    ]


@cifra(
    "convenios.acompanamientos",
    "Acompañamientos a otras áreas en el periodo",
    genero="m",
    singular="acompañamiento",
    plural="acompañamientos",
)
def cuantos_acompanamientos(contexto: Contexto) -> int:
    return consultas.acompanados_en(_al_cierre(contexto.periodo)).count()
