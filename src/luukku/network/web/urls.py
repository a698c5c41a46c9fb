"""Addresses of the network's screens: what the public sees under Finnish words, the staff's under `verkosto/`."""

from django.urls import include, path

from luukku.network.web import (
    absences,
    areas,
    desks,
    houses,
    municipalities,
    organisation_types,
    organisations,
    people,
    photos,
    public,
    region_life,
    regions,
    representing,
    signins,
)

app_name = "network"

_organisations = [
    path("", organisations.organisations, name="organisations"),
    path("uusi", organisations.new_organisation, name="new-organisation"),
    path("<slug:code>/", organisations.organisation, name="organisation"),
    path("<slug:code>/muuta", organisations.edit, name="edit-organisation"),
    path("<slug:code>/historia", organisations.history, name="organisation-history"),
    path("<slug:code>/poista-kaytosta", organisations.deactivate, name="deactivate-organisation"),
    path("<slug:code>/palauta", organisations.reactivate, name="reactivate-organisation"),
    path("<slug:code>/seudut/uusi", organisations.join, name="join-region"),
    path("<slug:code>/seudut/<slug:region>/poistu", organisations.leave, name="leave-region"),
    path("<slug:code>/edustaja", representing.new, name="new-representative"),
    path("<slug:code>/tiskit/uusi", desks.new_desk, name="new-desk"),
    path("<slug:code>/toimipaikat/uusi", desks.new_premises, name="new-premises"),
    path("<slug:code>/ihmiset/uusi", people.new_in_organisation, name="new-person"),
]
_desks = [
    path("<int:pk>/muuta", desks.desk, name="edit-desk"),
    path("<int:pk>/ajat", desks.desk_hours, name="desk-hours"),
    path("<int:pk>/etutiski", desks.front, name="front-desk"),
    path("<int:pk>/sulje", desks.close, name="close-desk"),
]
_people = [
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/muuta", people.edit, name="edit-person"),
    path("<int:pk>/poissaolot/uusi", absences.new, name="new-absence"),
    path("poissaolot/<int:pk>", absences.change, name="change-absence"),
    path("poissaolot/<int:pk>/peru", absences.end, name="end-absence"),
    path("<int:pk>/kuva", photos.change, name="person-photo"),
    path("<int:pk>/kuva/poista", photos.remove, name="remove-photo"),
    path("<int:pk>/historia", people.history, name="person-history"),
    path("<int:pk>/julkaise", people.publish, name="publish-person"),
    path("<int:pk>/kirjautuminen", people.sign_in, name="allow-sign-in"),
    path("<int:pk>/poista-kaytosta", people.deactivate, name="deactivate-person"),
    path("<int:pk>/palauta", people.reactivate, name="reactivate-person"),
    path("<int:pk>/paikat/uusi", people.new_seat, name="new-seat"),
]
_regions = [
    path("", regions.regions, name="regions"),
    path("uusi", region_life.new, name="new-region"),
    path("<slug:code>/", regions.region, name="region"),
    path("<slug:code>/nimi", region_life.rename, name="rename-region"),
    path("<slug:code>/alue", region_life.move, name="move-region"),
    path("<slug:code>/paata", region_life.end, name="end-region"),
    path("<slug:code>/palauta", region_life.reopen, name="reopen-region"),
    path("<slug:code>/muuta", regions.edit, name="edit-region"),
    path("<slug:code>/kunnat", regions.municipalities, name="region-municipalities"),
    path("<slug:code>/ajat", desks.region_hours, name="region-hours"),
    path("<slug:code>/historia", regions.history, name="region-history"),
    path("<slug:code>/luukku", regions.door, name="region-door"),
    path("<slug:code>/ihmiset/uusi", people.new_in_region, name="new-person-in-region"),
]
_areas = [
    path("", areas.areas, name="areas"),
    path("uusi", areas.new, name="new-area"),
    path("<slug:code>/", areas.area, name="area"),
    path("<slug:code>/nimi", areas.rename, name="rename-area"),
    path("<slug:code>/paata", areas.end, name="end-area"),
    path("<slug:code>/palauta", areas.reopen, name="reopen-area"),
    path("<slug:code>/historia", areas.history, name="area-history"),
]
_municipalities = [
    path("", municipalities.municipalities, name="municipalities"),
    path("uusi", municipalities.new, name="new-municipality"),
    path("<int:pk>/", municipalities.municipality, name="municipality"),
    path("<int:pk>/muuta", municipalities.edit, name="edit-municipality"),
    path("<int:pk>/siirra", municipalities.move, name="move-municipality"),
    path("<int:pk>/liita", municipalities.merge, name="merge-municipality"),
    path("<int:pk>/palauta", municipalities.reopen, name="reopen-municipality"),
    path("<int:pk>/peru", municipalities.cancel, name="cancel-plan"),
    path("<int:pk>/historia", municipalities.history, name="municipality-history"),
]
_organisation_types = [
    path("", organisation_types.organisation_types, name="organisation-types"),
    path("uusi", organisation_types.new, name="new-organisation-type"),
    path("historia", organisation_types.history, name="organisation-types-history"),
    path("<int:pk>/muuta", organisation_types.edit, name="edit-organisation-type"),
    path("<int:pk>/kaytto", organisation_types.use, name="use-organisation-type"),
]
_sign_ins = [
    path("", signins.sign_ins, name="sign-ins"),
    path("<int:pk>/", signins.sign_in, name="sign-in"),
    path("<int:pk>/sulje", signins.close, name="close-sign-in"),
    path("<int:pk>/avaa", signins.open_again, name="open-sign-in"),
    path("<int:pk>/nollaa", signins.reset, name="reset-second-step"),
    path("<int:pk>/ulos", signins.sign_out, name="sign-out-everywhere"),
]
urlpatterns = [
    path("ihmiset/", public.people, name="people"),
    path("ihmiset/kuvat/<int:pk>-<slug:version>.jpg", photos.photo, name="photo"),
    path("luukun-takana/", public.hatch, name="hatch"),
    path("verkosto/organisaatiot/", include(_organisations)),
    path("verkosto/tiskit/", include(_desks)),
    path("verkosto/ihmiset/", include(_people)),
    path("verkosto/seudut/", include(_regions)),
    path("verkosto/alueet/", include(_areas)),
    path("verkosto/kunnat/", include(_municipalities)),
    path("verkosto/lajit/", include(_organisation_types)),
    path("verkosto/kirjautumiset/", include(_sign_ins)),
    path("verkosto/paikat/<int:pk>/paata", people.take_seat, name="end-seat"),
    path("verkosto/edustukset/<int:pk>/paata", representing.end, name="end-representation"),
    path("paikalla/", houses.presence, name="presence"),
    path("paikalla/peru", houses.forget, name="forget-presence"),
    path("verkosto/toimipaikat/<int:pk>/", houses.house, name="house"),
    path("verkosto/toimipaikat/<int:pk>/organisaatio", houses.join, name="join-house"),
    path("verkosto/toimipaikat/<int:pk>/<slug:code>/ihminen", houses.seat, name="sit-in-house"),
    path("verkosto/toimipaikat/<int:pk>/<slug:code>/poistu", houses.leave, name="leave-house"),
    path("verkosto/talopaikat/<int:pk>/", houses.place, name="house-place"),
    path("verkosto/talopaikat/<int:pk>/poista", houses.leave_room, name="leave-house-place"),
    path("verkosto/toimipaikat/<int:pk>/muuta", desks.premises, name="edit-premises"),
    path("verkosto/toimipaikat/<int:pk>/avaa", desks.return_to_premises, name="reopen-premises"),
    path("verkosto/toimipaikat/<int:pk>/sulje", desks.leave_premises, name="close-premises"),
    path("verkosto/sulkupaivat/<int:pk>/poista", desks.remove_day, name="remove-closing-day"),
]
