from django.urls import path

from . import views, vistas_de_apuntado, vistas_de_hojas, vistas_de_piezas

urlpatterns = [
    *views.ApartadoPaginas.urls("informes", "apartados/"),
    *vistas_de_hojas.UsoPaginas.urls("informes", "secciones/"),
    path("apartados/<int:pk>/mover/", views.MoverApartado.as_view(), name="apartado_mover"),
    path("apartados/<int:pk>/llevar/", views.Llevar.as_view(), name="apartado_llevar"),
    path("apartados/<int:pk>/previa/", views.VistaPrevia.as_view(), name="apartado_previa"),
    path("apartados/<int:apartado>/secciones/nueva/", vistas_de_piezas.NuevoUso.as_view(), name="uso_nuevo"),
    path("secciones/<int:pk>/editar/", vistas_de_piezas.EditarUso.as_view(), name="uso_editar"),
    path("secciones/<int:pk>/mover/", vistas_de_piezas.MoverUso.as_view(), name="uso_mover"),
    path("apartados/<int:apartado>/imagenes/nueva/", vistas_de_piezas.NuevaImagen.as_view(), name="imagen_nueva"),
    path("imagenes/<int:pk>/", vistas_de_piezas.VerImagen.as_view(), name="imagen_ver"),
    path("imagenes/<int:pk>/editar/", vistas_de_piezas.EditarImagen.as_view(), name="imagen_editar"),
    path("imagenes/<int:pk>/mover/", vistas_de_piezas.MoverImagen.as_view(), name="imagen_mover"),
    path(
        "<int:pk>/hojas/<slug:hoja>/<slug:formato>/",
        vistas_de_hojas.HojaDelDocumento.as_view(),
        {"modelo": "informe"},
        name="informe_hoja",
    ),
    path(
        "plantillas/<int:pk>/hojas/<slug:hoja>/<slug:formato>/",
        vistas_de_hojas.HojaDelDocumento.as_view(),
        {"modelo": "plantilla"},
        name="plantilla_hoja",
    ),
    path("<int:pk>/traer/", views.Traer.as_view(), {"modelo": "informe"}, name="informe_traer"),
    path("plantillas/<int:pk>/traer/", views.Traer.as_view(), {"modelo": "plantilla"}, name="plantilla_traer"),
    path("<int:pk>/apuntar/", vistas_de_apuntado.Apuntar.as_view(), {"modelo": "informe"}, name="informe_apuntar"),
    path(
        "plantillas/<int:pk>/apuntar/",
        vistas_de_apuntado.Apuntar.as_view(),
        {"modelo": "plantilla"},
        name="plantilla_apuntar",
    ),
]
