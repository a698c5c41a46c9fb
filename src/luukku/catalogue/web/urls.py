from django.urls import URLPattern, path

from luukku.catalogue.web import editing, groups, history, making, providers, public, reviews, unmet

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("palvelut/", public.services, name="services"),
    path("palvelut.csv", public.services_table, name="services_table"),
    path("palvelut/<slug:code>/", public.service, name="service"),
    path("palvelut/<slug:code>/julkaise", making.publish, name="publish"),
    path("palvelut/<slug:code>/muokkaa", editing.edit, name="edit"),
    path("palvelut/<slug:code>/sanat", editing.words, name="words"),
    path("palvelut/<slug:code>/sanat/<slug:kind>/<slug:language>", editing.edit_some_words, name="edit_words"),
    path("palvelut/<slug:code>/tarkastettu", editing.reviewed, name="reviewed"),
    path("palvelut/<slug:code>/pois", editing.out_of_use, name="out_of_use"),
    path("palvelut/<slug:code>/kayttoon", editing.back_to_use, name="back_to_use"),
    path("palvelut/<slug:code>/historia", history.history, name="history"),
    path("palvelut/<slug:code>/historia/<int:pk>/palauta", history.restore, name="restore"),
    path("palvelut/<slug:code>/historia/sanat/<int:pk>/palauta", history.undo, name="undo_words"),
    path("palvelut/<slug:code>/tarjoajat", providers.providers, name="providers"),
    path("palvelut/<slug:code>/tarjoajat/uusi", providers.new_provider, name="new_provider"),
    path("palvelut/<slug:code>/tarjoajat/muualta", providers.reach, name="reach"),
    path("palvelut/<slug:code>/tarjoajat/<int:pk>/yhteyshenkilo", providers.contact, name="provider_contact"),
    path("palvelut/<slug:code>/tarjoajat/<int:pk>/ensisijainen", providers.primary, name="primary_provider"),
    path("palvelut/<slug:code>/tarjoajat/<int:pk>/lopeta", providers.stop, name="stop_provider"),
    path("palvelukortit/tarkistettavat", reviews.reviews, name="reviews"),
    path("palvelukortit/uusi", making.new, name="new"),
    path("palveluryhmat/", groups.groups, name="groups"),
    path("palveluryhmat/uusi", groups.new, name="new_group"),
    path("palveluryhmat/<slug:code>/muokkaa", groups.edit, name="edit_group"),
    path("palveluryhmat/<slug:code>/ylos", groups.up, name="group_up"),
    path("palveluryhmat/<slug:code>/alas", groups.down, name="group_down"),
    path("palveluryhmat/<slug:code>/pois", groups.out_of_use, name="group_out_of_use"),
    path("palveluryhmat/<slug:code>/kayttoon", groups.back_to_use, name="group_back_to_use"),
    path("vastausta-vaille/", unmet.unmet_needs, name="unmet_needs"),
]
