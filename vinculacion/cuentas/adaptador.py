"""Cómo se acomoda allauth a este sistema: sin alta libre, con invitación y con el bloqueo de axes."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from axes.utils import reset


class Adaptador(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_authenticate(self, request, **credentials) -> None:
        """De los intentos con contraseña se encarga axes; el tope de allauth queda para el segundo factor."""

    def send_password_reset_mail(self, user, email, context):
        """Quien nunca ha tenido contraseña recibe una invitación en lugar de «pidió cambiar»."""
        plantilla = "password_reset_key" if user.has_usable_password() else "invitacion"
        return self.send_mail(f"account/email/{plantilla}", email, context)

    def set_password(self, user, password) -> None:
        """Quien acaba de probar que el correo es suyo no sigue esperando a que se le pase el bloqueo."""
        super().set_password(user, password)
        reset(username=user.username)


def nombre_intentado(request, credenciales: dict | None = None) -> str:
    """El nombre con que axes cuenta los intentos: el mismo si se escribe el usuario, el correo o en mayúsculas."""
    from .models import Usuario

    datos = credenciales or {}
    escrito = str(datos.get("username") or datos.get("email") or request.POST.get("login") or "").strip()
    campo = "email__iexact" if "@" in escrito else "username__iexact"
    nombre = Usuario.objects.filter(**{campo: escrito}).values_list("username", flat=True).first()
    return nombre or escrito.lower()[:255]


def direccion_intentada(request) -> str | None:
    """La dirección de quien intenta, leída igual por axes que por allauth."""
    return get_client_ip(request)
