from datetime import date

import django_filters as filtros
from django import forms

from programas.estados import EstadoDeTratamiento
from programas.models import Programa, Riesgo, SeguimientoDeRiesgo, Tratamiento
from programas.planes.filters import PROGRAMAS
from vinculacion.directorio.models import Area
from vinculacion.nucleo.formularios import EstiloComun
from vinculacion.nucleo.periodos import hoy

from . import consultas
from .consultas import Severidad, Situacion, severidad

SEVERIDADES = {s.texto.lower(): s for s in (consultas.ALTO, consultas.MEDIO, consultas.BAJO)}
ESTADOS = {
    "vencidos": "Con tratamientos vencidos",
    "sin_tratamiento": "Sin acciones de tratamiento",
    "sin_nota": "Sin nota del trimestre",
    "sin_evaluar": "Sin volver a evaluar",
    "materializados": "Se materializaron",
}


class RiesgoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(queryset=PROGRAMAS, label="programa")

    class Meta:
        model = Riesgo
        fields = ("programa", "area_responsable", "respuesta")


class TratamientoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(field_name="riesgo__programa", queryset=PROGRAMAS, label="programa")
    estado = filtros.ChoiceFilter(choices=EstadoDeTratamiento.choices, label="estado")
    vence = filtros.ChoiceFilter(
        choices=[("vencidos", "Vencidos"), ("pronto", f"Vencen en {consultas.DIAS_POR_VENCER} días")],
        label="vencimiento",
        method="por_vencimiento",
    )

    class Meta:
        model = Tratamiento
        fields = ("programa", "area_responsable", "estado")

    def por_vencimiento(self, consulta, nombre, valor):
        """Los mismos que dan los avisos."""
        hallados = consultas.vencidos(hoy()) if valor == "vencidos" else consultas.tratamientos_por_vencer(hoy())
        return consulta.filter(pk__in=hallados.order_by().values("pk"))


class SeguimientoFiltro(filtros.FilterSet):
    programa = filtros.ModelChoiceFilter(field_name="riesgo__programa", queryset=PROGRAMAS, label="programa")

    class Meta:
        model = SeguimientoDeRiesgo
        fields = ("programa", "trimestre", "se_materializo")


class FiltroDeMatriz(EstiloComun, forms.Form):
    """Escoge entre los riesgos ya traídos: son los de un solo programa."""

    area = forms.ModelChoiceField(Area.objects.none(), required=False, label="área responsable")
    severidad = forms.ChoiceField(
        choices=[("", "Todo"), *((k, s.texto) for k, s in SEVERIDADES.items())],
        required=False,
        label="severidad",
        help_text="La residual; si no se ha vuelto a evaluar, la inicial.",
    )
    estado = forms.ChoiceField(choices=[("", "Todo"), *ESTADOS.items()], required=False, label="estado")

    def __init__(self, datos, *, riesgos: list[Riesgo], programa: Programa, fecha: date):
        super().__init__(datos)
        self.riesgos, self.programa, self.fecha = riesgos, programa, fecha
        propias = {r.area_responsable_id for r in riesgos} | {
            t.area_responsable_id for r in riesgos for t in r.tratamientos.all()
        }
        self.fields["area"].queryset = Area.objects.filter(pk__in=propias - {None}).order_by("nombre")

    @property
    def activos(self) -> int:
        return sum(1 for campo in self.fields if self.data.get(campo))

    def elegidos(self) -> list[Riesgo]:
        """Con un filtro que no se entiende, ninguno: la página lo dice junto al campo."""
        if not self.is_valid():
            return []
        datos = self.cleaned_data
        elegidos = self.riesgos
        if area := datos["area"]:
            elegidos = [r for r in elegidos if area.pk in {r.area_responsable_id, *_areas(r)}]
        if datos["severidad"]:
            elegidos = [r for r in elegidos if _actual(r) == SEVERIDADES[datos["severidad"]]]
        if datos["estado"]:
            elegidos = [r for r in elegidos if self._esta(r, datos["estado"])]
        return elegidos

    def _esta(self, riesgo: Riesgo, estado: str) -> bool:
        match estado:
            case "vencidos":
                return any(consultas.situacion(t, self.fecha) is Situacion.VENCIDO for t in riesgo.tratamientos.all())
            case "sin_tratamiento":
                return consultas.sin_tratamiento(riesgo)
            case "sin_nota":
                exigible = consultas.trimestre_exigible(self.programa.anio, self.fecha)
                return bool(exigible) and consultas.nota_de(riesgo, exigible) is None
            case "sin_evaluar":
                return riesgo.nivel_residual is None
        return any(s.se_materializo for s in riesgo.seguimientos.all())


def _areas(riesgo: Riesgo) -> set[int | None]:
    return {t.area_responsable_id for t in riesgo.tratamientos.all()}


def _actual(riesgo: Riesgo) -> Severidad:
    return severidad(riesgo.nivel_residual or riesgo.nivel_inicial)
