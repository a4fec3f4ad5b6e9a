from programas.avance.urls import urlpatterns as avance
from programas.bitacora.urls import urlpatterns as bitacora
from programas.diagnostico.urls import urlpatterns as diagnostico
from programas.metas.urls import urlpatterns as metas
from programas.mir.urls import urlpatterns as mir
from programas.planes.urls import urlpatterns as planes
from programas.riesgos.urls import urlpatterns as riesgos

app_name = "programas"
urlpatterns = [*planes, *bitacora, *metas, *diagnostico, *mir, *riesgos, *avance]
