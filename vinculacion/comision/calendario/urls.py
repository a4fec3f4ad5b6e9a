from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("calendario/", views.Calendario.as_view(), name="calendario"),
    path("calendario/pdf/", views.CalendarioPDF.as_view(), name="calendario_pdf"),
    path("calendario/capturar/", views.Capturar.as_view(), name="calendario_capturar"),
    path("calendario/mio/", views.MiCalendario.as_view(), name="mi_calendario"),
    path("calendario/<str:secreto>.ics", views.Suscripcion.as_view(), name="calendario_ics"),
    path("sesiones/<int:pk>/calendario.ics", views.SesionICS.as_view(), name="sesion_ics"),
]
