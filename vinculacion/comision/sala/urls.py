from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("sesiones/<int:pk>/sala/", views.Sala.as_view(), name="sala"),
    path("sesiones/<int:pk>/sala/iniciar/", views.Iniciar.as_view(), name="sala_iniciar"),
    path("sesiones/<int:pk>/sala/terminar/", views.Terminar.as_view(), name="sala_terminar"),
    path("sesiones/<int:pk>/sala/horas/", views.Horas.as_view(), name="sala_horas"),
    path("sesiones/<int:pk>/sala/asistencia/", views.AnotarALasDemas.as_view(), name="sala_demas"),
    path(
        "sesiones/<int:pk>/sala/asistencia/<int:integracion>/",
        views.AnotarAsistencia.as_view(),
        name="sala_asistencia",
    ),
    path("puntos/<int:pk>/resolver/", views.Resolver.as_view(), name="sala_resolver"),
    path("puntos/<int:pk>/nota/", views.Nota.as_view(), name="sala_nota"),
    path("puntos/<int:pk>/acuerdo/", views.TomarAcuerdo.as_view(), name="sala_acuerdo"),
]
