from .views import AreaPaginas, OrganismoPaginas, ProcesoElectoralPaginas

app_name = "directorio"
urlpatterns = [
    *OrganismoPaginas.urls(app_name, prefijo="organismos/"),
    *AreaPaginas.urls(app_name, prefijo="areas/"),
    *ProcesoElectoralPaginas.urls(app_name, prefijo="procesos/"),
]
