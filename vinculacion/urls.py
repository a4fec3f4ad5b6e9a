"""Rutas del proyecto; cada sala trae las suyas y se nombra aquí por cadena."""

from django.urls import include, path

urlpatterns = [
    path("", include("informes.urls_inicio")),
    path("", include("vinculacion.nucleo.urls")),
    path("cuenta/", include("vinculacion.cuentas.urls_cuenta")),
    path("personas/", include("vinculacion.cuentas.urls")),
    path("directorio/", include("vinculacion.directorio.urls")),
    path("archivo/", include("vinculacion.archivo.urls")),
    path("comision/", include("vinculacion.comision.urls")),
    path("programas/", include("programas.urls")),
    path("convenios/", include("convenios.urls")),
    path("observacion/", include("observacion.urls")),
    path("migrantes/", include("migrantes.urls")),
    path("informes/", include("informes.urls")),
    path("constancia/", include("informes.congelado.urls_publicas")),
]

handler400 = "vinculacion.nucleo.errores.solicitud_incorrecta"
handler403 = "vinculacion.nucleo.errores.sin_permiso"
handler404 = "vinculacion.nucleo.errores.no_encontrada"
handler500 = "vinculacion.nucleo.errores.error_interno"
