from django.urls import URLPattern, path

from luukku.catalogue.web import editing, public, unmet

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("palvelut/", public.services, name="services"),
    path("palvelut/<slug:code>/", public.service, name="service"),
    path("palvelut/<slug:code>/muokkaa", editing.edit, name="edit"),
    path("palvelut/<slug:code>/sanat", editing.words, name="words"),
    path("palvelut/<slug:code>/sanat/<slug:kind>/<slug:language>", editing.edit_some_words, name="edit_words"),
    path("palvelut/<slug:code>/tarkastettu", editing.reviewed, name="reviewed"),
    path("palvelut/<slug:code>/pois", editing.out_of_use, name="out_of_use"),
    path("palvelut/<slug:code>/kayttoon", editing.back_to_use, name="back_to_use"),
    path("vastausta-vaille/", unmet.unmet_needs, name="unmet_needs"),
]
