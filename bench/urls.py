"""The product's addresses and the floor's."""

from django.urls import include, path

from bench.floor import floor

urlpatterns = [path("bench/floor", floor), path("", include("luukku.config.urls"))]
