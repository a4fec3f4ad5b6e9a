import django_filters as filtros
from django.contrib.auth import get_user_model

from vinculacion.directorio.models import Area
from vinculacion.nucleo.periodos import hoy

from ..estados import EN_TRAMITE, SIN_FIRMA, Etapa, Gestion
from ..filters import SoloLoVisible
from ..models import Convenio, PasoPendiente
from .consultas import abiertos, pasos_visibles, vencidos


def areas_con_pasos(request):
    suyos = pasos_visibles(request.user).order_by().values("pk")
    return Area.objects.filter(pasos_pendientes__in=suyos).distinct()


class AcompanamientoFiltro(SoloLoVisible, filtros.FilterSet):
    """Si no se pide otra cosa, lo que sigue en trámite."""

    ESTADOS = (
        ("tramite", "En trámite"),
        ("suscritos", "Suscritos"),
        ("terminados", "Concluidos o sin firma"),
        ("todos", "Todos"),
    )
    estado = filtros.ChoiceFilter(label="Estado", choices=ESTADOS, method="por_estado", empty_label="En trámite")
    areas = filtros.ModelChoiceFilter(label="Área", queryset=Area.objects.all())
    atrasados = filtros.BooleanFilter(label="Con pasos vencidos", method="por_atraso")
    responsable = filtros.ModelChoiceFilter(label="Quien lo lleva", queryset=get_user_model()._default_manager.all())

    class Meta:
        model = Convenio
        fields = ["estado", "areas", "etapa", "tipo", "ambito", "atrasados", "responsable"]

    def filter_queryset(self, queryset):
        datos = self.form.cleaned_data
        if not datos.get("estado") and not datos.get("etapa"):
            queryset = self.por_estado(queryset, "estado", "tramite")
        return super().filter_queryset(queryset)

    def por_estado(self, consulta, nombre, valor):
        etapas = {
            "tramite": EN_TRAMITE,
            "suscritos": (Etapa.SUSCRITO,),
            "terminados": (Etapa.CONCLUIDO, *SIN_FIRMA),
        }.get(valor)
        return consulta.filter(etapa__in=etapas) if etapas else consulta

    def por_atraso(self, consulta, nombre, valor):
        atrasados = vencidos(PasoPendiente.objects.all(), hoy()).order_by().values("convenio")
        return consulta.filter(pk__in=atrasados) if valor else consulta.exclude(pk__in=atrasados)


class PasoPendienteFiltro(filtros.FilterSet):
    ESTADOS = (("abiertos", "Por hacer"), ("vencidos", "Vencidos"), ("hechos", "Hechos"))
    estado = filtros.ChoiceFilter(label="Estado", choices=ESTADOS, method="por_estado")
    area = filtros.ModelChoiceFilter(label="Quién lo tiene", queryset=areas_con_pasos)
    convenio__gestion = filtros.ChoiceFilter(label="Gestión", choices=Gestion.choices)
    limite_hasta = filtros.DateFilter(field_name="fecha_limite", lookup_expr="lte", label="Para antes de")

    class Meta:
        model = PasoPendiente
        fields = ["estado", "area", "convenio__gestion", "limite_hasta"]

    def por_estado(self, consulta, nombre, valor):
        if valor == "hechos":
            return consulta.exclude(hecho=None)
        return vencidos(consulta, hoy()) if valor == "vencidos" else abiertos(consulta)
