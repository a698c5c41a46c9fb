"""Addresses of the staff's desk."""

from django.urls import URLPattern, URLResolver, include, path

from luukku.desk.web.staff import acts, case, ending, faces, feeds, find, log, meetings, pages, promise, queue, talk, times
from luukku.desk.web.staff.handover import urls as handover

_leg = [
    path("ota", acts.take, name="take_leg"),
    path("hoitaja", acts.assign, name="assign"),
    path("palauta", acts.release, name="release"),
    path("askel", acts.step, name="step"),
    path("odota", acts.wait, name="wait"),
    path("jatka", acts.resume, name="resume"),
    path("palvelu", ending.service, name="service"),
    path("ratkaise", ending.settle, name="settle"),
    path("ei-meille", ending.not_for_us, name="not_for_us"),
    path("avaa", ending.reopen, name="reopen"),
    *handover.of_leg,
]
_case: list[URLPattern | URLResolver] = [
    path("", case.show, name="case"),
    path("kirjoita", talk.say, name="say"),
    path("aika", meetings.book, name="book_meeting"),
    path("linkki", acts.renew, name="renew_link"),
    path("palaute/<int:pk>", faces.follow_up, name="follow_up"),
    path("tiedostot/<int:pk>", case.file, name="file"),
    path("<int:pk>/", include(_leg)),
]
urlpatterns = [
    path("jono/", queue.show, name="queue"),
    path("jono/ota", queue.take, name="take"),
    path("jono/taulukko.csv", queue.export, name="queue_export"),
    path("asia/<str:number>/", include(_case)),
    path("kirjaa/", log.log, name="log"),
    path("kirjaa/ehdotus", log.proposal, name="log_proposal"),
    path("siirrot/", include(handover.of_handover)),
    path("haku", find.search, name="search"),
    path("myohassa/", promise.lateness, name="lateness"),
    path("myohassa/taulukko.csv", promise.lateness_table, name="lateness_table"),
    path("luvut/", promise.figures, name="figures"),
    path("luvut/taulukko.csv", promise.figures_table, name="figures_table"),
    path("palaute/", faces.show, name="faces"),
    path("palaute/taulukko.csv", faces.table, name="faces_table"),
    path("palaute/tabletti/", faces.new_kiosk, name="kiosk_new"),
    path("palaute/tabletti/<int:pk>/osoite", faces.renew, name="kiosk_renew"),
    path("palaute/tabletti/<int:pk>/lopeta", faces.end, name="kiosk_end"),
    path("ajat/", times.mine, name="my_times"),
    path("ajat/julkaise", times.publish, name="publish_times"),
    path("ajat/huone", times.room, name="add_room"),
    path("ajat/poissa", times.away, name="away"),
    path("ajat/poissa/<int:pk>/poista", times.back, name="back"),
    path("ajat/kalenteri", feeds.feed, name="feed"),
    path("ajat/kalenteri/poista", feeds.end, name="end_feed"),
    path("kalenteri/<str:token>.ics", feeds.calendar, name="feed_calendar"),
    path("ajat/varaus/<int:pk>/siirra", meetings.shift, name="move_meeting"),
    path("ajat/varaus/<int:pk>/peru", meetings.take_off, name="cancel_meeting"),
    path("ajat/varaus/<int:pk>/pidetty", meetings.held, name="held"),
    path("ajat/varaus/<int:pk>/ei-tullut", meetings.missed, name="missed"),
    path("ajat/<int:pk>/lopeta", times.withdraw, name="withdraw_times"),
    path("nappaimet/", pages.keys, name="keys"),
]
