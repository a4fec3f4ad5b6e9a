from django.urls import path

from . import views
from .congelado.urls import urlpatterns as congelado
from .estructura.urls import urlpatterns as estructura
from .identidades.urls import urlpatterns as identidades
from .planeacion import vistas as planeacion
from .renglones.urls import urlpatterns as renglones
from .revision.urls import urlpatterns as revision
from .trabajos.urls import urlpatterns as trabajos
from .verificador.urls import urlpatterns as verificador

app_name = "informes"
urlpatterns = [
    *estructura,
    *renglones,
    *revision,
    *congelado,
    *trabajos,
    *identidades,
    *verificador,
    *views.PlantillaPaginas.urls("informes", "plantillas/"),
    path("programas/<int:pk>/", planeacion.VerDocumento.as_view(), name="programa_documento"),
    path(
        "programas/<int:pk>/descargar/<slug:formato>/",
        planeacion.DescargarDocumento.as_view(),
        name="programa_descargar",
    ),
    path("programas/<int:pk>/copiar/", planeacion.CopiarPrograma.as_view(), name="programa_copiar"),
    *views.InformePaginas.urls("informes"),
    path("<int:pk>/documento/", views.Leer.as_view(), name="informe_documento"),
    path("<int:pk>/descargar/<slug:formato>/", views.Descargar.as_view(), name="informe_descargar"),
]
