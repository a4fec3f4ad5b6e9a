"""Rutas de las metas; las que nombran un plan van antes de las que nombran un registro."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/metas/", views.Metas.as_view(), name="metas"),
    path("<int:pk>/pesos/", views.Pesos.as_view(), name="pesos"),
    path("<int:pk>/metas/<int:trimestre>/abrir/", views.Abrir.as_view(), name="candado_abrir"),
    path("<int:pk>/metas/<int:trimestre>/cerrar/", views.Cerrar.as_view(), name="candado_cerrar"),
    path("acciones/<int:pk>/reprogramar/", views.Reprogramar.as_view(), name="accion_reprogramar"),
    *views.ReprogramacionPaginas.urls("programas", "reprogramaciones/"),
    *views.TextoPaginas.urls("programas", "textos/"),
]
