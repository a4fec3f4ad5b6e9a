"""A quién toca saber de cada vencimiento.

A quien lleva el instrumento en la unidad y a las personas de sus áreas; de un compromiso, a las de su área.
A la Dirección le llega lo que nadie lleva y, desde los sesenta días, lo que sigue sin decidirse.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from vinculacion.cuentas.models import Usuario

from ..estados import EstadoDeCompromiso, Etapa
from ..models import Compromiso, Convenio
from ..permisos import VER, VER_TODOS
from . import consultas, reglas
from .permisos import DECIDIR

DE_COMPROMISO = max(reglas.UMBRALES_DE_COMPROMISO)


@dataclass(frozen=True)
class Vencimiento:
    """Lo que vence y el umbral que ya cruzó."""

    objeto: Convenio | Compromiso
    vence: date
    plazo: int

    @property
    def clave(self) -> str:
        return f"{'convenio' if isinstance(self.objeto, Convenio) else 'compromiso'}-{self.objeto.pk}"


class Personas:
    """Las que hoy pueden recibir avisos, traídas de una vez."""

    def __init__(self) -> None:
        self.lectoras = {u.pk: u for u in _con_permiso(VER, superusuarios=True)}
        ven_todo = {u.pk for u in _con_permiso(VER_TODOS, superusuarios=True)}
        self.direccion = {u.pk for u in _con_permiso(DECIDIR)} & self.lectoras.keys()
        self.de_area: dict[int, set[int]] = defaultdict(set)
        for persona in self.lectoras.values():
            if persona.pk not in ven_todo and persona.area_id:
                self.de_area[persona.area_id].add(persona.pk)

    def de_areas(self, areas: Iterable) -> set[int]:
        return {pk for area in areas for pk in self.de_area.get(area.pk, ())}

    def de_convenio(self, convenio: Convenio, fecha: date) -> set[int]:
        tocan = self.de_areas(convenio.areas.all()) | self.que_lleva(convenio)
        return tocan | self.direccion if consultas.por_decidir(convenio, fecha) else tocan

    def de_compromiso(self, compromiso: Compromiso) -> set[int]:
        """El área de un compromiso que no es del instrumento no puede verlo, y no se le manda lo que no vería."""
        suyas = [a for a in compromiso.convenio.areas.all() if a.pk == compromiso.area_id]
        return self.de_areas(suyas) | self.que_lleva(compromiso.convenio)

    def que_lleva(self, convenio: Convenio) -> set[int]:
        """Quien lo lleva; si no lo lleva nadie, o quien lo llevaba ya no entra, la Dirección."""
        return {convenio.responsable_id} if convenio.responsable_id in self.lectoras else self.direccion


def _con_permiso(permiso: str, *, superusuarios: bool = False) -> QuerySet[Usuario]:
    return (
        get_user_model()
        ._default_manager.with_perm(
            permiso, include_superusers=superusuarios, backend="django.contrib.auth.backends.ModelBackend"
        )
        .exclude(email="")
    )


def por_persona(fecha: date) -> list[tuple[Usuario, list[Vencimiento]]]:
    """Todo lo que hoy tocaría decir a cada quien, se le haya dicho o no. Consultas constantes."""
    personas = Personas()
    tocan: dict[int, list[Vencimiento]] = defaultdict(list)
    for convenio in instrumentos(fecha):
        if cruzado := _cruzado(convenio, convenio.vigencia_hasta, fecha, reglas.UMBRALES):
            for pk in personas.de_convenio(convenio, fecha):
                tocan[pk].append(cruzado)
    for compromiso in compromisos(fecha):
        if cruzado := _cruzado(compromiso, compromiso.proxima, fecha, reglas.UMBRALES_DE_COMPROMISO):
            for pk in personas.de_compromiso(compromiso):
                tocan[pk].append(cruzado)
    return [(personas.lectoras[pk], tocan[pk]) for pk in sorted(tocan)]


def _cruzado(objeto: Convenio | Compromiso, vence: date | None, fecha: date, umbrales) -> Vencimiento | None:
    plazo = reglas.plazo(vence, fecha, umbrales) if vence else None
    return None if vence is None or plazo is None else Vencimiento(objeto, vence, plazo)


def instrumentos(fecha: date) -> QuerySet[Convenio]:
    abiertos = Count("compromisos", filter=Q(compromisos__estado=EstadoDeCompromiso.ABIERTO), distinct=True)
    return consultas.con_renovacion(consultas.por_avisar(Convenio.objects.annotate(abiertos=abiertos), fecha))


def compromisos(fecha: date) -> QuerySet[Compromiso]:
    return (
        Compromiso.objects.filter(
            estado=EstadoDeCompromiso.ABIERTO,
            convenio__etapa=Etapa.SUSCRITO,
            proxima__lte=fecha + timedelta(days=DE_COMPROMISO),
        )
        .select_related("convenio", "area", "contraparte")
        .prefetch_related("convenio__areas")
        .order_by("proxima", "pk")
    )
