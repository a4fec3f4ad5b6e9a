"""Los renglones hijos que llegan con el formulario de su padre."""

import re

from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict


def enlazar(
    clase: type[BaseInlineFormSet], prefijo: str, padre: models.Model, datos: QueryDict, archivos
) -> BaseInlineFormSet:
    """El formset con lo enviado. Un renglón que otra persona borró entre tanto vuelve como nuevo."""
    llave = clase.model._meta.pk.name
    vivos = set()
    if padre.pk:
        # Sólo los de este padre: la clave ajena viene en el formulario y no se le cree.
        vivos = {
            str(pk) for pk in clase.model._base_manager.filter(**{clase.fk.name: padre}).values_list("pk", flat=True)
        }
    enviados = {v for k, v in datos.items() if re.fullmatch(rf"{re.escape(prefijo)}-\d+-{llave}", k) and v}
    if enviados - vivos:
        datos = _reacomoda(datos, prefijo, llave, vivos)
    return clase(datos, archivos, instance=padre, prefix=prefijo)


def _reacomoda(datos: QueryDict, prefijo: str, llave: str, vivos: set[str]) -> QueryDict:
    """Primero los renglones que existen, después los nuevos: así los espera un formset."""
    renglones: dict[int, dict[str, list[str]]] = {}
    forma = re.compile(rf"{re.escape(prefijo)}-(\d+)-(.+)")
    nuevos = datos.copy()
    for nombre in list(nuevos):
        if hallado := forma.fullmatch(nombre):
            renglones.setdefault(int(hallado[1]), {})[hallado[2]] = nuevos.pop(nombre)
    for renglon in renglones.values():
        if renglon.get(llave, [""])[0] not in vivos:
            renglon[llave] = [""]
    orden = sorted(renglones, key=lambda n: (renglones[n][llave] == [""], n))
    for indice, numero in enumerate(orden):
        for campo, valores in renglones[numero].items():
            nuevos.setlist(f"{prefijo}-{indice}-{campo}", valores)
    nuevos[f"{prefijo}-TOTAL_FORMS"] = str(len(orden))
    nuevos[f"{prefijo}-INITIAL_FORMS"] = str(sum(1 for r in renglones.values() if r[llave] != [""]))
    return nuevos
