"""Addresses of those who see that promises are kept: desk leads and coordinators."""

from django.urls import path

from luukku.desk.web.lead import warnings

urlpatterns = [
    path("myohassa/<slug:code>/varoitukset", warnings.times, name="warning_times"),
]
