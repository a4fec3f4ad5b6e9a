"""Lo que las actualizaciones cuentan a un informe."""

from collections.abc import Iterable
from itertools import groupby

from django import forms

from vinculacion.comision.estados import TipoDeSesion
from vinculacion.comision.models import Sesion
from vinculacion.nucleo.bloques import Bloque, Columna, Matriz, Tabla
from vinculacion.nucleo.palabras import capitaliza, enumera
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from ..secciones import CONVENIO, contrapartes_en, instrumento_e_institucion
from . import consultas


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


@seccion(
    "convenios.actualizaciones",
    "Convenios con avance reportado, por sesión",
    formulario=ActualizacionesParametros,
)
def convenios_actualizaciones(contexto: Contexto, formato: str = "lista") -> list[Bloque]:
    """Los instrumentos de los que se reportó avance en cada sesión, como lista o como matriz."""
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


@cifra("convenios.actualizados", "Convenios con avance reportado en sesiones del periodo", **CONVENIO)
def cuantos_actualizados(contexto: Contexto) -> int:
    actualizaciones = consultas.actualizaciones_en(contexto.periodo, contexto.comision)
    return actualizaciones.order_by().values("convenio").distinct().count()
