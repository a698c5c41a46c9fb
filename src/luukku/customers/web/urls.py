"""Addresses of the customers' screens."""

from django.urls import include, path

from luukku.customers.web import companies, inquiries, people, register

app_name = "customers"

_company = [
    path("", companies.company, name="company"),
    path("aikajana", companies.history, name="company-timeline"),
    path("muokkaa", companies.edit, name="edit-company"),
    path("rekisterin-tieto/<slug:field>", companies.follow, name="follow-register"),
    path("toimipaikat/uusi", companies.new_place, name="new-place"),
    path("toimipaikat/<int:pk>/sulje", companies.close_place, name="close-place"),
]
_register = [
    path("", register.index, name="register"),
    path("hae", register.one, name="register-one"),
    path("<int:pk>/", register.show, name="register-run"),
    path("<int:pk>/peru", register.undo, name="register-undo"),
    path("<int:pk>/hylkaa", register.drop, name="register-drop"),
]
urlpatterns = [
    path("yritysrekisteri/", include(_register)),
    path("", include("luukku.customers.web.segments.urls")),
    path("asiakkaat/<int:pk>/", people.customer, name="customer"),
    path("asiakkaat/<int:pk>/tunteeko-verkosto", inquiries.known, name="known"),
    path("tiedustelut/", inquiries.index, name="inquiries"),
    path("tiedustelut/<int:pk>/", inquiries.answer, name="inquiry"),
    path("yritykset/<str:business_id>/", include(_company)),
]
