from . import views
from .acompanamiento.urls import urlpatterns as acompanamiento
from .actos.urls import urlpatterns as actos
from .actualizaciones.urls import urlpatterns as actualizaciones
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
    *actualizaciones,
    *views.TipoInstrumentoPaginas.urls(app_name, prefijo="tipos/"),
    *views.ConvenioPaginas.urls(app_name),
]
