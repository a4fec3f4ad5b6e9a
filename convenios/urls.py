from django.urls import path

from . import views

app_name = "convenios"
urlpatterns = [
    path("avances/cuadricula/", views.VistaCuadricula.as_view(), name="actualizacion_matriz"),
    path("avances/cuadricula/guardar/", views.GuardarCuadricula.as_view(), name="actualizacion_matriz_guardar"),
    *views.ActualizacionPaginas.urls(app_name, prefijo="avances/"),
    *views.TipoInstrumentoPaginas.urls(app_name, prefijo="tipos/"),
    path("<int:pk>/etapa/", views.CambiarEtapa.as_view(), name="convenio_etapa"),
    *views.ConvenioPaginas.urls(app_name),
]
