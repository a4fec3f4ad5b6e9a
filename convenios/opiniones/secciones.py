"""Lo que las opiniones de pertinencia cuentan a un informe."""

from collections.abc import Callable
from decimal import Decimal

from django import forms

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla
from vinculacion.nucleo.palabras import enumera
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..estados import Sentido
from ..models import Opinion
from . import consultas


def _areas(o: Opinion) -> str:
    return enumera([a.nombre_en(o.fecha) if o.fecha else a.nombre for a in o.areas.all()])


def _dias(o: Opinion) -> int | None:
    return (o.fecha - o.solicitada).days if o.fecha and o.solicitada else None


COLUMNAS: dict[str, tuple[Columna, Callable[[Opinion], Celda]]] = {
    "numero": (Columna("Número", "centro"), lambda o: o.folio),
    "fecha": (Columna("Fecha", "fecha"), lambda o: o.fecha),
    "instrumento": (Columna("Instrumento"), lambda o: o.convenio.titulo),
    "areas": (Columna("Áreas responsables"), _areas),
    "sentido": (Columna("Sentido", "centro"), lambda o: o.get_sentido_display()),
    "solicitada": (Columna("Solicitada", "fecha"), lambda o: o.solicitada),
    "dias": (Columna("Días", "numero"), _dias),
}
DE_COSTUMBRE = ("numero", "fecha", "instrumento", "areas", "sentido")


class OpinionesParametros(forms.Form):
    columnas = forms.CharField(
        label="Columnas",
        required=False,
        max_length=200,
        help_text=f"En orden y con comas: {', '.join(COLUMNAS)}. En blanco: {', '.join(DE_COSTUMBRE)}.",
    )
    sentido = forms.ChoiceField(label="Sentido", required=False, choices=[("", "Todos"), *Sentido.choices])

    def clean_columnas(self) -> list[str]:
        pedidas = [c.strip() for c in self.cleaned_data["columnas"].split(",") if c.strip()]
        for codigo in pedidas:
            if codigo not in COLUMNAS:
                raise forms.ValidationError(f"No hay columna «{codigo}»; las que hay son: {', '.join(COLUMNAS)}.")
        if len(set(pedidas)) < len(pedidas):
            raise forms.ValidationError("Hay una columna repetida.")
        return pedidas or list(DE_COSTUMBRE)


@seccion("convenios.opiniones", "Opiniones de pertinencia emitidas", OpinionesParametros)
def opiniones(contexto: Contexto, columnas: list[str], sentido: str = "") -> list[Bloque]:
    """Cada opinión emitida en el periodo, con las columnas que se elijan."""
    emitidas = consultas.emitidas(contexto.periodo).prefetch_related("areas__nombres")
    if sentido:
        emitidas = emitidas.filter(sentido=sentido)
    if not (halladas := list(emitidas)):
        return []
    return [
        Tabla(
            columnas=(Columna("No.", "centro"), *(COLUMNAS[c][0] for c in columnas)),
            filas=tuple((n, *(COLUMNAS[c][1](o) for c in columnas)) for n, o in enumerate(halladas, start=1)),
            enlaces=tuple(o.get_absolute_url() for o in halladas),
        )
    ]


@seccion("convenios.opiniones_por_anio", "Opiniones de pertinencia por año y sentido")
def opiniones_por_anio(contexto: Contexto) -> list[Bloque]:
    """Cuántas opiniones se emitieron cada año en cada sentido, y en cuántos días."""
    cuentas = consultas.por_anio(contexto.periodo)
    if not cuentas[-1].total:
        return []
    *anios, ultima = cuentas
    renglones = [(c.nombre, *c.por_sentido, c.total, c.dias) for c in (anios or cuentas)]
    return [
        Tabla(
            columnas=(
                Columna("Año"),
                *(Columna(s.label, "numero") for s in Sentido),
                Columna("Total", "numero"),
                Columna("Días en promedio", "numero"),
            ),
            filas=tuple(renglones),
            totales=(ultima.nombre, *ultima.por_sentido, ultima.total, ultima.dias) if anios else None,
            notas=("Los días van de la solicitud a la emisión, en las opiniones que dicen cuándo se solicitaron.",),
        )
    ]


@cifra(
    "convenios.opiniones", "Opiniones de pertinencia emitidas en el periodo", genero="f", singular="opinión",
    plural="opiniones",
)  # fmt: skip
def cuantas(contexto: Contexto) -> int:
    return consultas.emitidas(contexto.periodo).count()


@cifra(
    "convenios.opiniones_favorables", "Opiniones favorables, también con observaciones", genero="f",
    singular="opinión favorable", plural="opiniones favorables",
)  # fmt: skip
def cuantas_favorables(contexto: Contexto) -> int:
    return consultas.favorables(contexto.periodo).count()


@cifra("convenios.dias_de_opinion", "Días, en promedio, de la solicitud a la opinión", singular="día", plural="días")
def dias_de_opinion(contexto: Contexto) -> Decimal | int:
    return consultas.dias_promedio(contexto.periodo) or 0
