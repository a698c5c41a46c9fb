"""Addresses of selling the region."""

from django.urls import URLPattern, path

from luukku.vitality.web import prospects, sites, targets

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
    path("sijoittumiset/<int:pk>/tuli", prospects.win, name="win"),
    path("sijoittumiset/<int:pk>/ei-tule", prospects.lose, name="lose"),
    path("sijoittumiset/<int:pk>/avaa", prospects.again, name="open_again"),
    path("sijoittumiset/<int:pk>/asia", prospects.make_case, name="prospect_case"),
    path("sijoittumiset/<int:pk>/tarjoa", sites.offer, name="offer"),
    path("sijoittumiset/<int:pk>/tontti/<int:which>/varaa", sites.reserve, name="reserve"),
    path("sijoittumiset/<int:pk>/tontti/<int:which>/luovuta", sites.hand_over, name="hand_over"),
    path("tontit/", sites.index, name="sites"),
    path("tontit/taulukko.csv", sites.table, name="sites_table"),
    path("tontit/uusi", sites.tell, name="tell_site"),
    path("tontit/<int:pk>/", sites.show, name="site"),
    path("tontit/<int:pk>/muuta", sites.change, name="change_site"),
    path("tontit/<int:pk>/poista", sites.withdraw, name="withdraw_site"),
    path("tontit/tarjous/<int:pk>/vapauta", sites.release, name="release"),
]
