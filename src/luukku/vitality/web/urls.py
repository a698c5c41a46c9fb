"""Addresses of selling the region and of situations."""

from django.urls import URLPattern, path

from luukku.vitality.web import prospects, sites, situations, targets

app_name = "vitality"
urlpatterns: list[URLPattern] = [
    path("sijoittumiset/", prospects.index, name="prospects"),
    path("sijoittumiset/vaiheittain/", prospects.board, name="board"),
    path("sijoittumiset/taulukko.csv", prospects.table, name="prospects_table"),
    path("sijoittumiset/uusi", prospects.begin, name="begin_prospect"),
    path("sijoittumiset/tavoitteet/", targets.index, name="targets"),
    path("sijoittumiset/tavoitteet/<int:year>/<slug:region>/<slug:organisation>", targets.target, name="target"),
    path("sijoittumiset/luvut/", targets.figures, name="figures"),
    path("sijoittumiset/<int:pk>/", prospects.show, name="prospect"),
    path("sijoittumiset/<int:pk>/muuta", prospects.change, name="change_prospect"),
    path("sijoittumiset/<int:pk>/eteenpain", prospects.take_on, name="take_on"),
    path("sijoittumiset/<int:pk>/jaa", prospects.share, name="share_prospect"),
    path("sijoittumiset/<int:pk>/kuultua", prospects.heard, name="note_prospect"),
    path("sijoittumiset/<int:pk>/tuli", prospects.win, name="win"),
    path("sijoittumiset/<int:pk>/ei-tule", prospects.lose, name="lose"),
    path("sijoittumiset/<int:pk>/avaa", prospects.again, name="open_again"),
    path("sijoittumiset/<int:pk>/asia", prospects.make_case, name="prospect_case"),
    path("sijoittumiset/<int:pk>/tarjoa", sites.offer, name="offer"),
    path("sijoittumiset/<int:pk>/tontti/<int:which>/varaa", sites.reserve, name="reserve"),
    path("sijoittumiset/<int:pk>/tontti/<int:which>/luovuta", sites.hand_over, name="hand_over"),
    path("tilanteet/", situations.index, name="situations"),
    path("tilanteet/uusi", situations.begin, name="open_situation"),
    path("tilanteet/<int:pk>/", situations.show, name="situation"),
    path("tilanteet/<int:pk>/muuta", situations.change, name="change_situation"),
    path("tilanteet/<int:pk>/kutsu", situations.invite, name="invite_party"),
    path("tilanteet/<int:pk>/pois/<slug:organisation>", situations.leave_out, name="leave_out"),
    path("tilanteet/<int:pk>/yritys", situations.company, name="situation_company"),
    path("tilanteet/<int:pk>/yritys/<int:which>/pois", situations.company_out, name="company_out"),
    path("tilanteet/<int:pk>/toimi", situations.measure, name="measure"),
    path("tilanteet/<int:pk>/toimi/<int:which>/tehty", situations.done, name="measure_done"),
    path("tilanteet/<int:pk>/luku", situations.count, name="situation_count"),
    path("tilanteet/<int:pk>/kirjaa", situations.note, name="situation_note"),
    path("tilanteet/<int:pk>/paata", situations.close, name="close_situation"),
    path("tontit/", sites.index, name="sites"),
    path("tontit/taulukko.csv", sites.table, name="sites_table"),
    path("tontit/uusi", sites.tell, name="tell_site"),
    path("tontit/<int:pk>/", sites.show, name="site"),
    path("tontit/<int:pk>/muuta", sites.change, name="change_site"),
    path("tontit/<int:pk>/poista", sites.withdraw, name="withdraw_site"),
    path("tontit/tarjous/<int:pk>/vapauta", sites.release, name="release"),
]
