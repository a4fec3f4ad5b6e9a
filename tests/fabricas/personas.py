"""Personas de prueba con los permisos que se nombren."""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

_numero = count(1)


def persona(*permisos: str, **datos):
    """``persona("directorio.view_organismo")``; sin permisos, alguien que sólo puede entrar."""
    n = next(_numero)
    datos = {"username": f"persona{n}", "email": f"persona{n}@iecm.example", **datos}
    usuario = get_user_model().objects.create_user(password="una-clave-de-prueba", **datos)
    for permiso in permisos:
        sala, nombre = permiso.split(".")
        usuario.user_permissions.add(Permission.objects.get(content_type__app_label=sala, codename=nombre))
    return usuario


def de_todo(modelo: str, **datos):
    """Ver, agregar, cambiar y eliminar un modelo: ``de_todo("directorio.organismo")``."""
    sala, nombre = modelo.split(".")
    return persona(*(f"{sala}.{verbo}_{nombre}" for verbo in ("view", "add", "change", "delete")), **datos)
