"""Lo que la comisión cuenta a un informe: sesiones, asistencia, acuerdos y puntos."""

import re
from collections.abc import Sequence

from django import forms

from vinculacion.nucleo.bloques import Bloque, Columna, Lista, Matriz, Parrafo, Tabla, Titulo
from vinculacion.nucleo.palabras import enumera, fecha_larga
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas
from .estados import EstadoDeAsistencia, TipoDeSesion
from .models import CLAVE_DE_TIPO, Comision, Sesion, Tema

EN_COLUMNAS = 4  # más sesiones que éstas no caben una junto a otra
MARCAS = {
    EstadoDeAsistencia.PRESENTE.value: "X",
    EstadoDeAsistencia.SUPLENTE.value: "S",
    EstadoDeAsistencia.JUSTIFICADA.value: "J",
}
SIGNIFICADOS = {"X": "asistió", "S": "asistió quien suple", "J": "ausencia justificada"}
SUPERINDICES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TIPOS = [("", "Todas"), *TipoDeSesion.choices]


class SesionesParametros(forms.Form):
    tipo = forms.ChoiceField(label="Tipo de sesión", choices=TIPOS, required=False)


class CelebradasParametros(SesionesParametros):
    formato = forms.ChoiceField(
        label="Presentación",
        required=False,
        choices=[
            ("", "La que convenga"),
            ("columnas", "Una columna por sesión"),
            ("renglones", "Un renglón por sesión"),
        ],
    )


class PuntosParametros(SesionesParametros):
    tema = forms.CharField(label="Tema", required=False, max_length=150, help_text="En blanco: todos.")
    con_tramite = forms.BooleanField(
        label="También los de trámite", required=False, help_text="Orden del día, minutas y asuntos generales."
    )

    def clean_tema(self):
        tema = self.cleaned_data["tema"].strip()
        if tema and not Tema.objects.filter(nombre=tema).exists():
            raise forms.ValidationError(f"No existe el tema «{tema}».")
        return tema


def _sesiones(contexto: Contexto, tipo: str = "") -> list[Sesion]:
    return consultas.lista_de_celebradas(contexto.comision, contexto.periodo, tipo)


def _por_anio(contexto: Contexto, sesiones: Sequence[Sesion]) -> list[tuple[str, list[Sesion]]]:
    return consultas.por_anio(sesiones, contexto.periodo)


@seccion("comision.sesiones_celebradas", "Sesiones celebradas en el periodo", formulario=CelebradasParametros)
def sesiones_celebradas(contexto: Contexto, tipo: str = "", formato: str = "") -> list[Bloque]:
    """Cada sesión con su fecha; si son varias, también su modalidad."""
    sesiones = _sesiones(contexto, tipo)
    if not sesiones:
        return []
    if formato == "columnas" or (not formato and len(sesiones) <= EN_COLUMNAS):
        return [
            Tabla(
                tuple(Columna(s.en_palabras, "centro") for s in sesiones),
                (tuple(f"Celebrada el {fecha_larga(s.fecha)}." for s in sesiones),),
            )
        ]
    columnas = (
        Columna("No.", "centro", 8),
        Columna("Sesión", ancho=37),
        Columna("Fecha", "fecha", 37),
        Columna("Modalidad", ancho=18),
    )
    bloques: list[Bloque] = []
    for etiqueta, suyas in _por_anio(contexto, sesiones):
        if etiqueta:
            bloques.append(Titulo(etiqueta, 3))
        filas = tuple((n, s.en_palabras, s.fecha, s.get_modalidad_display()) for n, s in enumerate(suyas, 1))
        bloques.append(Tabla(columnas, filas, enlaces=tuple(s.get_absolute_url() for s in suyas)))
    return bloques


@seccion("comision.asistencia", "Asistencia a las sesiones", formulario=SesionesParametros)
def asistencia(contexto: Contexto, tipo: str = "") -> list[Bloque]:
    """Quién asistió a cada sesión, en orden de protocolo."""
    bloques: list[Bloque] = []
    for etiqueta, todas in _por_anio(contexto, _sesiones(contexto, tipo)):
        if etiqueta and todas:
            bloques.append(Titulo(etiqueta, 3))
        # Un renglón vacío dice que no asistió: lo que no se ha anotado no se enseña como falta.
        sesiones = consultas.con_lista(todas)
        if pendientes := [s for s in todas if s not in sesiones]:
            bloques.append(Parrafo(_sin_lista(pendientes, ninguna=not sesiones)))
        filas = tuple(
            (_capacidad(capacidad), tuple(MARCAS.get(marca or "", "") for marca in marcas))
            for capacidad, marcas in consultas.matriz_de_asistencia(sesiones)
        )
        if not filas:
            continue
        usadas = {marca for _, marcas in filas for marca in marcas}
        notas = " ".join(f"{marca}: {dice}." for marca, dice in SIGNIFICADOS.items() if marca == "X" or marca in usadas)
        largas = len(sesiones) <= EN_COLUMNAS
        bloques.append(
            Matriz(
                "Integrantes e invitados",
                tuple(s.en_palabras if largas else s.codigo for s in sesiones),
                filas,
                notas=(notas,) if usadas & {"S", "J"} else (),
            )
        )
    return bloques


def _sin_lista(sesiones: Sequence[Sesion], *, ninguna: bool) -> str:
    if ninguna:
        return "Todavía no se anota la asistencia a las sesiones celebradas."
    cuales = f"las sesiones {_nombradas(sesiones, False)}" if sesiones[1:] else f"la {sesiones[0].en_palabras.lower()}"
    return f"Todavía no se anota la asistencia a {cuales}."


