"""Altas, cambios y desbloqueos de personas usuarias."""

from allauth.mfa.models import Authenticator
from axes.utils import reset as axes_reset
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction

from .models import Usuario
from .roles import ADMINISTRACION, AREA


@transaction.atomic
def guardar_usuario(*, usuario: Usuario, papel: str, por: Usuario | None) -> Usuario:
    """Guarda a la persona con su único papel; ``ValidationError`` si dejaría al sistema sin quien lo administre."""
    if papel == AREA and usuario.area is None:
        raise ValidationError({"area": "El papel Área necesita un área: sólo verá lo que le toca."})
    if por is not None and usuario.pk == por.pk and (not usuario.is_active or papel != ADMINISTRACION):
        raise ValidationError("No puede quitarse a sí misma el acceso ni el papel de Administración.")
    if usuario.pk is None:
        usuario.set_unusable_password()
    usuario.version += 1
    usuario._history_user = por
    usuario.full_clean(exclude=["password"])
    usuario.save()
    usuario.groups.set([Group.objects.get(name=papel)])
    return usuario


@transaction.atomic
def quitar_segundo_factor(*, usuario: Usuario) -> bool:
    """Para quien perdió el teléfono y los códigos; ``False`` si no lo tenía activo."""
    borrados, _ = Authenticator.objects.filter(user=usuario).delete()
    return bool(borrados)


def desbloquear(*, usuario: Usuario) -> int:
    """Olvida los intentos fallidos de esa persona; devuelve cuántos registros borró."""
    return axes_reset(username=usuario.username)
