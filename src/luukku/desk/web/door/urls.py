"""Addresses of what the customer sees of the desk. Her pages exist twice: behind her link, and behind her sign-in."""

from django.urls import URLPattern, path

from luukku.desk.web.door import (
    acts,
    booking,
    case_meeting,
    feedback,
    guests,
    handover,
    keeper,
    kiosk,
    mine,
    my_sign_in,
    my_times,
    nation,
    need,
    needed,
    outcome,
    outside,
    status,
    wishes,
)


def _pages(prefix: str, name: str) -> list[URLPattern]:
    return [
        path(prefix, status.status, name=name),
        path(f"{prefix}vastaanotettu/", need.receipt, name=f"{name}_receipt"),
        path(f"{prefix}viesti/", acts.write, name=f"{name}_write"),
        path(f"{prefix}peru/", acts.withdraw, name=f"{name}_withdraw"),
        path(f"{prefix}avaa/", acts.reopen, name=f"{name}_reopen"),
        path(f"{prefix}milloin/", needed.needed, name=f"{name}_needed"),
        path(f"{prefix}kukaan/", acts.nobody, name=f"{name}_nobody"),
        path(f"{prefix}vaihda-linkki/", acts.renew, name=f"{name}_renew"),
        path(f"{prefix}tiedosto/<int:pk>/", status.attachment, name=f"{name}_file"),
        path(f"{prefix}aika/", my_times.pick, name=f"{name}_times"),
        path(f"{prefix}aika/varaa/", my_times.book, name=f"{name}_book"),
        path(f"{prefix}aika/<int:pk>/", my_times.show, name=f"{name}_time"),
        path(f"{prefix}aika/<int:pk>/siirra/", my_times.shift, name=f"{name}_move"),
        path(f"{prefix}aika/<int:pk>/peru/", my_times.take_off, name=f"{name}_cancel"),
        path(f"{prefix}aika/<int:pk>/kalenteri.ics", my_times.calendar, name=f"{name}_calendar"),
        path(f"{prefix}siirto/<int:pk>/", handover.show, name=f"{name}_handover"),
        path(f"{prefix}neuvottelu/<int:pk>/", case_meeting.show, name=f"{name}_meeting"),
        path(f"{prefix}hoitaja/lupa/", keeper.mandate, name=f"{name}_mandate"),
        path(f"{prefix}hoitaja/lopeta/", keeper.end, name=f"{name}_end_keeper"),
        path(f"{prefix}toiveet/", wishes.wishes, name=f"{name}_wishes"),
        path(f"{prefix}kollega/", guests.invite, name=f"{name}_invite"),
        path(f"{prefix}kollega/<int:pk>/loppu/", guests.end, name=f"{name}_end_guest"),
        path(f"{prefix}palaute/", feedback.feedback, name=f"{name}_feedback"),
        path(f"{prefix}mita-seurasi/", outcome.outcome, name=f"{name}_outcome"),
    ]


urlpatterns: list[URLPattern] = [
    path("s/uusi-linkki/", acts.new_link, name="new_link"),
    path("s/<str:token>/palaute/", feedback.feedback, name="feedback"),
    *_pages("s/<str:token>/", "status"),
    path("omat/", mine.mine, name="mine"),
    path("omat/kirjaudu/", my_sign_in.sign_in, name="my_sign_in"),
    path("omat/koodi/", my_sign_in.code, name="my_code"),
    *_pages("omat/<str:number>/", "my_case"),
    path("kioski/tyontekija.js", kiosk.worker, name="kiosk_worker"),
    path("kioski/<str:token>/", kiosk.kiosk, name="kiosk"),
    path("kioski/<str:token>/kiitos/", kiosk.thanks, name="kiosk_thanks"),
    path("<slug:region>/aika/", booking.times, name="times"),
    path("<slug:region>/aika/varaa/", booking.book, name="book_time"),
    path("v/<str:token>/", outside.show, name="outside"),
    path("v/<str:token>/ota/", outside.accept, name="outside_accept"),
    path("v/<str:token>/ei/", outside.decline, name="outside_decline"),
    path("v/<str:token>/yhteys/", outside.contacted, name="outside_contacted"),
    path("v/<str:token>/valmis/", outside.finished, name="outside_finished"),
    path("v/<str:token>/tiedosto/<int:part>/", outside.file, name="outside_file"),
    path("tarve/", nation.nation, name="nation"),
    path("<slug:region>/tarve/", need.need, name="need"),
    path("<slug:region>/tarve/vaille/", need.unmet, name="unmet"),
    path("<slug:region>/tarve/<slug:organisation>/", need.need, name="need_at"),
]
