"""Pages that are for one person only."""

from typing import TypeVar

from django.http import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)


def private(response: R) -> R:
    """Keeps the page out of every cache and index, and its address out of referrers. The page itself loosens the referrer to its own site, or its
    forms could not be sent."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store, private"
    return response
