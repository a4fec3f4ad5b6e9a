"""La cuenta de cada quien: de allauth se montan sólo las páginas que este sistema ofrece.

Lo demás (alta libre, cambio de correo, entrada por código) no tiene ruta. allauth
busca por nombre ``account_*`` y ``mfa_*``: por eso van sin espacio de nombres.
"""

from allauth.account import views as cuenta
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codigos
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("entrar/", cuenta.login, name="account_login"),
    path("salir/", cuenta.logout, name="account_logout"),
    path("inactiva/", cuenta.account_inactive, name="account_inactive"),
    path("confirmar/", cuenta.reauthenticate, name="account_reauthenticate"),
    path("contrasena/cambiar/", cuenta.password_change, name="account_change_password"),
    path("contrasena/poner/", cuenta.password_set, name="account_set_password"),
    path("contrasena/recuperar/", cuenta.password_reset, name="account_reset_password"),
    path("contrasena/recuperar/enviado/", cuenta.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^contrasena/recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        cuenta.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/recuperar/hecho/", cuenta.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("segundo-factor/", factor.index, name="mfa_index"),
    path("segundo-factor/codigo/", factor.authenticate, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-factor/aplicacion/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("segundo-factor/aplicacion/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-factor/recuperacion/", codigos.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("segundo-factor/recuperacion/generar/", codigos.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("segundo-factor/recuperacion/descargar/", codigos.download_recovery_codes, name="mfa_download_recovery_codes"),
]
