from django.urls import path

from . import views

urlpatterns = [
    path("cifras/", views.Cifras.as_view(), name="cifras"),
    path("cifras/xlsx/", views.CifrasXlsx.as_view(), name="cifras_xlsx"),
    *views.RegistrosPaginas.urls("convenios", prefijo="cifras/registros/"),
    *views.EstanciasPaginas.urls("convenios", prefijo="cifras/estancias/"),
]
