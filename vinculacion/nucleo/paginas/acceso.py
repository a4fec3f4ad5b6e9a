"""Quién puede entrar a una página y adónde se vuelve después."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SIN_PERMISO = "Su papel en el sistema no incluye esta página. Si la necesita para su trabajo, pídala a Administración."


class ConPermiso:
    """Vista que exige ``permiso``; la prueba URL × papel lee ese mismo atributo."""

    permiso: str | None = None

    def dispatch(self, request, *args, **kwargs):
        if self.permiso and not request.user.has_perm(self.permiso):
            raise PermissionDenied(SIN_PERMISO)
        return super().dispatch(request, *args, **kwargs)


def siguiente(request: HttpRequest, por_omision: str) -> str:
    """La dirección de vuelta que pide ``?siguiente=``, sólo si es de este sitio."""
    destino = request.POST.get("siguiente") or request.GET.get("siguiente") or ""
    if destino and url_has_allowed_host_and_scheme(
        destino, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return destino
    return por_omision
