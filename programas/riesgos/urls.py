from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/riesgos/", views.Matriz.as_view(), name="riesgos"),
    *views.RiesgoPaginas.urls("programas", "riesgos/"),
    *views.TratamientoPaginas.urls("programas", "tratamientos/"),
    *views.SeguimientoPaginas.urls("programas", "seguimientos-de-riesgos/"),
]
