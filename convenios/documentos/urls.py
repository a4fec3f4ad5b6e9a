from .views import DocumentoPaginas

urlpatterns = DocumentoPaginas.urls("convenios", prefijo="documentos/")
