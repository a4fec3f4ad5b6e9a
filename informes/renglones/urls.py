from django.urls import path

from informes.narrativa import vistas as narrativa

from . import views

urlpatterns = [
    path(f"<int:pk>/{pagina}/{camino}", vista.as_view(pagina=pagina), name=f"informe_{pagina}{sufijo}")
    for pagina in views.PAGINAS
    for camino, sufijo, vista in (
        ("", "", views.Ver),
        ("guardar/", "_guardar", views.Guardar),
        ("proponer/", "_proponer", views.Proponer),
    )
] + [
    path("<int:pk>/cifras/", narrativa.CifrasDelInforme.as_view(), name="informe_cifras"),
    path("<int:pk>/cifras/valor/", narrativa.ValorDeUnTexto.as_view(), name="informe_cifras_valor"),
]
