from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luukku.desk.web.door.urls")),
    path("", include("luukku.desk.web.staff.urls")),
    path("", include("luukku.desk.web.lead.urls")),
    path("", include("luukku.desk.web.shepherd.urls")),
]
