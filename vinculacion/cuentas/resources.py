"""Hoja de las personas usuarias: nunca contraseñas; quien entra por primera vez la pide por correo."""

from django.core.exceptions import ValidationError

from vinculacion.nucleo import hojas

from . import acciones
from .models import Usuario
from .roles import ROLES


class Correo(hojas.Texto):
    """En minúsculas, como se guarda: si no, repetir la hoja parecería cambiarlo."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value, row, **kwargs).lower()


class UsuarioRecurso(hojas.Recurso):
    clave = "usuarios"
    se_nombra = ("username", "email")
    encabezados = {"username": "Usuario", "is_active": "Puede entrar"}

    email = hojas.Columna(attribute="email", column_name="Correo electrónico", widget=Correo())
    papel = hojas.Columna(
        column_name="Papel", widget=hojas.Opcion([(p, p) for p in ROLES]), virtual=True, obligatoria=True
    )

    class Meta:
        model = Usuario
        import_id_fields = ("username",)
        fields = ("username", "email", "first_name", "last_name", "cargo", "area", "papel", "is_active")

    def consulta(self):
        return Usuario.objects.prefetch_related("groups")

    def dehydrate_papel(self, persona) -> str:
        return next((g.name for g in persona.groups.all() if g.name in ROLES), "")

    def after_init_instance(self, instance, new, row, **kwargs):
        super().after_init_instance(instance, new, row, **kwargs)
        if new:
            instance.set_unusable_password()  # sin ella, la revisión del modelo la reclamaría

    def guardar(self, instancia, por):
        papel = instancia.valores_hoja.get("papel") or (self.dehydrate_papel(instancia) if instancia.pk else "")
        if not papel:
            raise ValidationError("Falta el papel de esta persona en la columna «Papel».")
        acciones.guardar_usuario(usuario=instancia, papel=papel, por=por)
