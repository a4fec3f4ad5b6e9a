from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    *views.PlantillaDeOpinionPaginas.urls("convenios", prefijo="opiniones/plantillas/"),
    path("opiniones/<int:pk>/emitir/", views.Emitir.as_view(), name="opinion_emitir"),
    path("opiniones/<int:pk>/cancelar/", views.Cancelar.as_view(), name="opinion_cancelar"),
    path("opiniones/<int:pk>/generar/", views.VolverAGenerar.as_view(), name="opinion_generar"),
    path("opiniones/<int:pk>/descargar/<str:formato>/", views.Descargar.as_view(), name="opinion_descargar"),
    *views.OpinionPaginas.urls("convenios", prefijo="opiniones/"),
]
