"""Lo que la vigencia cuenta a un informe."""

from collections.abc import Iterable
from datetime import date

from django import forms

from vinculacion.nucleo.bloques import Bloque, Columna, Tabla
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..consultas import acotados
from ..estados import Ambito, Gestion
from ..models import Convenio, Renovacion
from ..reglas import DIAS_POR_VENCER
from ..secciones import CONVENIO, TODOS, instrumento_e_institucion
from . import consultas
from .consultas import EstadoDeRenovacion


class VencimientosParametros(forms.Form):
    cuales = forms.ChoiceField(
        label="Qué contar",
        required=False,
        choices=[
            ("", "Los que vencen, los que vencerán y lo decidido"),
            ("vencen", "Los que vencen en el periodo"),
            ("despues", "Los que vencerán después del periodo"),
            ("decididas", "Las renovaciones decididas en el periodo"),
        ],
    )
    dias = forms.IntegerField(
        label="Días después del periodo",
        required=False,
        min_value=1,
        max_value=730,
        help_text=f"Si no se dice, {DIAS_POR_VENCER}.",
    )
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[*TODOS, *Ambito.choices])
    gestion = forms.ChoiceField(label="Gestión", required=False, choices=[*TODOS, *Gestion.choices])


@seccion("convenios.vencimientos", "Convenios que vencen y renovaciones decididas", formulario=VencimientosParametros)
def vencimientos(
    contexto: Contexto, cuales: str = "", dias: int | None = None, ambito: str = "", gestion: str = ""
) -> list[Bloque]:
    """Lo que vence en el periodo, lo que vencerá después y lo que se decidió renovar o no."""
    periodo, dias = contexto.periodo, dias or DIAS_POR_VENCER
    partes: dict[str, Tabla | None] = {}
    if cuales in ("", "vencen"):
        vencieron = acotados(consultas.vencen_en(periodo), ambito=ambito, gestion=gestion)
        partes["Instrumentos cuya vigencia termina en el periodo"] = _de_instrumentos(vencieron, periodo.fin)
    if cuales in ("", "despues"):
        vendran = acotados(consultas.vencen_despues(periodo.fin, dias), ambito=ambito, gestion=gestion)
        partes[f"Instrumentos que vencen en los {dias} días siguientes"] = _de_instrumentos(vendran, periodo.fin)
    if cuales in ("", "decididas"):
        decididas = consultas.decididas_en(periodo)
        if ambito or gestion:
            suyos = acotados(Convenio.objects.all(), ambito=ambito, gestion=gestion)
            decididas = decididas.filter(convenio__in=suyos.values("pk"))
        partes["Renovaciones decididas en el periodo"] = _de_renovaciones(decididas, periodo.fin)
    hechas = {titulo: tabla for titulo, tabla in partes.items() if tabla is not None}
    if len(partes) == 1:
        return list(hechas.values())
    return [Tabla(t.columnas, t.filas, titulo=titulo, enlaces=t.enlaces) for titulo, t in hechas.items()]


def _de_instrumentos(consulta, al: date) -> Tabla | None:
    convenios = list(consultas.con_renovacion(consulta).prefetch_related("contrapartes__nombres"))
    if not convenios:
        return None
    return Tabla(
        columnas=(
            Columna("No.", "centro", 6),
            Columna("Instrumento e institución", ancho=36),
            Columna("Área responsable", ancho=17),
            Columna("Vigente hasta", "fecha", 18),
            Columna("Renovación", ancho=23),
        ),
        filas=tuple(
            (n, instrumento_e_institucion(c), _areas(c), c.vigencia_hasta, renovacion_escrita(c, al))
            for n, c in enumerate(convenios, start=1)
        ),
        enlaces=tuple(c.get_absolute_url() for c in convenios),
    )


def _de_renovaciones(consulta, al: date) -> Tabla | None:
    consulta = consulta.select_related("convenio__tipo", "sucesor").prefetch_related("convenio__contrapartes__nombres")
    renovaciones: Iterable[Renovacion] = list(consulta)
    if not renovaciones:
        return None
    return Tabla(
        columnas=(
            Columna("No.", "centro", 6),
            Columna("Instrumento e institución", ancho=31),
            Columna("Decisión", ancho=20),
            Columna("Fecha", "fecha", 18),
            Columna("Razón", ancho=25),
        ),
        filas=tuple(
            (n, instrumento_e_institucion(r.convenio), renovacion_escrita(r.convenio, al), r.fecha_decision, r.razon)
            for n, r in enumerate(renovaciones, start=1)
        ),
        enlaces=tuple(r.get_absolute_url() for r in renovaciones),
    )


def renovacion_escrita(convenio: Convenio, al: date) -> str:
    """Cómo iba al terminar el periodo; si ya lo relevó otro, con cuál."""
    estado = consultas.estado_de(convenio, al)
    if estado == EstadoDeRenovacion.RENOVADO:
        return f"Renovado por {convenio.renovacion.sucesor.folio}"
    return estado.label


def _areas(convenio: Convenio) -> str:
    return enumera([a.corto for a in convenio.areas.all()])


@cifra("convenios.por_vencer", "Convenios que vencen en los noventa días siguientes al periodo", **CONVENIO)
def cuantos_por_vencer(contexto: Contexto) -> int:
    return consultas.vencen_despues(contexto.periodo.fin, DIAS_POR_VENCER).count()


@cifra("convenios.renovados", "Convenios renovados en el periodo: se firmó su sucesor", **CONVENIO)
def cuantos_renovados(contexto: Contexto) -> int:
    return consultas.renovados_en(contexto.periodo).count()
