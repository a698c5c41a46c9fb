"""Searches that nothing fitted, for the region's coordinator."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luukku.catalogue.access import visible_unmet_needs
from luukku.core.ui.forms import actor_of, staff_only

PAGE = 100


@require_GET
@staff_only
def unmet_needs(request: HttpRequest) -> HttpResponse:
    found = visible_unmet_needs(actor_of(request)).select_related("region").order_by("-day", "-count", "id")
    return render(request, "catalogue/unmet_needs.html", {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))})
