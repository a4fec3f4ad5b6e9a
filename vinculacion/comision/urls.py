app_name = "comision"
urlpatterns = []
