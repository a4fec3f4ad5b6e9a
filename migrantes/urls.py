app_name = "migrantes"
urlpatterns = []
