"""Lo que los planes y la bitácora cuentan a un informe."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms

from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Lista, Parrafo, SinActividades, Tabla
from vinculacion.nucleo.memoria import recordada
from vinculacion.nucleo.palabras import capitaliza, enumera, numero
from vinculacion.nucleo.secciones import Contexto, cifra, opciones, seccion

from . import consultas
from .bitacora.consultas import Suma, suma
from .claves import AccionesPorClave, ProgramaPorClave
from .estados import ColumnaDeActividad
from .models import Accion, Actividad, Programa, TipoActividad

C = ColumnaDeActividad


# -- parámetros ----------------------------------------------------------------
class TiposPorClave(forms.MultipleChoiceField):
    """Acepta también una clave suelta, como se escribe en una cifra viva."""

    def __init__(self, **mas):
        super().__init__(choices=_tipos, **mas)

    def to_python(self, value):
        return super().to_python(
            [v.strip() for v in value.split(",") if v.strip()] if isinstance(value, str) else value
        )


@opciones("programas", "tipo")
@recordada
def _tipos() -> list[tuple[str, str]]:
    return list(TipoActividad.objects.values_list("clave", "nombre"))


class DeActividades(forms.Form):
    accion = AccionesPorClave(label="acción", required=False, help_text="Una o varias. Ninguna: todas.")
    tipo = TiposPorClave(label="tipo de actividad", required=False, help_text="Ninguno: todos los tipos.")


class ActividadesParametros(DeActividades):
    formato = forms.ChoiceField(
        label="formato",
        required=False,
        choices=[("tabla", "Tabla"), ("lista", "Lista"), ("parrafos", "Párrafos")],
    )
    numerar = forms.BooleanField(label="numerar los renglones", required=False)

    def clean_formato(self):
        return self.cleaned_data["formato"] or "tabla"


# -- tabla de actividades --------------------------------------------------------
@dataclass(frozen=True)
class Definicion:
    """Cómo se llena una columna; su título es el de ``ColumnaDeActividad``."""

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
    """Con el nombre que llevaban entonces."""
    return enumera([o.nombre_en(a.fecha_fin) for o in a.organismos.all()])


def _cifras(a: Actividad) -> str:
    return "; ".join(f"{c.etiqueta}: {numero(c.numero)}" for c in a.cifras.all())


DEFINICIONES: dict[str, Definicion] = {
    C.NUMERO: Definicion(lambda a: None, "centro"),
    C.FECHA: Definicion(_fecha, "fecha"),
    C.TITULO: Definicion(lambda a: a.titulo),
    C.OBJETIVO: Definicion(lambda a: a.objetivo),
    C.HORARIO: Definicion(_horario),
    C.MODALIDAD: Definicion(lambda a: a.get_modalidad_display()),
    C.LUGAR: Definicion(_lugar),
    C.ORGANISMOS: Definicion(_organismos),
    C.ORGANO: Definicion(lambda a: a.organo.nombre if a.organo else ""),
    C.REPRESENTACION: Definicion(lambda a: a.representacion),
    C.ASISTENCIA: Definicion(lambda a: a.asistentes, "numero"),
    C.UNIDADES: Definicion(lambda a: a.unidades, "numero"),
    C.CIFRAS: Definicion(_cifras),
    C.OBSERVACIONES: Definicion(lambda a: a.observaciones),
}


POR_OMISION: list[str] = [C.NUMERO, C.FECHA, C.TITULO]


@seccion("programas.actividades", "Actividades de la bitácora", ActividadesParametros)
def actividades(
    contexto: Contexto, accion: list[Accion], tipo: list[str], formato: str = "tabla", numerar: bool = False
) -> list[Bloque]:
    """Las actividades que concluyeron en el periodo, como tabla, lista o párrafos."""
    registros = consultas.registros_del_periodo(contexto.periodo, tuple(accion), tuple(tipo))
    if not registros:
        return []
    if formato == "lista":
        return [Lista(tuple(_frase(a) for a in registros), ordenada=numerar)]
    if formato == "parrafos":
        return [Parrafo(_frase(a)) for a in registros]
    codigos = list(C.values) if contexto.completo else _del_tipo(registros)
    return [_tabla(registros, [C.NUMERO, *codigos] if numerar and C.NUMERO not in codigos else codigos)]


def _del_tipo(registros: list[Actividad]) -> list[str]:
    """Las columnas que dice el tipo, sin las que nadie llenó, cuando todos los registros son del mismo."""
    if len({a.tipo_id for a in registros}) > 1:
        return POR_OMISION
    llenas = [
        c
        for c in registros[0].tipo.columnas
        if c == C.NUMERO or any(DEFINICIONES[c].valor(a) not in (None, "") for a in registros)
    ]
    return llenas or POR_OMISION


def _tabla(registros: list[Actividad], codigos: list[str]) -> Tabla:
    return Tabla(
        columnas=tuple(Columna(C(codigo).label, DEFINICIONES[codigo].clase) for codigo in codigos),
        filas=tuple(
            tuple(n if codigo == C.NUMERO else DEFINICIONES[codigo].valor(a) for codigo in codigos)
            for n, a in enumerate(registros, 1)
        ),
        totales=_totales(registros, codigos),
        enlaces=tuple(a.get_absolute_url() for a in registros),
    )


def _totales(registros: list[Actividad], codigos: list[str]) -> tuple[Celda, ...] | None:
    """La suma de unidades, cuando se muestran y hay más de un renglón que sumar."""
    rotulo = next((i for i, c in enumerate(codigos) if c not in (C.NUMERO, C.UNIDADES, C.ASISTENCIA)), None)
    if C.UNIDADES not in codigos or rotulo is None or len(registros) < 2:
        return None
    fila: list[Celda] = [sum(a.unidades for a in registros) if c == C.UNIDADES else "" for c in codigos]
    fila[rotulo] = "Total"
    return tuple(fila)


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
    programa = ProgramaPorClave(label="programa")
    eje = forms.IntegerField(label="sólo el eje", required=False, min_value=1, help_text="En blanco: todos.")
    corte = forms.ChoiceField(
        label="columnas",
        required=False,
        choices=[("periodo", "Lo del periodo y lo acumulado"), ("trimestres", "Trimestre por trimestre")],
    )


@seccion("programas.avance", "Avance de un plan por acción y trimestre", AvanceParametros)
def avance(contexto: Contexto, programa: Programa, eje: int | None = None, corte: str = "") -> list[Bloque]:
    """Programado y alcanzado por acción: en los trimestres del periodo y acumulado, o los cuatro del año."""
    ejes = [e for e in consultas.avance(programa, contexto.periodo.fin) if eje is None or e.eje.numero == eje]
    renglones = [(str(e.eje), a) for e in ejes for a in e.acciones]
    numeros = [t.numero for t in contexto.periodo.trimestres() if t.anio == programa.anio]
    if not renglones or not numeros:
        return []
    if corte == "trimestres":
        columnas = (Columna("Acción"), *(Columna(f"{n}T", "centro") for n in range(1, 5)), Columna("Año", "centro"))
        filas = tuple(
            (str(a.accion), *(_de(c) for c in a.avance.trimestres), _de(a.avance.anual)) for _, a in renglones
        )
        return [
            Tabla(
                columnas, filas, notas=("Cada celda dice lo alcanzado y lo programado.",), enlaces=_enlaces(renglones)
            )
        ]
    # Palabras cortas y ancho bastante: en la hoja vertical un encabezado no debe partirse a media palabra.
    titulos = ("Meta", "Avance", "Diferencia", "Meta acum.", "Avance acum.")
    return [
        Tabla(
            columnas=(
                Columna("Eje", "texto", 18),
                Columna("Acción", "texto", 26),
                Columna("Unidad", "texto", 14),
                *(Columna(t, "numero", 10 if t == "Diferencia" else 8) for t in titulos),
            ),
            filas=tuple(_renglon_de_avance(nombre, a, numeros) for nombre, a in renglones),
            combinar=(0,),
            notas=("Acum.: acumulado del año hasta el fin del periodo.",),
            enlaces=_enlaces(renglones),
        )
    ]


def _de(cuenta: consultas.Cuenta) -> str:
    return f"{numero(cuenta.alcanzado)} de {numero(cuenta.programado)}"


def _enlaces(renglones: list[tuple[str, consultas.AvanceDeAccion]]) -> tuple[str, ...]:
    return tuple(a.accion.get_absolute_url() for _, a in renglones)


def _renglon_de_avance(eje: str, renglon: consultas.AvanceDeAccion, numeros: list[int]) -> tuple[Celda, ...]:
    del_periodo = sum((renglon.avance.trimestres[n - 1] for n in numeros), consultas.CERO)
    acumulado = renglon.avance.acumulado(max(numeros))
    return (
        eje,
        str(renglon.accion),
        renglon.accion.unidad,
        del_periodo.programado,
        del_periodo.alcanzado,
        del_periodo.diferencia,
        acumulado.programado,
        acumulado.alcanzado,
    )


# -- lo que un apartado dice solo ----------------------------------------------------
SIN_NADA = "No se reportan actividades en el periodo."


def aviso_sin_actividades(accion: Accion, contexto: Contexto) -> SinActividades:
    """En qué trimestre se cumplió la meta del año o, si no, que no hay actividades."""
    trimestre = consultas.trimestre_en_que_se_cumplio(accion, contexto.periodo.inicio)
    if trimestre is not None:
        return SinActividades(f"La meta anual se cumplió en el {trimestre}.")
    return SinActividades(SIN_NADA)


# -- cifras vivas ----------------------------------------------------------------
PARAMETROS = ("accion", "tipo")


def _pedidas(accion: str, tipo: str) -> tuple[tuple[Accion, ...], tuple[str, ...]]:
    """``ValidationError`` si nombra una acción o un tipo que no hay."""
    return tuple(AccionesPorClave().clean(accion)), tuple(TiposPorClave(required=False).clean(tipo))


def registros_pedidos(contexto: Contexto, accion: str, tipo: str) -> list[Actividad]:
    return consultas.registros_del_periodo(contexto.periodo, *_pedidas(accion, tipo))


def suma_pedida(contexto: Contexto, accion: str, tipo: str) -> Suma:
    return suma(contexto.periodo, *_pedidas(accion, tipo))


def _de_la_suma(campo: str) -> Callable[..., int]:
    def cuanto(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
        return getattr(suma_pedida(contexto, accion, tipo), campo)

    return cuanto


for _campo, _clave, _nombre, _genero, _singular, _plural in (
    ("registros", "actividades", "Actividades registradas en el periodo", "f", "actividad", "actividades"),
    ("asistentes", "asistentes", "Personas que asistieron a actividades del periodo", "f", "persona", "personas"),
    ("mujeres", "mujeres", "Mujeres que asistieron a actividades del periodo", "f", "mujer", "mujeres"),
    ("hombres", "hombres", "Hombres que asistieron a actividades del periodo", "m", "hombre", "hombres"),
):
    cifra(f"programas.{_clave}", _nombre, genero=_genero, singular=_singular, plural=_plural, parametros=PARAMETROS)(
        _de_la_suma(_campo)
    )


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
        return consultas.unidades(AccionesPorClave().clean(accion), contexto.periodo)
    return suma_pedida(contexto, accion, tipo).unidades


@cifra(
    "programas.organismos",
    "Organismos con los que hubo actividades en el periodo",
    singular="organismo",
    plural="organismos",
    parametros=PARAMETROS,
)
def cuantos_organismos(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return len({o.pk for a in registros_pedidos(contexto, accion, tipo) for o in a.organismos.all()})


@cifra(
    "programas.organos",
    "Órganos a los que se dio seguimiento en el periodo",
    singular="órgano",
    plural="órganos",
    parametros=PARAMETROS,
)
def cuantos_organos(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    return len({a.organo_id for a in registros_pedidos(contexto, accion, tipo)} - {None})


@cifra("programas.cifra", "Suma de una de las «otras cifras» de las actividades", parametros=(*PARAMETROS, "etiqueta"))
def otra_cifra(contexto: Contexto, accion: str = "", tipo: str = "", etiqueta: str = "") -> int:
    if not etiqueta:
        raise ValueError("falta la etiqueta de la cifra")
    return sum(
        c.numero for a in registros_pedidos(contexto, accion, tipo) for c in a.cifras.all() if c.etiqueta == etiqueta
    )
