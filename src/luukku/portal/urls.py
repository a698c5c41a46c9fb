from django.urls import URLPattern, URLResolver, path

from luukku.portal.web import front, near, pages

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("lupaus/", pages.promise, name="promise"),
    path("tietosuoja/", pages.privacy, name="privacy"),
    path("saavutettavuus/", pages.accessibility, name="accessibility"),
    path("muualla/", pages.elsewhere, name="elsewhere"),
    path("alue/<slug:area>/", front.area, name="area"),
    path("<slug:region>/lahella/", near.near, name="near"),
    path("<slug:region>/lahella/<slug:municipality>/", near.near, name="near_municipality"),
    path("<slug:region>/", front.region, name="region"),
    path("<slug:region>/<slug:organisation>/", front.own_door, name="own_door"),
]
