"""Addresses of the customers' screens."""

from django.urls import include, path

from luukku.customers.web import companies

app_name = "customers"

_company = [
    path("", companies.company, name="company"),
    path("muokkaa", companies.edit, name="edit-company"),
    path("rekisterin-tieto/<slug:field>", companies.follow, name="follow-register"),
    path("toimipaikat/uusi", companies.new_place, name="new-place"),
    path("toimipaikat/<int:pk>/sulje", companies.close_place, name="close-place"),
]
urlpatterns = [path("", include("luukku.customers.web.segments.urls")), path("yritykset/<str:business_id>/", include(_company))]
