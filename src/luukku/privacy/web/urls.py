"""Addresses of what a customer's data are used for: hers, and the network's."""

from django.urls import URLPattern, path

from luukku.privacy.web.door import data, own
from luukku.privacy.web.staff import consents, grounds, passed, times

app_name = "privacy"


def _pages(prefix: str, name: str) -> list[URLPattern]:
    return [
        path(prefix, data.show, name=f"{name}data"),
        path(f"{prefix}suostumus/", data.give, name=f"{name}agree"),
        path(f"{prefix}kaikki/", own.export, name=f"{name}export"),
        path(f"{prefix}unohda/", own.erase, name=f"{name}erase"),
        path(f"{prefix}luvut/", data.statistics, name=f"{name}statistics"),
        path(f"{prefix}suostumus/<int:pk>/", data.receipt, name=f"{name}receipt"),
        path(f"{prefix}suostumus/<int:pk>/peru/", data.withdraw, name=f"{name}withdraw"),
    ]


urlpatterns: list[URLPattern] = [
    *_pages("s/<str:token>/tietoni/", ""),
    *_pages("omat/<str:number>/tietoni/", "my_"),
    path("asia/<str:number>/suostumukset", consents.show, name="consents"),
    path("valitetyt/", passed.index, name="passed_to_us"),
    path("valitetyt/<int:pk>/", passed.show, name="passed_on"),
    path("sailytysajat/", times.show, name="times"),
    path("sailytysajat/<str:key>", times.edit, name="time"),
    path("tietojen-perusteet/", grounds.show, name="grounds"),
    path("tietojen-perusteet/<slug:code>/<slug:purpose>/<slug:group>", grounds.edit, name="ground"),
    path("asia/<str:number>/suostumukset/<int:pk>/", consents.receipt, name="consent_receipt"),
    path("asia/<str:number>/suostumukset/<int:pk>/peru", consents.withdraw, name="consent_withdraw"),
]
