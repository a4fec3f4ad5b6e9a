app_name = "archivo"
urlpatterns = []
