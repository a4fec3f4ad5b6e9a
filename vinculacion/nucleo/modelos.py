"""Base de los registros: candado optimista y sellos de tiempo."""

from typing import Any

from django.db import models


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
