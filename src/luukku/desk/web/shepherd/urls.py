"""Addresses of shepherds: their own customers, contracts, and who keeps the customer of a case."""

from django.urls import URLPattern, path

from luukku.desk.web.shepherd import contracts, given, hours, kept

urlpatterns: list[URLPattern] = [
    path("asiakkaani/", kept.index, name="my_customers"),
    path("asiakkaani/asia/<str:number>/", kept.case, name="kept_case"),
    path("asiakkaani/asia/<str:number>/viesti", kept.write, name="kept_write"),
    path("asiakkaani/asia/<str:number>/kysy", kept.ask, name="kept_chase"),
    path("asiakkaani/asia/<str:number>/lopeta", kept.leave, name="kept_leave"),
    path("asiakkaani/asia/<str:number>/tiedosto/<int:pk>/", kept.file, name="kept_file"),
    path("asiakkaani/<int:pk>/tunnit", hours.hours, name="shepherd_hours"),
    path("asiakkaani/<int:pk>/tunnit/<int:entry>/peru", hours.take_back, name="take_back_hours"),
    path("hoitajat/", contracts.index, name="shepherd_contracts"),
    path("hoitajat/uusi", contracts.new, name="new_shepherd_contract"),
    path("hoitajat/<int:pk>/muuta", contracts.change, name="change_shepherd_contract"),
    path("hoitajat/<int:pk>/lopeta", contracts.end, name="end_shepherd_contract"),
    path("asia/<str:number>/hoitaja", given.give, name="give_shepherd"),
    path("asia/<str:number>/hoitaja/lopeta", given.end, name="end_shepherd"),
]
