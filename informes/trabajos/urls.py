from django.urls import path

from . import views

urlpatterns = [
    path("descargas/", views.Lista.as_view(), name="trabajo_lista"),
    path("descargas/<int:pk>/", views.Detalle.as_view(), name="trabajo_detalle"),
    path("descargas/<int:pk>/cancelar/", views.Cancelar.as_view(), name="trabajo_cancelar"),
    path("descargas/<int:pk>/archivo/", views.Recoger.as_view(), name="trabajo_archivo"),
]
