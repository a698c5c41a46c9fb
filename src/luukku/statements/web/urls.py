"""Addresses of statements. The customer's pages exist twice: behind her link, and behind her sign-in."""

from django.urls import URLPattern, path

from luukku.statements.web.door import outside, plan
from luukku.statements.web.staff import asking, figures, forms, statements

app_name = "statements"
urlpatterns: list[URLPattern] = [
    path("s/<str:token>/lausunnot/<int:pk>/", plan.show, name="plan"),
    path("s/<str:token>/lausunnot/<int:pk>/tiedosto/<int:which>/", plan.file, name="plan_file"),
    path("omat/<str:number>/lausunnot/<int:pk>/", plan.show, name="my_plan"),
    path("omat/<str:number>/lausunnot/<int:pk>/tiedosto/<int:which>/", plan.file, name="my_plan_file"),
    path("l/<str:token>/", outside.show, name="outside"),
    path("l/<str:token>/ota/", outside.accept, name="outside_accept"),
    path("l/<str:token>/ei/", outside.decline, name="outside_decline"),
    path("l/<str:token>/kirjoita/", outside.write, name="outside_write"),
    path("l/<str:token>/korjaa/", outside.correct, name="outside_correct"),
    path("l/<str:token>/tiedosto/<int:which>/", outside.file, name="outside_file"),
    path("asia/<str:number>/<int:pk>/lausunto/", asking.ask_for, name="ask"),
    path("lausunnot/", statements.index, name="index"),
    path("lausunnot/<int:pk>/", statements.show, name="statement"),
    path("lausunnot/<int:pk>/ota", statements.accept, name="accept"),
    path("lausunnot/<int:pk>/ei", statements.decline, name="decline"),
    path("lausunnot/<int:pk>/kirjoita", statements.write, name="write"),
    path("lausunnot/<int:pk>/korjaa", statements.correct, name="correct"),
    path("lausunnot/<int:pk>/peru", statements.withdraw, name="withdraw"),
    path("lausunnot/<int:pk>/osoite", statements.readdress, name="readdress"),
    path("lausunnot/<int:pk>/suostumus", statements.end_consent, name="end_consent"),
    path("lausunnot/<int:pk>/tiedosto/<int:which>", statements.file, name="file"),
    path("lausunnot/lomakkeet/", forms.index, name="forms"),
    path("lausunnot/lomakkeet/uusi", forms.add, name="form_new"),
    path("lausunnot/lomakkeet/valmis/<slug:code>", forms.take, name="form_take"),
    path("lausunnot/lomakkeet/<int:pk>", forms.edit, name="form"),
    path("lausunnot/lomakkeet/<int:pk>/pois", forms.retire, name="form_retire"),
    path("lausunnot/luvut/", figures.show, name="figures"),
    path("lausunnot/luvut/taulukko.csv", figures.table, name="figures_table"),
]
