"""Historia de un registro: quién, cuándo y qué cambió de cada campo."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from vinculacion.nucleo import legible

from .base import visibles

CALLADOS = {"version", "creado", "modificado", "id"}
VERBOS = {"+": "Creó el registro", "~": "Modificó", "-": "Eliminó el registro"}
RENGLONES = 20
BORRADO, AJENO = "(ya no existe)", "(no lo puede ver)"


@dataclass(frozen=True)
class Cambio:
    campo: str
    antes: str
    despues: str


@dataclass
class Paso:
    cuando: datetime
    quien: str
    verbo: str
    motivo: str = ""
    cambios: list[Cambio] = field(default_factory=list)


def pasos(objeto: models.Model, usuario, tope: int = RENGLONES) -> list[Paso]:
    """Lo más reciente primero. Las llaves foráneas se leen de un golpe por campo; no se nombra lo que ``usuario`` no ve."""
    if not hasattr(objeto, "history"):
        return []
    renglones = list(objeto.history.select_related("history_user")[: tope + 1])
    campos = [c for c in objeto._meta.concrete_fields if c.name not in CALLADOS and not c.primary_key]
    if renglones:
        seguidos = {c.name for c in renglones[0]._meta.concrete_fields}
        campos = [c for c in campos if c.name in seguidos]
    nombres = {
        c.name: _nombres(c, {getattr(r, c.attname) for r in renglones}, usuario) for c in campos if c.is_relation
    }
    varias = _varias(renglones, usuario)
    historia = []
    for nuevo, viejo in zip(renglones, [*renglones[1:], None], strict=False):
        paso = Paso(
            nuevo.history_date,
            str(nuevo.history_user) if nuevo.history_user else "El sistema",
            VERBOS.get(nuevo.history_type, "Cambió"),
            nuevo.history_change_reason or "",
        )
        if nuevo.history_type == "~" and viejo is not None:
            for campo in campos:
                antes, despues = getattr(viejo, campo.attname), getattr(nuevo, campo.attname)
                if antes != despues:
                    paso.cambios.append(
                        Cambio(
                            str(campo.verbose_name),
                            _legible(campo, antes, nombres),
                            _legible(campo, despues, nombres),
                        )
                    )
            for rotulo, por_renglon in varias:
                antes, despues = por_renglon.get(viejo.pk, ""), por_renglon.get(nuevo.pk, "")
                if antes != despues:
                    paso.cambios.append(Cambio(rotulo, legible.texto(antes), legible.texto(despues)))
        historia.append(paso)
    return historia[:tope]


def _nombres(campo: models.Field, claves: set, usuario) -> dict[Any, str]:
    claves = claves - {None}
    if not claves:
        return {}
    hallados = {o.pk: str(o) for o in campo.related_model._base_manager.filter(pk__in=claves)}
    suyos = visibles(usuario, campo.related_model, hallados)
    return {pk: nombre if pk in suyos else AJENO for pk, nombre in hallados.items()}


def _varias(renglones: list, usuario) -> list[tuple[str, dict[Any, str]]]:
    """De cada relación de varios que se sigue: su rótulo y, por renglón de historia, los nombres que tenía."""
    resultado = []
    for campo in getattr(renglones[0], "_history_m2m_fields", ()) if renglones else ():
        historicas = getattr(renglones[0], campo.name).model
        pares = list(
            historicas._default_manager.filter(history__in=renglones).values_list(
                "history_id", f"{campo.m2m_reverse_field_name()}_id"
            )
        )
        nombres = _nombres(campo, {pk for _, pk in pares}, usuario)
        por_renglon: dict[Any, list[str]] = {}
        for renglon, pk in pares:
            por_renglon.setdefault(renglon, []).append(nombres.get(pk, BORRADO))
        resultado.append((str(campo.verbose_name), {r: ", ".join(sorted(n)) for r, n in por_renglon.items()}))
    return resultado


def _legible(campo: models.Field, valor: Any, nombres: dict[str, dict]) -> str:
    if campo.is_relation and valor is not None:
        return nombres[campo.name].get(valor, BORRADO)
    if campo.choices:
        return legible.texto(dict(campo.flatchoices).get(valor, valor))
    return legible.texto(valor)
