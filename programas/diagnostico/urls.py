from django.urls import path

from . import urls_arbol, views

urlpatterns = [
    *urls_arbol.urlpatterns,
    path("<int:pk>/diagnostico/", views.Diagnostico.as_view(), name="diagnostico"),
    path("<int:pk>/diagnostico/poblacion/", views.Poblacion.as_view(), name="poblacion"),
    *views.InvolucramientoPaginas.urls("programas", "poblacion/"),
    *views.AlternativaPaginas.urls("programas", "alternativas/"),
]
