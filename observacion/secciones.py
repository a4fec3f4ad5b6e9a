"""Lo que la Red de Observación cuenta a un informe."""

from django import forms
from django.db.models import Sum

from programas.consultas import accion_por_clave
from programas.models import Accion, TipoActividad
from vinculacion.nucleo.bloques import Bloque, Celda, Columna, Tabla
from vinculacion.nucleo.palabras import capitaliza
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas
from .models import IntegranteRed

FILTROS = ("accion", "tipo")


class AsistenciaParametros(forms.Form):
    accion = forms.CharField(label="Acción", required=False, help_text="Su clave: pat-2020:4B.")
    tipo = forms.SlugField(label="Tipo de actividad", required=False, help_text="Su clave: reunion-red.")

    def clean_accion(self) -> str:
        if clave := self.cleaned_data["accion"]:
            try:
                accion_por_clave(clave)
            except Accion.DoesNotExist as error:
                raise forms.ValidationError(str(error)) from error
        return clave

    def clean_tipo(self) -> str:
        try:
            return _que_hay(self.cleaned_data["tipo"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def _que_hay(tipo: str) -> str:
    """``ValueError`` si el tipo no existe: contar cero de lo mal escrito sería una cifra falsa."""
    if tipo and not TipoActividad.objects.filter(clave=tipo).exists():
        raise ValueError(f"no existe el tipo de actividad «{tipo}»")
    return tipo


@seccion("observacion.asistencia", "Asistencia de la Red a reuniones y cursos", formulario=AsistenciaParametros)
def asistencia(contexto: Contexto, accion: str = "", tipo: str = "") -> list[Bloque]:
    """Cuántas organizaciones y personas de la Red asistieron a cada reunión o curso."""
    reuniones = list(consultas.reuniones_en(contexto.periodo, accion, tipo))
    if not reuniones:
        return []
    filas = tuple(
        (
            a.titulo,
            capitaliza(a.fechas),
            a.red_organizaciones,
            a.red_personas,
            a.red_individuales,
            a.red_total,
        )
        for a in reuniones
    )
    totales: tuple[Celda, ...] | None = None
    if len(filas) > 1:
        # Una organización que fue a dos reuniones es una: esa columna no se suma.
        totales = (
            "Total",
            None,
            None,
            sum(a.red_personas for a in reuniones),
            sum(a.red_individuales for a in reuniones),
            sum(a.red_total for a in reuniones),
        )
    return [
        Tabla(
            columnas=(
                Columna("Reunión"),
                Columna("Fecha", "fecha"),
                Columna("Organizaciones", "numero"),
                Columna("Personas de organizaciones", "numero"),
                Columna("A título individual", "numero"),
                Columna("Total", "numero"),
            ),
            filas=filas,
            totales=totales,
            enlaces=tuple(a.get_absolute_url() for a in reuniones),
        )
    ]


@cifra(
    "observacion.asistentes",
    "Personas de la Red que asistieron a reuniones y cursos",
    genero="f",
    singular="persona",
    plural="personas",
    parametros=(*FILTROS, "clase"),
)
def asistentes(contexto: Contexto, accion: str = "", tipo: str = "", clase: str = "") -> int:
    consulta = consultas.asistencias_en(contexto.periodo, accion, _que_hay(tipo), clase)
    return consulta.aggregate(n=Sum("personas"))["n"] or 0


@cifra(
    "observacion.organizaciones_asistentes",
    "Organizaciones de la Red que asistieron, cada una una vez",
    genero="f",
    singular="organización",
    plural="organizaciones",
    parametros=FILTROS,
)
def organizaciones_asistentes(contexto: Contexto, accion: str = "", tipo: str = "") -> int:
    consulta = consultas.asistencias_en(contexto.periodo, accion, _que_hay(tipo), IntegranteRed.Clase.ORGANIZACION)
    return consulta.order_by().values("integrante").distinct().count()


@cifra(
    "observacion.integrantes",
    "Integrantes de la Red al terminar el periodo",
    singular="integrante",
    plural="integrantes",
    parametros=("clase",),
)
def integrantes(contexto: Contexto, clase: str = "") -> int:
    consulta = consultas.integrantes_en(contexto.periodo.fin)
    if clase:
        if clase not in IntegranteRed.Clase.values:
            raise ValueError(f"«{clase}» no vale como clase; use {' o '.join(IntegranteRed.Clase.values)}")
        consulta = consulta.filter(clase=clase)
    return consulta.count()
