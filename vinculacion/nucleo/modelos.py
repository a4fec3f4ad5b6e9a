"""Base de los registros: candado optimista, sellos de tiempo y guardado con quién lo hizo."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from .palabras import enumera


class Registro(models.Model):
    """Todo lo que una persona captura; ``version`` sube en cada guardado y delata ediciones cruzadas."""

    version = models.PositiveIntegerField("versión", default=0, editable=False)
    creado = models.DateTimeField("creado", auto_now_add=True)
    modificado = models.DateTimeField("modificado", auto_now=True)

    # Sólo se declaran: con un valor, simple_history ya no tomaría a la persona de la petición.
    _history_user: Any
    _prefetched_objects_cache: dict[str, Any]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.version += 1
        campos = kwargs.get("update_fields")
        if campos is not None:
            kwargs["update_fields"] = {*campos, "version", "modificado"}
        super().save(*args, **kwargs)

    def unique_error_message(self, model_class, unique_check):
        """Sin el «un/a … este/a» de Django, que no sabe el género de lo que nombra."""
        error = super().unique_error_message(model_class, unique_check)
        campos = [model_class._meta.get_field(nombre) for nombre in unique_check]
        if any(campo.error_messages["unique"] != models.Field.default_error_messages["unique"] for campo in campos):
            return error
        error.message = (
            "Ya lo usa otro registro."
            if len(campos) == 1
            else f"Ya hay otro registro con los mismos datos: {enumera([str(c.verbose_name) for c in campos])}."
        )
        return error


def firma(registro: models.Model, por, motivo: str = "") -> None:
    """Deja en la historia a quien actúa; sin ``por``, simple_history toma a quien hizo la petición, si la hay."""
    if por is not None:
        registro._history_user = por  # type: ignore[attr-defined]
    if motivo:
        registro._change_reason = motivo[:100]  # type: ignore[attr-defined]


def guarda(registro, por, motivo: str = ""):
    """Revisa y guarda, con quién lo hizo y por qué. ``ValidationError`` con todo lo que no vale."""
    registro.full_clean()
    firma(registro, por, motivo)
    registro.save()
    return registro


def borra(registro: models.Model, por) -> None:
    firma(registro, por)
    registro.delete()


def guarda_con_varias(registro, varias: Mapping[str, Iterable | None], por, motivo: str = ""):
    """Guarda un registro ya revisado y sus relaciones de varios, en un solo renglón de historia.

    simple_history dejaría uno más por cada relación. ``None`` deja la relación como está.
    """
    firma(registro, por, motivo)
    nuevo = registro.pk is None
    if nuevo:
        registro.save()
    registro.skip_history_when_saving = True
    try:
        for campo, valores in varias.items():
            if valores is not None:
                getattr(registro, campo).set(valores)
    finally:
        del registro.skip_history_when_saving
    if not nuevo:
        registro.save()
        return registro
    renglon = registro.history.first()
    for campo in varias:
        historicas = getattr(renglon, campo).model
        nombres = [c.name for c in getattr(registro, campo).through._meta.fields]
        propias = getattr(registro, campo).through.objects.filter(
            **{getattr(registro, campo).source_field_name: registro}
        )
        historicas.objects.bulk_create(
            historicas(history=renglon, **{n: getattr(fila, n) for n in nombres})
            for fila in propias.select_related(getattr(registro, campo).target_field_name)
        )
    return registro
