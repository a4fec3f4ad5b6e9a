"""Lo que los planes y la bitácora cuentan a un informe."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Lista, Parrafo, SinActividades, Tabla
from vinculacion.nucleo.palabras import capitaliza, enumera, numero
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas
from .estados import ColumnaDeActividad
from .models import Accion, Actividad, Programa, TipoActividad

C = ColumnaDeActividad


# -- parámetros ----------------------------------------------------------------
class AccionesPorClave(forms.CharField):
    """Claves de acción separadas por coma: ``pat-2020:1A, pat-2020:1B``."""

    def clean(self, value) -> list[Accion]:
        texto = ",".join(value) if isinstance(value, list) else value
        acciones = []
        for clave in filter(None, (p.strip() for p in super().clean(texto).split(","))):
            try:
                acciones.append(consultas.accion_por_clave(clave))
            except Accion.DoesNotExist as error:
                raise forms.ValidationError(str(error)) from error
        return acciones


class TiposPorClave(forms.MultipleChoiceField):
    """Acepta también una clave suelta, como se escribe en una cifra viva."""

    def __init__(self, **mas):
        super().__init__(choices=_tipos, **mas)

    def to_python(self, value):
        return super().to_python(
            [v.strip() for v in value.split(",") if v.strip()] if isinstance(value, str) else value
        )


def _tipos() -> list[tuple[str, str]]:
    return list(TipoActividad.objects.values_list("clave", "nombre"))


class ColumnasEnOrden(forms.CharField):
    """Códigos en el orden en que se muestran; cada uno puede llevar su título: ``titulo=Reunión``."""

    def clean(self, value) -> list[tuple[str, str]]:
        texto = ",".join(value) if isinstance(value, list) else value
        columnas = []
        for parte in filter(None, (p.strip() for p in super().clean(texto).split(","))):
            codigo, _, titulo = parte.partition("=")
            if codigo.strip() not in C.values:
                raise forms.ValidationError(
                    f"No hay columna «{codigo.strip()}»; las que hay son: {', '.join(C.values)}."
                )
            columnas.append((codigo.strip(), titulo.strip()))
        return columnas


class ActividadesParametros(forms.Form):
    accion = AccionesPorClave(label="acción", required=False, help_text="Clave como pat-2020:1A; varias, con comas.")
    tipo = TiposPorClave(label="tipo de actividad", required=False, help_text="Ninguno: todos los tipos.")
    columnas = ColumnasEnOrden(
        label="columnas",
        required=False,
        help_text=f"En orden y con comas: {', '.join(C.values)}. Con título propio: titulo=Reunión. "
        "En blanco: las del tipo.",
    )
    agrupar = forms.ChoiceField(
        label="agrupar por",
        required=False,
        choices=[("", "No agrupar"), ("organo", "Órgano"), ("organismos", "Organismo"), ("objetivo", "Objetivo")],
        help_text="Junta los renglones iguales y muestra el valor una sola vez.",
    )
    formato = forms.ChoiceField(
        label="formato",
        required=False,
        choices=[("tabla", "Tabla"), ("lista", "Lista"), ("parrafos", "Párrafos")],
    )

    def clean_formato(self):
        return self.cleaned_data["formato"] or "tabla"


# -- tabla de actividades --------------------------------------------------------
@dataclass(frozen=True)
class Definicion:
    titulo: str
    valor: Callable[[Actividad], Celda]
    clase: str = "texto"


def _fecha(a: Actividad) -> date | str:
    return a.fecha_inicio if a.fecha_inicio == a.fecha_fin else capitaliza(a.fechas)


def _horario(a: Actividad) -> str:
    if a.hora_inicio and a.hora_fin:
        return f"{a.hora_inicio:%H:%M} a {a.hora_fin:%H:%M} horas"
    return f"{a.hora_inicio:%H:%M} horas" if a.hora_inicio else ""


def _lugar(a: Actividad) -> str:
    return ", ".join(filter(None, (a.lugar, a.ciudad, a.get_pais_display() if a.pais and a.pais != "MX" else "")))


def _organismos(a: Actividad) -> str:
    return enumera([o.nombre for o in a.organismos.all()])


DEFINICIONES: dict[str, Definicion] = {
    C.NUMERO: Definicion("No.", lambda a: None, "centro"),
    C.FECHA: Definicion("Fecha", _fecha, "fecha"),
    C.TITULO: Definicion("Actividad", lambda a: a.titulo),
    C.OBJETIVO: Definicion("Objetivo", lambda a: a.objetivo),
    C.HORARIO: Definicion("Horario", _horario),
    C.MODALIDAD: Definicion("Modalidad", lambda a: a.get_modalidad_display()),
    C.LUGAR: Definicion("Lugar", _lugar),
    C.ORGANISMOS: Definicion("Institución", _organismos),
    C.ORGANO: Definicion("Órgano", lambda a: a.organo.nombre if a.organo else ""),
    C.REPRESENTACION: Definicion("Representación", lambda a: a.representacion),
    C.ASISTENCIA: Definicion("Asistentes", lambda a: a.asistentes, "numero"),
    C.UNIDADES: Definicion("Cantidad", lambda a: a.unidades, "numero"),
    C.OBSERVACIONES: Definicion("Observaciones", lambda a: a.observaciones),
}


@seccion("programas.actividades", "Actividades de la bitácora", ActividadesParametros)
def actividades(
    contexto: Contexto,
    accion: list[Accion],
    tipo: list[str],
    columnas: list[tuple[str, str]],
    agrupar: str,
    formato: str,
) -> list[Bloque]:
    """Las actividades que concluyeron en el periodo, como tabla, lista o párrafos."""
    registros = list(consultas.actividades_del_periodo(contexto.periodo, acciones=accion, tipos=tipo))
    if not registros:
        return []
    if formato == "lista":
        return [Lista(tuple(_frase(a) for a in registros))]
    if formato == "parrafos":
        return [Parrafo(_frase(a)) for a in registros]
    columnas = (
        columnas or [(c, "") for c in registros[0].tipo.columnas] or [(C.NUMERO, ""), (C.FECHA, ""), (C.TITULO, "")]
    )
    if agrupar:
        valor = DEFINICIONES[agrupar].valor
        primero: dict[Any, int] = {}
        for lugar, registro in enumerate(registros):
            primero.setdefault(valor(registro), lugar)
        registros.sort(key=lambda a: (primero[valor(a)], a.fecha_inicio, a.pk))
    filas = tuple(
        tuple(n if codigo == C.NUMERO else DEFINICIONES[codigo].valor(a) for codigo, _ in columnas)
        for n, a in enumerate(registros, 1)
    )
    codigos = [codigo for codigo, _ in columnas]
    return [
        Tabla(
            columnas=tuple(
                Columna(titulo or DEFINICIONES[codigo].titulo, DEFINICIONES[codigo].clase)
                for codigo, titulo in columnas
            ),
            filas=filas,
            combinar=(codigos.index(agrupar),) if agrupar in codigos else (),
            enlaces=tuple(a.get_absolute_url() for a in registros),
        )
    ]


def _frase(a: Actividad) -> str:
    """Una actividad dicha en una o dos oraciones, para listas y párrafos."""
    partes = [f"{a.titulo}: {a.fechas}"]
    if horario := _horario(a):
        partes.append(f"de {horario}")
    if a.modalidad:
        partes.append(f"modalidad {a.get_modalidad_display().lower()}")
    if organismos := _organismos(a):
        partes.append(f"con {organismos}")
    if a.asistentes:
        partes.append(f"{numero(a.asistentes)} asistentes")
    frase = ", ".join(partes) + "."
    return f"{frase} {a.objetivo}".strip()


# -- avance ----------------------------------------------------------------------
class AvanceParametros(forms.Form):
    programa = forms.SlugField(label="programa", help_text="Clave del plan, como pe-2021.")

    def clean_programa(self):
        try:
            return consultas.programas().get(clave=self.cleaned_data["programa"])
        except Programa.DoesNotExist as error:
            raise forms.ValidationError("No existe un programa con esa clave.") from error


@seccion("programas.avance", "Avance de un plan por acción y trimestre", AvanceParametros)
def avance(contexto: Contexto, programa: Programa) -> list[Bloque]:
    """Programado y alcanzado por acción y trimestre, con el total del año."""
    filas: list[tuple[Celda, ...]] = []
    for eje in consultas.avance(programa):
        for renglon in eje.acciones:
            celdas = [f"{c.alcanzado} de {c.programado}" for c in renglon.avance.trimestres]
            anual = renglon.avance.anual
            filas.append((str(renglon.accion), *celdas, f"{anual.alcanzado} de {anual.programado}"))
    if not filas:
        return []
    columnas = (Columna("Acción"), *(Columna(f"{n}T", "centro") for n in range(1, 5)), Columna("Año", "centro"))
    return [Tabla(columnas, tuple(filas), notas=("Cada celda dice lo alcanzado y lo programado.",))]


# -- lo que un apartado dice solo ----------------------------------------------------
def tiene_registros(accion: Accion, contexto: Contexto) -> bool:
    """Si algo cuenta para ``accion`` en el periodo, venga de la bitácora o de su fuente."""
    return consultas.unidades(accion, contexto.periodo) > 0


def aviso_sin_actividades(accion: Accion, contexto: Contexto) -> SinActividades:
    """En qué trimestre se cumplió la meta del año o, si no, que no hay actividades."""
    trimestre = consultas.trimestre_en_que_se_cumplio(accion, contexto.periodo.inicio)
    if trimestre is not None:
        return SinActividades(f"La meta anual se cumplió en el {trimestre}.")
    return SinActividades("No se reportan actividades en el periodo.")


# -- cifras vivas ----------------------------------------------------------------
PARAMETROS = ("accion", "tipo")


def _registros(contexto: Contexto, accion: str = "", tipo: str = ""):
    formulario = ActividadesParametros({"accion": accion, "tipo": [t.strip() for t in tipo.split(",") if t.strip()]})
    if not formulario.is_valid():
        raise ValueError("; ".join(e for errores in formulario.errors.values() for e in errores))
    datos = formulario.cleaned_data
    return consultas.actividades_del_periodo(contexto.periodo, acciones=datos["accion"], tipos=datos["tipo"])


@cifra(
    "programas.actividades",
    "Actividades registradas en el periodo",
    genero="f",
    singular="actividad",
    plural="actividades",
    parametros=PARAMETROS,
)
def cuantas_actividades(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return _registros(contexto, accion, tipo).count()


@cifra(
    "programas.unidades",
    "Unidades que cuentan en el periodo",
    genero="f",
    singular="unidad",
    plural="unidades",
    parametros=PARAMETROS,
)
def cuantas_unidades(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    if accion and not tipo:
        # Sin tipo es el avance de la acción, que puede salir de otra fuente.
        return sum(consultas.unidades(a, contexto.periodo) for a in AccionesPorClave().clean(accion))
    return sum(a.unidades for a in _registros(contexto, accion, tipo))


@cifra(
    "programas.asistentes",
    "Personas que asistieron a actividades del periodo",
    genero="f",
    singular="persona",
    plural="personas",
    parametros=PARAMETROS,
)
def cuantos_asistentes(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return sum(a.asistentes or 0 for a in _registros(contexto, accion, tipo))


@cifra(
    "programas.organismos",
    "Organismos con los que hubo actividades en el periodo",
    singular="organismo",
    plural="organismos",
    parametros=PARAMETROS,
)
def cuantos_organismos(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return len({o.pk for a in _registros(contexto, accion, tipo) for o in a.organismos.all()})


@cifra("programas.cifra", "Suma de una de las «otras cifras» de las actividades", parametros=(*PARAMETROS, "etiqueta"))
def otra_cifra(contexto: Contexto, accion: str = "", tipo: str = "", etiqueta: str = "") -> int:
    if not etiqueta:
        raise ValueError("falta la etiqueta de la cifra")
    return sum(c.numero for a in _registros(contexto, accion, tipo) for c in a.cifras.all() if c.etiqueta == etiqueta)