def _capacidad(capacidad) -> str:
    return f"{capacidad.nombre}: {capacidad.persona}" if capacidad.persona else capacidad.nombre


@seccion("comision.acuerdos_por_sesion", "Acuerdos por sesión", formulario=SesionesParametros)
def acuerdos_por_sesion(contexto: Contexto, tipo: str = "") -> list[Bloque]:
    """El folio y el texto de los acuerdos que tomó cada sesión."""
    sesiones = _sesiones(contexto, tipo)
    de_sesion: dict[int, list[str]] = {}
    for acuerdo in consultas.acuerdos_de(sesiones):
        de_sesion.setdefault(acuerdo.sesion_id, []).append(f"{acuerdo.folio}. {acuerdo.texto}")
    bloques: list[Bloque] = []
    for sesion in sesiones:
        if elementos := de_sesion.get(sesion.pk):
            bloques += [Titulo(f"{sesion.en_palabras}, {fecha_larga(sesion.fecha)}"), Lista(tuple(elementos))]
    return bloques


@seccion("comision.puntos_presentados", "Puntos presentados a la comisión", formulario=PuntosParametros)
def puntos_presentados(contexto: Contexto, tipo: str = "", tema: str = "", con_tramite: bool = False) -> list[Bloque]:
    """Lo que se presentó en varias sesiones se enlista una vez, con una nota que dice en cuáles."""
    sesiones = _sesiones(contexto, tipo)
    con_anio = len(contexto.periodo.anios()) > 1
    elementos: list[str] = []
    notas: list[str] = []
    for asunto in consultas.puntos_presentados(sesiones, con_tramite=con_tramite, tema=tema):
        texto = asunto.titulo.rstrip(".")
        if len(asunto.sesiones) > 1:
            llamada = str(len(notas) + 1).translate(SUPERINDICES)
            notas.append(f"{llamada} Se presentó en las sesiones {_nombradas(asunto.sesiones, con_anio)}.")
            elementos.append(f"{texto}.{llamada}")
        else:
            elementos.append(f"{texto}.")
    return [Lista(tuple(elementos), notas=tuple(notas))] if elementos else []


def _nombradas(sesiones: Sequence[Sesion], con_anio: bool) -> str:
    """«ordinarias décima y décima primera»; de varios tipos o años, cada una entera."""
    if con_anio or len({s.tipo for s in sesiones}) > 1:
        return enumera(
            f"{s.ordinal} {s.get_tipo_display().lower()}{f' de {s.anio}' if con_anio else ''}" for s in sesiones
        )
    return f"{sesiones[0].get_tipo_display().lower()}s {enumera(s.ordinal for s in sesiones)}"


# -- cifras --------------------------------------------------------------------


def _elegidas(contexto: Contexto, tipo: str = "", sesion: str = "") -> list[Sesion]:
    """``tipo``: ordinaria, extraordinaria o urgente. ``sesion``: 10SO o 10SO/2020."""
    if not isinstance(contexto.comision, Comision):
        raise ValueError("el informe no tiene comisión")
    if tipo and tipo not in TipoDeSesion.values:
        raise ValueError(f"no hay sesiones de tipo «{tipo}»; sólo {enumera(TipoDeSesion.values)}")
    sesiones = _sesiones(contexto, tipo)
    if not sesion:
        return sesiones
    partes = re.fullmatch(rf"(\d{{1,2}})({'|'.join(CLAVE_DE_TIPO.values())})(?:/(\d{{4}}))?", sesion.strip().upper())
    if partes is None:
        raise ValueError(f"«{sesion}» no es una sesión; se escribe como 10SO o 10SO/2020")
    codigo = f"{int(partes[1]):02}{partes[2]}"
    halladas = [s for s in sesiones if s.codigo == codigo and (not partes[3] or s.anio == int(partes[3]))]
    if not halladas:
        raise ValueError(f"la sesión {sesion} no se celebró en el periodo")
    return halladas


@cifra(
    "comision.sesiones",
    "Sesiones celebradas en el periodo",
    genero="f",
    singular="sesión",
    plural="sesiones",
    parametros=("tipo",),
)
def cuantas_sesiones(contexto: Contexto, tipo: str = "") -> int:
    return len(_elegidas(contexto, tipo))


@cifra(
    "comision.acuerdos",
    "Acuerdos tomados en el periodo",
    singular="acuerdo",
    plural="acuerdos",
    parametros=("sesion", "tipo"),
)
def cuantos_acuerdos(contexto: Contexto, sesion: str = "", tipo: str = "") -> int:
    return consultas.acuerdos_de(_elegidas(contexto, tipo, sesion)).count()


@cifra(
    "comision.puntos",
    "Puntos de los órdenes del día del periodo",
    singular="punto",
    plural="puntos",
    parametros=("sesion", "tipo"),
)
def cuantos_puntos(contexto: Contexto, sesion: str = "", tipo: str = "") -> int:
    return consultas.puntos_de(_elegidas(contexto, tipo, sesion)).count()


@cifra(
    "comision.asuntos",
    "Asuntos presentados en el periodo, sin los de trámite",
    singular="asunto",
    plural="asuntos",
    parametros=("sesion", "tipo"),
)
def cuantos_asuntos(contexto: Contexto, sesion: str = "", tipo: str = "") -> int:
    return len(consultas.puntos_presentados(_elegidas(contexto, tipo, sesion)))
