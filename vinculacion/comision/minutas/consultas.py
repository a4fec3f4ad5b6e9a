"""Lo que se pregunta de una minuta y de las correcciones hechas a una sesión que ya estaba cerrada."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vinculacion.comision.models import Acuerdo, Asistencia, Minuta, Punto, Sesion, Voto
from vinculacion.nucleo import legible
from vinculacion.nucleo.palabras import capitaliza

from . import comparacion
from .redaccion import borrador
from .reglas import APRUEBAN

REDACCION = "Redactada con los registros de la sesión"
CIERRE = "Se cerró la sesión."
REAPERTURA = "Se reabrió para corregir:"
NO_SE_CUENTAN = {"version", "creado", "modificado", "cerrada"}
VERBOS = {"+": "se agregó", "-": "se quitó"}


def minutas() -> QuerySet[Minuta]:
    return Minuta.objects.select_related("sesion__comision", "aprobada_en__sesion")


def texto_base(minuta: Minuta) -> str | None:
    """La última redacción hecha sólo con los registros; ``None`` si el texto se trajo de fuera."""
    hechas = minuta.history.filter(history_change_reason=REDACCION).order_by("-history_date", "-history_id")
    return hechas.values_list("texto", flat=True).first()


def hechos_que_cambiaron(minuta: Minuta) -> list[comparacion.Tramo]:
    """Lo que los registros dicen hoy y no decían cuando se redactó."""
    base = texto_base(minuta)
    return comparacion.cambios(base, borrador(minuta.sesion)) if base is not None else []


def puntos_que_pueden_aprobar(minuta: Minuta) -> QuerySet[Punto]:
    """Los aprobados de sesiones posteriores de la misma comisión, primero los más cercanos."""
    sesion = minuta.sesion
    return (
        Punto.objects.filter(
            sesion__comision=sesion.comision_id, resolucion__in=APRUEBAN, sesion__fecha_celebrada__gte=sesion.fecha
        )
        .exclude(sesion=sesion)
        .select_related("sesion")
        .order_by("sesion__fecha_celebrada", "sesion", "numero")
    )


# -- correcciones --------------------------------------------------------------


@dataclass(frozen=True)
class Correccion:
    cuando: datetime
    quien: str
    que: str
    cambios: tuple[tuple[str, str, str], ...] = ()


def correcciones(sesion: Sesion) -> list[Correccion]:
    """Lo que cambió en la sesión, su orden del día, sus votos, su asistencia o sus acuerdos tras el primer cierre."""
    cierre = sesion.cambios.filter(razon=CIERRE).order_by("cuando", "pk").first()
    if cierre is None or not sesion.cambios.filter(razon__startswith=REAPERTURA).exists():
        return []
    puntos = Punto.history.filter(sesion_id=sesion.pk)
    rastros = (
        (Sesion, Sesion.history.filter(id=sesion.pk)),
        (Punto, puntos),
        (Voto, Voto.history.filter(punto_id__in=puntos.values("id"))),
        (Asistencia, Asistencia.history.filter(sesion_id=sesion.pk)),
        (Acuerdo, Acuerdo.history.filter(sesion_id=sesion.pk)),
    )
    numeros = dict(puntos.order_by("history_date", "history_id").values_list("id", "numero"))
    halladas = [c for modelo, consulta in rastros for c in _de(modelo, consulta, cierre.cuando, numeros)]
    return sorted(halladas, key=lambda c: c.cuando)


def _de(modelo, consulta, desde: datetime, numeros: dict[int, int]) -> list[Correccion]:
    """Cada versión contra la anterior del mismo registro; sólo salen las posteriores a ``desde``."""
    campos = [c for c in modelo._meta.concrete_fields if c.name not in NO_SE_CUENTAN and not c.primary_key]
    if modelo is Acuerdo:  # su seguimiento sigue abierto: no es corrección
        campos = [c for c in campos if c.name in {"texto", "punto"}]
    anteriores: dict[int, object] = {}
    halladas = []
    con = ("history_user", "integracion") if modelo in (Voto, Asistencia) else ("history_user",)
    for version in consulta.select_related(*con).order_by("history_date", "history_id"):
        previa, anteriores[version.id] = anteriores.get(version.id), version
        if version.history_date <= desde:
            continue
        cambios: tuple[tuple[str, str, str], ...] = ()
        if version.history_type == "~" and previa is not None:
            cambios = tuple(
                (str(c.verbose_name), _escrito(c, getattr(previa, c.attname)), _escrito(c, getattr(version, c.attname)))
                for c in campos
                if getattr(previa, c.attname) != getattr(version, c.attname)
            )
            if not cambios:
                continue
        quien = str(version.history_user) if version.history_user else "El sistema"
        halladas.append(Correccion(version.history_date, quien, _nombra(modelo, version, numeros), cambios))
    return halladas


def _nombra(modelo, version, numeros: dict[int, int]) -> str:
    que = str(modelo._meta.verbose_name)
    if modelo in (Voto, Asistencia):
        que = f"{que} de {version.integracion}"
        que += f" en el punto {numeros.get(version.punto_id)}" if modelo is Voto else ""
    elif modelo is Punto:
        que = f"punto {version.numero}"
    elif modelo is Acuerdo:
        que = f"acuerdo {version.folio}"
    verbo = VERBOS.get(version.history_type, "")
    return capitaliza(que) + (f": {verbo}" if verbo else "")


def _escrito(campo, valor) -> str:
    if campo.choices:
        valor = dict(campo.flatchoices).get(valor, valor)
    elif campo.is_relation and valor is not None:
        valor = campo.related_model._base_manager.filter(pk=valor).first() or "(ya no existe)"
    return legible.texto(valor)
