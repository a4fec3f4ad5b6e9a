"""Filtros de la lista de actividades."""

import django_filters as df
from django.contrib.auth import get_user_model

from programas import consultas
from programas.estados import EstadoDeActividad
from programas.models import Accion, Actividad, Eje, Programa, TipoActividad

from .campos import acciones_en_orden, por_eje


def _ejes() -> list[tuple[str, list[tuple[int, str]]]]:
    grupos: dict[str, list[tuple[int, str]]] = {}
    for eje in Eje.objects.select_related("programa").order_by("-programa__anio", "programa__clave", "numero"):
        grupos.setdefault(str(eje.programa), []).append((eje.pk, str(eje)))
    return list(grupos.items())


def _acciones() -> list[tuple[str, list[tuple[int, str]]]]:
    return [(titulo, [(a.pk, str(a)) for a in suyas]) for titulo, suyas in por_eje(acciones_en_orden())]


class ActividadFiltro(df.FilterSet):
    programa = df.ModelChoiceFilter(
        label="Programa", field_name="accion__eje__programa", queryset=Programa.objects.order_by("-anio", "clave")
    )
    eje = df.ChoiceFilter(label="Eje", field_name="accion__eje", choices=_ejes)
    accion = df.ChoiceFilter(label="Acción", field_name="accion", choices=_acciones)
    cuenta_para = df.ChoiceFilter(label="Cuenta para la acción", choices=_acciones, method="los_que_suman")
    tipo = df.ModelChoiceFilter(label="Tipo", queryset=TipoActividad.objects.all())
    estado = df.ChoiceFilter(label="Estado", choices=EstadoDeActividad.choices)
    desde = df.DateFilter(label="Concluyó desde", field_name="fecha_fin", lookup_expr="gte")
    hasta = df.DateFilter(label="Concluyó hasta", field_name="fecha_fin", lookup_expr="lte")
    capturo = df.ModelChoiceFilter(label="Capturó", queryset=get_user_model().objects.none())
    mias = df.ChoiceFilter(label="De quién", choices=[("si", "Sólo las que capturé")], method="las_mias")

    class Meta:
        model = Actividad
        fields = ["programa", "eje", "accion", "cuenta_para", "tipo", "estado", "desde", "hasta", "capturo", "mias"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        personas = Actividad.objects.order_by().values("capturo")
        self.filters["capturo"].queryset = get_user_model().objects.filter(pk__in=personas).order_by("username")

    def las_mias(self, consulta, nombre, valor):
        return consulta.filter(capturo=self.request.user) if valor == "si" else consulta

    def los_que_suman(self, consulta, nombre, valor):
        """Los registros que forman el avance de esa acción: también los de sus alineadas, nunca los rechazados.

        Lo anotado en una acción que cuenta de otra fuente no suma.
        """
        accion = Accion.objects.prefetch_related("alineadas").get(pk=valor)
        propias = [origen for origen in consultas.origenes(accion) if isinstance(origen, int)]
        return consulta.filter(accion__in=propias).exclude(estado=EstadoDeActividad.RECHAZADA)
