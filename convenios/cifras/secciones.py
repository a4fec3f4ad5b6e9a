"""Las cifras de los convenios en un informe: las mismas cuentas que su página."""

from decimal import Decimal

from django import forms

from convenios.consultas import corte_de
from convenios.estados import Ambito, Gestion
from vinculacion.nucleo.bloques import Bloque
from vinculacion.nucleo.cuadros import Cuadro
from vinculacion.nucleo.secciones import Contexto, cifra, seccion

from . import consultas, cuadros
from .consultas import Convenios


class CifrasParametros(forms.Form):
    forma = forms.ChoiceField(
        label="Forma",
        required=False,
        choices=[("", "Tabla"), ("grafica", "Gráfica"), ("ambas", "Tabla y gráfica")],
    )
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[("", "Todos"), *Ambito.choices])
    gestion = forms.ChoiceField(label="Gestión", required=False, choices=[("", "Todas"), *Gestion.choices])


class VigentesParametros(CifrasParametros):
    por = forms.ChoiceField(
        label="Se cuentan",
        required=False,
        choices=[("", "Al cierre del periodo, por clase de vigencia"), ("anio", "Al cierre de cada año del periodo")],
    )


class DiasParametros(CifrasParametros):
    por = forms.ChoiceField(
        label="Días",
        required=False,
        choices=[("", "En cada etapa"), ("firma", "Hasta la firma, por año"), ("todo", "De las dos maneras")],
    )


def _convenios(ambito: str, gestion: str) -> Convenios:
    return consultas.acotados(consultas.Convenio.objects.all(), ambito=ambito, gestion=gestion)


def _bloques(cuadro: Cuadro, forma: str) -> list[Bloque]:
    """Si no hay gráfica que hacer, la tabla dice lo mismo."""
    if forma == "grafica" and cuadro.hay and cuadro.grafica:
        return [cuadro.grafica]
    return cuadro.bloques(con_grafica=forma == "ambas")


@seccion("convenios.por_anio", "Convenios suscritos por año", formulario=CifrasParametros)
def por_anio(contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "") -> list[Bloque]:
    """Cuántos se suscribieron cada año del periodo."""
    return _bloques(cuadros.por_anio(_convenios(ambito, gestion), contexto.periodo), forma)


@seccion("convenios.por_contraparte", "Convenios suscritos por clase de contraparte", formulario=CifrasParametros)
def por_contraparte(contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "") -> list[Bloque]:
    """Cuántos se suscribieron con cada clase de institución."""
    return _bloques(cuadros.por_contraparte(_convenios(ambito, gestion), contexto.periodo), forma)


@seccion("convenios.por_area", "Convenios suscritos por área responsable", formulario=CifrasParametros)
def por_area(contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "") -> list[Bloque]:
    """Cuántos se suscribieron de cada área responsable."""
    return _bloques(cuadros.por_area(_convenios(ambito, gestion), contexto.periodo), forma)


@seccion("convenios.por_pais", "Convenios suscritos por país", formulario=CifrasParametros)
def por_pais(contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "") -> list[Bloque]:
    """Cuántos se suscribieron con instituciones de cada país."""
    return _bloques(cuadros.por_pais(_convenios(ambito, gestion), contexto.periodo), forma)


@seccion("convenios.vigentes", "Convenios en vigor", formulario=VigentesParametros)
def vigentes(contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "", por: str = "") -> list[Bloque]:
    """Cuántos estaban en vigor al cierre del periodo, o al cierre de cada año."""
    convenios, fin = _convenios(ambito, gestion), corte_de(contexto.periodo)
    if por == "anio":
        return _bloques(cuadros.en_vigor_por_anio(convenios, consultas.cierres(contexto.periodo, fin)), forma)
    return _bloques(cuadros.en_vigor(convenios, fin), forma)


@seccion("convenios.dias_por_etapa", "Días de trámite de los convenios", formulario=DiasParametros)
def dias_por_etapa(
    contexto: Contexto, forma: str = "", ambito: str = "", gestion: str = "", por: str = ""
) -> list[Bloque]:
    """Cuánto tardan los instrumentos en cada etapa, o en llegar a la firma."""
    convenios = _convenios(ambito, gestion)
    por_etapa = [cuadros.dias_por_etapa] if por != "firma" else []
    hasta_firmar = [cuadros.dias_hasta_firmar] if por else []
    return [b for armar in por_etapa + hasta_firmar for b in _bloques(armar(convenios, contexto.periodo), forma)]


# -- cifras vivas --------------------------------------------------------------


@cifra(
    "convenios.suscritos_de_la_unidad",
    "Convenios suscritos en el periodo que lleva la propia unidad",
    genero="m",
    singular="convenio",
    plural="convenios",
    parametros=("ambito",),
)
def cuantos_de_la_unidad(contexto: Contexto, ambito: str = "") -> int:
    return consultas.total_suscritos(_convenios(ambito, ""), contexto.periodo).de_la_unidad


@cifra(
    "convenios.porcentaje_de_la_unidad",
    "Porcentaje de los convenios suscritos que lleva la propia unidad",
    parametros=("ambito",),
)
def porcentaje_de_la_unidad(contexto: Contexto, ambito: str = "") -> Decimal:
    suscritos = consultas.total_suscritos(_convenios(ambito, ""), contexto.periodo)
    if suscritos.porcentaje_de_la_unidad is None:
        raise ValueError("en el periodo no se suscribió ninguno")
    return suscritos.porcentaje_de_la_unidad


@cifra(
    "convenios.dias_de_tramite",
    "Días que en promedio tomó el trámite de los convenios firmados en el periodo",
    genero="m",
    singular="día",
    plural="días",
    parametros=("ambito",),
)
def dias_de_tramite(contexto: Contexto, ambito: str = "") -> Decimal:
    por_anio = consultas.dias_hasta_firmar(_convenios(ambito, ""), contexto.periodo)
    promedio = consultas.junta(por_anio.values()).promedio
    if promedio is None:
        raise ValueError("de los firmados en el periodo no consta el trámite")
    return promedio
