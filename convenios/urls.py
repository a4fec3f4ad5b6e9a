from django.urls import path

from . import views

app_name = "convenios"
urlpatterns = [
    path("actualizaciones/cuadricula/", views.VistaCuadricula.as_view(), name="actualizacion_matriz"),
    path("actualizaciones/cuadricula/guardar/", views.GuardarCuadricula.as_view(), name="actualizacion_matriz_guardar"),
    *views.ActualizacionPaginas.urls(app_name, prefijo="actualizaciones/"),
    *views.TipoInstrumentoPaginas.urls(app_name, prefijo="tipos/"),
    path("<int:pk>/etapa/", views.CambiarEtapa.as_view(), name="convenio_etapa"),
    *views.ConvenioPaginas.urls(app_name),
]
