"""Quién tiene abierto el editor de un apartado. Es un aviso: no impide escribir, y la señal vieja se da por ida."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Apartado, Edicion, Informe, Plantilla

VIGENCIA = timedelta(seconds=60)  # la página da señal cada veinte: con dos perdidas sigue viva


@transaction.atomic
def anunciar(*, apartado: Apartado, por) -> list[Edicion]:
    """Deja la señal de ``por`` y devuelve quién más lo tiene abierto."""
    ahora = timezone.now()
    Edicion.objects.filter(apartado=apartado, visto__lt=ahora - VIGENCIA).delete()
    Edicion.objects.update_or_create(apartado=apartado, usuario=por, defaults={"visto": ahora})
    return list(vigentes().filter(apartado=apartado).exclude(usuario=por))


def soltar(*, apartado: Apartado, por) -> None:
    Edicion.objects.filter(apartado=apartado, usuario=por).delete()


def vigentes() -> QuerySet[Edicion]:
    return (
        Edicion.objects.filter(visto__gte=timezone.now() - VIGENCIA).select_related("usuario").order_by("desde", "pk")
    )


def abiertos_en(documento: Informe | Plantilla, usuario) -> dict[int, str]:
    """Por apartado, quién lo tiene abierto: una consulta para todo el árbol."""
    suyas = vigentes().filter(**{f"apartado__{documento._meta.model_name}": documento}).exclude(usuario=usuario)
    por_apartado: dict[int, list[Edicion]] = {}
    for edicion in suyas:
        por_apartado.setdefault(edicion.apartado_id, []).append(edicion)
    return {clave: dicho(ediciones) for clave, ediciones in por_apartado.items()}


def dicho(ediciones: list[Edicion]) -> str:
    """«Titular de la unidad lo tiene abierto desde las 10:40 h»."""
    nombres = [f"{e.usuario.cargo or e.usuario} desde las {timezone.localtime(e.desde):%H:%M} h" for e in ediciones]
    if len(nombres) == 1:
        nombre, _, desde = nombres[0].rpartition(" desde ")
        return f"{nombre} lo tiene abierto desde {desde}"
    return f"Lo tienen abierto {', '.join(nombres[:-1])} y {nombres[-1]}"


def cambio_ajeno(apartado: Apartado, version: str, usuario) -> str:
    """Quién guardó después de que esta persona abrió el editor; vacío si nadie."""
    if not version.isdecimal() or str(apartado.version) == version:
        return ""
    ultimo = apartado.history.select_related("history_user").first()
    if ultimo is None or ultimo.history_user is None:
        return "Otra persona"
    return (
        "Usted, en otra ventana,"
        if ultimo.history_user == usuario
        else ultimo.history_user.cargo or str(ultimo.history_user)
    )
