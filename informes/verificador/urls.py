from django.urls import path

from . import texto_ajeno, vistas

urlpatterns = [
    path("verificar-texto/", texto_ajeno.VerificarTexto.as_view(), name="verificar_texto"),
    path("<int:pk>/verificar/", vistas.Verificar.as_view(), name="informe_verificar"),
    path("<int:pk>/verificar/aceptar/", vistas.Aceptar.as_view(), name="informe_aceptar_hallazgo"),
    path("<int:pk>/verificar/aceptar-todos/", vistas.AceptarTodos.as_view(), name="informe_aceptar_todos"),
    path("<int:pk>/verificar/retirar/", vistas.RetirarAceptacion.as_view(), name="informe_retirar_aceptacion"),
]
