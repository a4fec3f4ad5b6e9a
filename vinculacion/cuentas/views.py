"""Páginas de personas, sólo para Administración."""

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from vinculacion.nucleo.paginas import Accion, ConPermiso, Paginas

from . import acciones, resources
from .filters import UsuarioFiltro
from .forms import UsuarioForm
from .models import Usuario
from .tables import UsuarioTabla


class UsuarioPaginas(Paginas):
    modelo = Usuario
    tabla = UsuarioTabla
    filtro = UsuarioFiltro
    formulario = UsuarioForm
    recurso = resources.UsuarioRecurso
    femenino = True
    busca = ("username", "first_name", "last_name", "email", "cargo")
    vistas = ("lista", "nuevo", "detalle", "editar", "importar")
    ayuda = "Quién entra al sistema y con qué papel. Nadie se borra: se le quita el acceso."
    detalle = (
        "username",
        ("Nombre", lambda u: u.get_full_name()),
        "email",
        "cargo",
        ("Papel", lambda u: u.grupos_escritos),
        "area",
        ("Puede entrar", lambda u: u.is_active),
        ("Contraseña", lambda u: "Creada" if u.has_usable_password() else "Todavía no la ha creado"),
        ("Segundo factor", is_mfa_enabled),
        ("Última entrada", lambda u: u.last_login),
    )

    def consulta(self, usuario):
        return Usuario.objects.select_related("area").prefetch_related("groups")

    def guardar(self, *, formulario, por):
        return acciones.guardar_usuario(usuario=formulario.instance, papel=formulario.cleaned_data["papel"], por=por)

    def acciones_de(self, objeto, usuario):
        if usuario.has_perm("cuentas.change_usuario"):
            yield Accion(
                "Enviar correo para crear contraseña",
                reverse("cuentas:usuario_invitar", args=[objeto.pk]),
                "btn-outline-primary",
                "post",
            )
            yield Accion(
                "Desbloquear", reverse("cuentas:usuario_desbloquear", args=[objeto.pk]), "btn-outline-primary", "post"
            )
            if is_mfa_enabled(objeto):
                yield Accion(
                    "Quitar el segundo factor",
                    reverse("cuentas:usuario_quitar_factor", args=[objeto.pk]),
                    "btn-outline-danger",
                    "post",
                )


class SobrePersona(ConPermiso, View):
    permiso = "cuentas.change_usuario"
    http_method_names = ["post"]

    def post(self, request, pk):
        persona = get_object_or_404(Usuario, pk=pk)
        self.hacer(request, persona)
        return HttpResponseRedirect(persona.get_absolute_url())


class Invitar(SobrePersona):
    """Manda el mismo correo que «Olvidé mi contraseña»."""

    def hacer(self, request, persona):
        if not persona.is_active:
            messages.error(request, "Esa persona no tiene permitido entrar: actívela antes de invitarla.")
            return
        formulario = ResetPasswordForm({"email": persona.email})
        if formulario.is_valid():
            formulario.save(request)
            messages.success(request, f"Se envió a {persona.email} el correo para crear su contraseña.")
        else:
            messages.error(request, "No se pudo enviar: revise el correo electrónico de la persona.")


class Desbloquear(SobrePersona):
    def hacer(self, request, persona):
        borrados = acciones.desbloquear(usuario=persona)
        messages.success(
            request,
            "Ya puede volver a intentar entrar." if borrados else "No tenía intentos fallidos que la bloquearan.",
        )


class QuitarFactor(SobrePersona):
    """Quien perdió el teléfono y los códigos vuelve a entrar sólo con su contraseña, y puede activarlo de nuevo."""

    def hacer(self, request, persona):
        if acciones.quitar_segundo_factor(usuario=persona):
            messages.success(request, "Se quitó el segundo factor: para entrar le basta su contraseña.")
        else:
            messages.info(request, "No tenía activo el segundo factor.")
