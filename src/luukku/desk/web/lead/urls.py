"""Addresses of those who see that promises are kept: desk leads and coordinators."""

from django.urls import path

from luukku.desk.web.lead import desk, routing, texts, warnings

urlpatterns = [
    path("myohassa/<slug:code>/varoitukset", warnings.times, name="warning_times"),
    path("tiskini/", desk.show, name="desk_load"),
    path("tiskini/anna", desk.give, name="give_many"),
    path("tiskini/tekstit/", texts.show, name="ready_texts"),
    path("tiskini/tekstit/uusi", texts.new, name="new_text"),
    path("tiskini/tekstit/<int:pk>/", texts.edit, name="edit_text"),
    path("tiskini/tekstit/<int:pk>/poista", texts.remove, name="remove_text"),
    path("ohjaus/", routing.start, name="rules"),
    path("ohjaus/luonnos", routing.draft, name="draft_rules"),
    path("ohjaus/luonnos/<int:pk>/saanto", routing.add, name="add_rule"),
    path("ohjaus/luonnos/<int:pk>/kayttoon", routing.use, name="use_rules"),
    path("ohjaus/luonnos/<int:pk>/hylkaa", routing.throw_away, name="discard_rules"),
    path("ohjaus/saanto/<int:pk>", routing.change, name="change_rule"),
    path("ohjaus/saanto/<int:pk>/siirra", routing.move, name="move_rule"),
    path("ohjaus/tiski/<int:pk>/", routing.of_desk, name="desk_rules"),
    path("ohjaus/tiski/<int:pk>/vuorot", routing.rota, name="rota"),
    path("ohjaus/seutu/<slug:code>/", routing.of_region, name="region_rules"),
]
