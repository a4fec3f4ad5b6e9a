from django.urls import path

from . import views

urlpatterns = [
    *views.AvancePaginas.urls("convenios", prefijo="compromisos/avances/"),
    *views.CompromisoPaginas.urls("convenios", prefijo="compromisos/"),
    path("compromisos/<int:pk>/cancelar/", views.Cancelar.as_view(), name="compromiso_cancelar"),
    path("compromisos/<int:pk>/reactivar/", views.Reactivar.as_view(), name="compromiso_reactivar"),
    path("<int:pk>/compromisos/", views.Capturar.as_view(), name="compromiso_capturar"),
]
