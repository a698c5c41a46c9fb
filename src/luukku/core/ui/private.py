"""Pages that are for one person only."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

R = TypeVar("R", bound=HttpResponseBase)


def private(response: R) -> R:
    """Keeps the page out of every cache and index, and its address out of referrers. The page itself loosens the referrer to its own site, or its
    forms could not be sent."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def speak(request: HttpRequest, language: str, region: object) -> None:
    """In her language, on a browser where she has not chosen another, and under the name of her region."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language
    request.site_region = region  # type: ignore[attr-defined]
