"""The product's addresses and one page of work."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from luukku.config.urls import urlpatterns as product


def work(request: HttpRequest) -> HttpResponse:
    return HttpResponse("work")


urlpatterns = [path("work/", work, name="work"), *product]
