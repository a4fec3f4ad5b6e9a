import django_tables2 as tables

from .models import Usuario


class UsuarioTabla(tables.Table):
    username = tables.Column(linkify=True, verbose_name="Usuario")
    nombre = tables.Column(accessor="get_full_name", order_by=("first_name", "last_name"), verbose_name="Nombre")
    papel = tables.Column(accessor="grupos_escritos", orderable=False, verbose_name="Papel")
    area = tables.Column(accessor="area__corto", order_by="area__nombre", verbose_name="Área")
    is_active = tables.BooleanColumn(verbose_name="Puede entrar", yesno="Sí,No")

    class Meta:
        model = Usuario
        fields = ("username", "nombre", "email", "papel", "area", "is_active", "last_login")
