from django.urls import path

from . import views, vistas_asistencia
from .calendario.urls import urlpatterns as calendario
from .cifras.urls import urlpatterns as cifras
from .convocatoria.urls import urlpatterns as convocatoria
from .convocatoria.vistas_orden import QuitarPunto
from .minutas.urls import urlpatterns as minutas
from .sala.urls import urlpatterns as sala
from .seguimiento.urls import urlpatterns as seguimiento

app_name = "comision"
urlpatterns = [
    *views.ComisionPaginas.urls(app_name, prefijo="comisiones/"),
    *views.IntegracionPaginas.urls(app_name, prefijo="integracion/"),
    # Las de un solo formulario van antes: la visibilidad del registro la responde la última declarada.
    *views.EstadoPaginas.urls(app_name, prefijo="sesiones/estado/"),
    *views.SesionPaginas.urls(app_name, prefijo="sesiones/"),
    path("sesiones/<int:pk>/asistencia/", vistas_asistencia.ListaDeSesion.as_view(), name="sesion_asistencia"),
    path("asistencia/", vistas_asistencia.Matriz.as_view(), name="asistencia"),
    path("asistencia/pasar-lista/", vistas_asistencia.ListaDelAnio.as_view(), name="asistencia_editar"),
    *views.AsistenciaPaginas.urls(app_name, prefijo="asistencia/registros/"),
    *views.VotoPaginas.urls(app_name, prefijo="votos/"),
    # Antes que la genérica: suelta lo que el punto presentaba.
    path("puntos/<int:pk>/eliminar/", QuitarPunto.as_view(), name="punto_eliminar"),
    *views.PuntoPaginas.urls(app_name, prefijo="puntos/"),
    path("puntos/<int:pk>/mover/", views.MoverPunto.as_view(), name="punto_mover"),
    *views.AcuerdoPaginas.urls(app_name, prefijo="acuerdos/"),
    *views.TemaPaginas.urls(app_name, prefijo="temas/"),
    *calendario,
    *convocatoria,
    *sala,
    *minutas,
    *seguimiento,
    *cifras,
]
