app_name = "convenios"
urlpatterns = []
