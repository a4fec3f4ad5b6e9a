from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CuentasConfig(AppConfig):
    name = "vinculacion.cuentas"
    label = "cuentas"
    verbose_name = "Cuentas"

    def ready(self) -> None:
        # Los permisos existen cuando la última sala ha migrado: se sincroniza al final de todas.
        from django.apps import apps

        from .roles import sincronizar

        post_migrate.connect(sincronizar, sender=apps.get_app_config("simple_history"))
