from programas.bitacora.urls import urlpatterns as bitacora
from programas.planes.urls import urlpatterns as planes

app_name = "programas"
urlpatterns = [*planes, *bitacora]
