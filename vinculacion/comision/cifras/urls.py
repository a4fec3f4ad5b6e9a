from django.urls import path

from . import views

urlpatterns = [
    path("cifras/", views.Cifras.as_view(), name="cifras"),
    path("cifras/xlsx/", views.CifrasXlsx.as_view(), name="cifras_xlsx"),
]
