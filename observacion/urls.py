from django.urls import path

from . import views

app_name = "observacion"
urlpatterns = [
    *views.IntegrantePaginas.urls(app_name, prefijo="red/"),
    path("asistencia/", views.Reuniones.as_view(), name="reuniones"),
    path("asistencia/<int:actividad>/", views.RegistrarAsistencia.as_view(), name="asistencia"),
]
