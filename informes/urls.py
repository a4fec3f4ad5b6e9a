from django.urls import path

from . import views
from .planeacion import vistas as planeacion
from .verificador import vistas as verificador

app_name = "informes"
urlpatterns = [
    *views.PlantillaPaginas.urls("informes", "plantillas/"),
    *views.ApartadoPaginas.urls("informes", "apartados/"),
    path("apartados/<int:pk>/mover/", views.MoverApartado.as_view(), name="apartado_mover"),
    path("apartados/<int:pk>/previa/", views.VistaPrevia.as_view(), name="apartado_previa"),
    path("apartados/<int:apartado>/secciones/nueva/", views.NuevoUso.as_view(), name="uso_nuevo"),
    path("secciones/<int:pk>/editar/", views.EditarUso.as_view(), name="uso_editar"),
    path("secciones/<int:pk>/mover/", views.MoverUso.as_view(), name="uso_mover"),
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
    path("<int:pk>/verificar/", verificador.Verificar.as_view(), name="informe_verificar"),
    path("<int:pk>/verificar/aceptar/", verificador.Aceptar.as_view(), name="informe_aceptar_hallazgo"),
    path("<int:pk>/verificar/retirar/", verificador.RetirarAceptacion.as_view(), name="informe_retirar_aceptacion"),
    path("<int:pk>/pasar/", views.Pasar.as_view(), name="informe_pasar"),
]
