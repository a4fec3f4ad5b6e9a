from django.urls import path

from . import views
from .acompanamiento.urls import urlpatterns as acompanamiento
from .actos.urls import urlpatterns as actos
from .camino.urls import urlpatterns as camino
from .cifras.urls import urlpatterns as cifras
from .compromisos.urls import urlpatterns as compromisos
from .documentos.urls import urlpatterns as documentos
from .opiniones.urls import urlpatterns as opiniones
from .vigencia.urls import urlpatterns as vigencia

app_name = "convenios"
urlpatterns = [
    *camino,
    *acompanamiento,
    *vigencia,
    *opiniones,
    *documentos,
    *actos,
    *compromisos,
    *cifras,
    path("actualizaciones/cuadricula/", views.VistaCuadricula.as_view(), name="actualizacion_matriz"),
    path("actualizaciones/cuadricula/guardar/", views.GuardarCuadricula.as_view(), name="actualizacion_matriz_guardar"),
    *views.ActualizacionPaginas.urls(app_name, prefijo="actualizaciones/"),
    *views.TipoInstrumentoPaginas.urls(app_name, prefijo="tipos/"),
    path("<int:pk>/etapa/", views.CambiarEtapa.as_view(), name="convenio_etapa"),
    *views.ConvenioPaginas.urls(app_name),
]
