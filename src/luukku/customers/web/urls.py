"""Addresses of the customers' screens."""

from django.urls import include, path

app_name = "customers"

urlpatterns = [path("", include("luukku.customers.web.segments.urls"))]
