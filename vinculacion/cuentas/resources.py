"""Hoja de las personas usuarias: nunca contraseñas; quien entra por primera vez la pide por correo."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from vinculacion.nucleo import hojas

from .models import Usuario
from .roles import ROLES


class UsuarioRecurso(hojas.Recurso):
    clave = "usuarios"
    se_nombra = ("username", "email")
    encabezados = {"is_active": "Activa", "username": "Usuario"}

    groups = hojas.Columna(
        column_name="Papeles",
        widget=hojas.VariasPorNombre(Group, campos=("name",), consulta=lambda: Group.objects.filter(name__in=ROLES)),
        ayuda="Los papeles del sistema, separados por punto y coma.",
    )

    class Meta:
        model = Usuario
        import_id_fields = ("username",)
        fields = ("username", "email", "first_name", "last_name", "cargo", "area", "groups", "is_active")

    def after_init_instance(self, instance, new, row, **kwargs):
        super().after_init_instance(instance, new, row, **kwargs)
        if new:
            instance.set_unusable_password()

    def guardar(self, instancia, por):
        # Una hoja no puede dejar fuera del sistema a quien la sube.
        if por is not None and instancia.pk == por.pk and not instancia.is_active:
            raise ValidationError({"is_active": "No puede desactivarse a sí misma."})
        instancia.save()
