"""Lo que los riesgos cuentan a un informe y al documento de su programa."""

from collections.abc import Sequence
from datetime import date

from django import forms

from programas.claves import ProgramaPorClave
from programas.models import Programa, Riesgo
from vinculacion.directorio.models import Area
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Grafica, Tabla
from vinculacion.nucleo.palabras import capitaliza, enumera, rango_fechas
from vinculacion.nucleo.periodos import Periodo, Trimestre, hoy
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas, graficas
from .consultas import severidad


class RiesgosParametros(forms.Form):
    programa = ProgramaPorClave(label="programa")


@seccion("programas.riesgos", "Matriz de gestión de riesgos y su seguimiento", RiesgosParametros)
def seccion_riesgos(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """La evaluación de cada riesgo, su tratamiento y lo que se anotó en el periodo."""
    return bloques_riesgos(programa, contexto.periodo)


@seccion("programas.mapa_de_riesgos", "Mapa de riesgos antes y después del tratamiento", RiesgosParametros)
def seccion_mapa(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Dónde cae cada riesgo por su probabilidad y su impacto, inicial y residual."""
    return bloques_mapa(programa)


def bloques_riesgos(programa: Programa, periodo: Periodo | None = None) -> list[Bloque]:
    """Evaluación y tratamiento en dos tablas, que en una no caben en la hoja vertical, y las notas.

    Sin ``periodo`` es el plan: ni cómo va cada tratamiento ni las notas del año.
    """
    riesgos = consultas.riesgos(programa)
    if not riesgos:
        return []
    bloques: list[Bloque] = [_evaluacion(riesgos), _tratamiento(riesgos, periodo)]
    return [*bloques, *_seguimiento(riesgos, programa, periodo)] if periodo else bloques


def bloques_mapa(programa: Programa) -> list[Bloque]:
    riesgos = consultas.riesgos(programa)
    if not riesgos:
        return []
    return [
        Grafica(
            "Mapa de riesgos antes y después del tratamiento", graficas.descripcion(riesgos), graficas.dibujo(riesgos)
        )
    ]


def _evaluacion(riesgos: Sequence[Riesgo]) -> Tabla:
    return Tabla(
        titulo="Identificación y evaluación de los riesgos",
        columnas=(
            Columna("Núm.", "centro", 7),  # «No.» cuenta renglones; éste es el del riesgo en su mapa
            Columna("Riesgo", "texto", 28),
            Columna("Proceso", "texto", 16),
            Columna("Afectados", "texto", 15),
            Columna("Nivel inicial", "texto", 11),
            Columna("Nivel residual", "texto", 11),
            Columna("Tratamiento final", "texto", 12),
        ),
        filas=tuple(
            (
                r.numero,
                f"{r.nombre}. {r.descripcion}" if r.descripcion else r.nombre,
                r.proceso,
                r.afectados,
                _nivel(r.probabilidad, r.impacto),
                _nivel(r.probabilidad_residual, r.impacto_residual),
                r.get_respuesta_final_display(),
            )
            for r in riesgos
        ),
        notas=(
            "El nivel es la probabilidad por el impacto, cada uno de 1 a 3. Bajo: 1 y 2; medio: 3 y 4; alto: 6 y 9.",
        ),
        enlaces=tuple(r.get_absolute_url() for r in riesgos),
    )


def _nivel(probabilidad: int | None, impacto: int | None) -> str:
    if not probabilidad or not impacto:
        return "Sin evaluar"
    nivel = probabilidad * impacto
    return f"{probabilidad} × {impacto} = {nivel} {severidad(nivel).texto.lower()}"


def _tratamiento(riesgos: Sequence[Riesgo], periodo: Periodo | None) -> Tabla:
    fecha = min(periodo.fin, hoy()) if periodo else None
    columnas = (
        Columna("Riesgo y tratamiento", "texto", 18),
        Columna("Acciones para tratarlo", "texto", 34 if fecha else 47),
        Columna("Fechas", "texto", 20),
        Columna("Área", "texto", 15),
    )
    filas = [(r, fila) for r in riesgos for fila in _filas_de_tratamiento(r, fecha)]
    return Tabla(
        titulo="Tratamiento de los riesgos",
        columnas=(*columnas, Columna("Situación", "texto", 13)) if fecha else columnas,
        filas=tuple(fila if fecha else fila[:-1] for _, fila in filas),
        combinar=(0,),
        enlaces=tuple(r.get_absolute_url() for r, _ in filas),
    )


def _filas_de_tratamiento(riesgo: Riesgo, fecha: date | None) -> list[tuple[Celda, ...]]:
    """Una por acción; un riesgo sin acciones también tiene la suya, que lo dice."""
    cabeza = f"{riesgo.numero}. {riesgo.get_respuesta_display()}"
    propios = riesgo.tratamientos.all()
    if not propios:
        falta = "Sin acciones de tratamiento." if consultas.sin_tratamiento(riesgo) else "No lleva acciones."
        return [(cabeza, falta, "", _area(riesgo.area_responsable), "")]
    return [
        (
            cabeza,
            t.descripcion,
            capitaliza(rango_fechas(t.inicio, t.termino, dia_semana=False)),
            _area(consultas.area_de(t)),
            consultas.situacion(t, fecha).texto if fecha else "",
        )
        for t in propios
    ]


def _area(area: Area | None) -> str:
    return area.corto if area else ""


def _seguimiento(riesgos: Sequence[Riesgo], programa: Programa, periodo: Periodo) -> list[Bloque]:
    """Las notas de los trimestres del periodo que son del año del programa; las que faltan se dicen al pie."""
    trimestres = [t for t in periodo.trimestres() if t.anio == programa.anio]
    filas: list[tuple[Celda, ...]] = []
    enlaces, notas = [], []
    for trimestre in trimestres:
        faltan = []
        for riesgo in riesgos:
            nota = consultas.nota_de(riesgo, trimestre.numero)
            if nota is None:
                faltan.append(riesgo.numero)
                continue
            observado = _nivel(nota.probabilidad, nota.impacto) if nota.nivel else "Sin cambio"
            filas.append(
                (
                    capitaliza(trimestre.ordinal),
                    riesgo.numero,
                    nota.nota,
                    observado,
                    "Sí" if nota.se_materializo else "No",
                )
            )
            enlaces.append(riesgo.get_absolute_url())
        if faltan:
            notas.append(_sin_nota(trimestre, faltan))
    if not filas:
        return []
    return [
        Tabla(
            titulo="Seguimiento de los riesgos",
            columnas=(
                Columna("Trimestre", "texto", 14),
                Columna("Riesgo", "centro", 9),
                Columna("Nota", "texto", 48),
                Columna("Observado", "texto", 14),
                Columna("Se materializó", "centro", 15),
            ),
            filas=tuple(filas),
            combinar=(0,),
            notas=tuple(notas),
            enlaces=tuple(enlaces),
        )
    ]


def _sin_nota(trimestre: Trimestre, numeros: list[int]) -> str:
    return f"Sin nota del {trimestre}: {'riesgos' if len(numeros) > 1 else 'riesgo'} {enumera(numeros)}."


# -- cifras vivas ------------------------------------------------------------------
def _del_programa(clave: str) -> list[Riesgo]:
    try:
        programa = ProgramaPorClave().clean(clave)
    except forms.ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return consultas.riesgos(programa) if programa else []


@cifra("programas.riesgos", "Riesgos de un programa", singular="riesgo", plural="riesgos", parametros=("programa",))
def cuantos_riesgos(contexto: Contexto, programa: str = "") -> int:
    return len(_del_programa(programa))


@cifra(
    "programas.riesgos_altos",
    "Riesgos de nivel inicial alto de un programa",
    singular="riesgo",
    plural="riesgos",
    parametros=("programa",),
)
def cuantos_altos(contexto: Contexto, programa: str = "") -> int:
    return sum(severidad(r.nivel_inicial) is consultas.ALTO for r in _del_programa(programa))
