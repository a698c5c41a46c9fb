"""Addresses of the interface for partners' systems."""

from django.urls import path

from luukku.desk.api import door

app_name = "partner_api"
urlpatterns = [
    path("api/v1/", door.docs, name="docs"),
    path("api/v1/openapi.json", door.openapi, name="description"),
    path("api/v1/contacts", door.contacts, name="contacts"),
    path("api/v1/contacts/<str:number>", door.contact, name="contact"),
]
