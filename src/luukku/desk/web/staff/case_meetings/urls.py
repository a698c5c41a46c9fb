"""Addresses of case meetings."""

from django.urls import path

from luukku.desk.web.staff.case_meetings import acts, company, front, items, show

urlpatterns = [
    path("", front.show, name="case_meetings"),
    path("uusi/<str:owner>/", front.make, name="new_series"),
    path("sarja/<int:pk>/", front.one, name="meeting_series"),
    path("sarja/<int:pk>/muuta", front.change, name="meeting_series_change"),
    path("sarja/<int:pk>/kohdat", front.points, name="meeting_series_points"),
    path("sarja/<int:pk>/lopeta", front.end, name="meeting_series_end"),
    path("sarja/<int:pk>/lisaa", front.add_party, name="meeting_party_add"),
    path("sarja/<int:pk>/<int:party>/vaki", front.people, name="meeting_people"),
    path("sarja/<int:pk>/<int:party>/poista", front.remove_party, name="meeting_party_remove"),
    path("askel/<int:pk>/tehty", front.step_done, name="meeting_step_done"),
    path("<int:pk>/", show.show, name="case_meeting"),
    path("<int:pk>/yritys", company.bring, name="company_to_meeting"),
    path("<int:pk>/muistio", show.memo, name="case_meeting_memo"),
    path("<int:pk>/aloita", acts.begin, name="case_meeting_begin"),
    path("<int:pk>/paikalla", acts.present, name="case_meeting_present"),
    path("<int:pk>/paata", acts.close, name="case_meeting_close"),
    path("<int:pk>/siirra", acts.move, name="case_meeting_move"),
    path("<int:pk>/peru", acts.call_off, name="case_meeting_call_off"),
    path("<int:pk>/vetaja", acts.lead, name="case_meeting_lead"),
    path("<int:pk>/kohta/<int:point>", acts.point, name="case_meeting_point"),
    path("<int:pk>/asia/<int:item>/kirjaa", items.write, name="meeting_item_write"),
    path("<int:pk>/asia/<int:item>/askel", items.step, name="meeting_item_step"),
    path("<int:pk>/asia/<int:item>/seuraavaan", items.postpone, name="meeting_item_postpone"),
    path("<int:pk>/asia/<int:item>/ylos", items.up, name="meeting_item_up"),
    path("<int:pk>/asia/<int:item>/pois", items.remove, name="meeting_item_remove"),
    path("<int:pk>/asia/<int:item>/suostumus", items.ask, name="meeting_consent_ask"),
]
