"""Addresses of complaints: the customer's, and those of who sees to them."""

from django.urls import URLPattern, path

from luukku.complaints.web import door, rules, staff

app_name = "complaints"
urlpatterns: list[URLPattern] = [
    path("valitus/<str:token>/", door.own, name="own"),
    path("s/<str:token>/valitus/", door.of_case, name="of_case"),
    path("omat/<str:number>/valitus/", door.of_case, name="of_my_case"),
    path("valitukset/", staff.index, name="index"),
    path("valitukset/kirjaa", staff.log, name="log"),
    path("valitukset/jaettu/", staff.shared, name="shared"),
    path("valitukset/jaettu/<int:pk>", staff.reply, name="reply"),
    path("valitukset/saannot/", rules.rules, name="rules"),
    path("valitukset/saannot/<int:pk>/pois", rules.end, name="rule_end"),
    path("valitukset/saannot/syy", rules.cause, name="cause_new"),
    path("valitukset/saannot/syy/<slug:code>", rules.cause, name="cause"),
    path("valitukset/luvut/", rules.figures, name="figures"),
    path("valitukset/luvut/taulukko.csv", rules.figures_table, name="figures_table"),
    path("valitukset/<int:pk>/", staff.show, name="complaint"),
    path("valitukset/<int:pk>/katson", staff.look_at, name="look_at"),
    path("valitukset/<int:pk>/vastaa", staff.answer, name="answer"),
    path("valitukset/<int:pk>/muistiin", staff.note, name="note"),
    path("valitukset/<int:pk>/jaa", staff.share, name="share"),
    path("valitukset/<int:pk>/korjaus", staff.correct, name="correct"),
    path("valitukset/<int:pk>/korjaus/<int:which>/tehty", staff.correction_done, name="correction_done"),
    path("valitukset/<int:pk>/sulje", staff.close, name="close"),
    path("valitukset/<int:pk>/avaa", staff.reopen, name="reopen"),
    path("valitukset/<int:pk>/anna", staff.give, name="give"),
    path("<slug:region>/valitus/", door.public, name="public"),
]
