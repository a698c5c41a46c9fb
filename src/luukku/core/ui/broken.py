"""The page of a request that broke. Nothing here asks the database, which may be what is away."""

import sys

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.template.loader import render_to_string
from django.views.defaults import server_error

SECONDS = 10  # after which a restarted database usually answers again
_UNREADABLE = (OSError, ValueError, SuspiciousOperation, MultiPartParserError, RawPostDataException)


def broken(request: HttpRequest) -> HttpResponse:
    """500; while the database restarts or is too busy, 503 with what was typed, to be sent again by one button. Settings name it `handler500`."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return server_error(request)
    headers = {"Retry-After": str(SECONDS), "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        said = {"type": "about:blank", "title": "Try again in a moment", "status": 503}
        return JsonResponse(said, status=503, content_type="application/problem+json", headers=headers)
    given, had_files = _given(request)
    page = {"url": request.get_full_path(), "given": given, "is_post": request.method == "POST", "had_files": had_files}
    return HttpResponse(render_to_string("503.html", page), status=503, headers=headers)


def _given(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """Names and values of a form that was sent, and whether files came with it; nothing of a sign-in, whose words are secret."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return [], False
    try:
        return [(name, value) for name in request.POST for value in request.POST.getlist(name)], bool(request.FILES)
    except _UNREADABLE:
        return [], False
