app_name = "observacion"
urlpatterns = []
