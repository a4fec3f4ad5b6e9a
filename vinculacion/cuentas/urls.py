from django.urls import path

from . import views

app_name = "cuentas"
urlpatterns = [
    *views.UsuarioPaginas.urls("cuentas"),
    path("<int:pk>/invitar/", views.Invitar.as_view(), name="usuario_invitar"),
    path("<int:pk>/desbloquear/", views.Desbloquear.as_view(), name="usuario_desbloquear"),
    path("<int:pk>/quitar-segundo-factor/", views.QuitarFactor.as_view(), name="usuario_quitar_factor"),
]
