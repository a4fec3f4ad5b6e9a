from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    *views.InvitadoPaginas.urls("convenios", prefijo="actos/invitados/"),
    *views.ActoPaginas.urls("convenios", prefijo="actos/"),
    path("actos/<int:pk>/asistencia/", views.Asistencia.as_view(), name="acto_asistencia"),
    path("actos/<int:pk>/cancelar/", views.Cancelar.as_view(), name="acto_cancelar"),
    path("actos/<int:pk>/calendario.ics", views.ActoICS.as_view(), name="acto_ics"),
    path("actos/<int:pk>/invitados.<str:formato>", views.ListaDeInvitados.as_view(), name="acto_invitados"),
]
