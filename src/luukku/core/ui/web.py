"""The page that shows every part of the look, in demo mode."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luukku.core.ui.samples import sample_page


def components(request: HttpRequest) -> HttpResponse:
    """Every part once, with sample content: what developers build pages from, and what tests look at."""
    return render(request, "luukku/components.html", sample_page())
