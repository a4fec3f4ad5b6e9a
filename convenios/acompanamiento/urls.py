from django.urls import path

from . import views

urlpatterns = [
    # Antes que las páginas del convenio: la visibilidad de un registro la responde la última declarada.
    *views.AcompanamientoPaginas.urls("convenios", prefijo="acompanamiento/"),
    *views.PasoPendientePaginas.urls("convenios", prefijo="pasos/"),
    path("pasos/<int:pk>/hecho/", views.MarcarHecho.as_view(), name="pasopendiente_hecho"),
    path("pasos/<int:pk>/reabrir/", views.Reabrir.as_view(), name="pasopendiente_reabrir"),
]
