app_name = "programas"
urlpatterns = []
