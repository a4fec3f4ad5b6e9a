from .views import EnvioPaginas

app_name = "migrantes"
urlpatterns = EnvioPaginas.urls(app_name, prefijo="envios/")
