"""What somebody looks for stands in no address: a form posts it to its page with `?etsi`, and it comes back in the address sealed.

So neither a browser's history nor the log of a server on the way tells whom an adviser looked for or what an entrepreneur needs, while going
back, opening anew, going on to the next page and marking the page still work. Words that are not sealed are taken as they are: a link of
another site may name a need.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.http import escape_leading_slashes

from luukku.core.sealing import seal, unseal

ASKS = "etsi"
LONGEST = 1000
WORDS = ("q", "need", "words")
_MARK = "~"
_PURPOSE = "what is looked for"


class SeeOther(HttpResponseRedirect):
    """What was posted is read from another address."""

    status_code = 303


class SoughtMiddleware:
    """Answers a form that looks for something, by the address that shows it. It reads nothing and changes nothing, so it asks no token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and ASKS in request.GET:
            return SeeOther(escape_leading_slashes(request.path) + "?" + _address_of(request.POST))
        return self.get_response(request)


def _address_of(posted: QueryDict) -> str:
    query = QueryDict(mutable=True)
    for name, values in posted.lists():
        query.setlist(name, [sealed(each) if name in WORDS else each for each in values])
    query.pop("csrfmiddlewaretoken", None)
    return query.urlencode()


def sealed(words: Any) -> str:
    """The words for an address, at most LONGEST characters of them; empty when there are none."""
    text = str(words or "").strip()[:LONGEST]
    return _MARK + seal(text, _PURPOSE) if text else ""


def opened(value: Any) -> str:
    """The words that an address names; empty when they were sealed by another installation."""
    text = str(value or "")
    return unseal(text[1:], _PURPOSE) if text.startswith(_MARK) else text


def sought(request: HttpRequest, name: str) -> str:
    """What the page is asked to look for, by the name of its field."""
    return opened(request.GET.get(name)).strip()[:LONGEST]


def asked(request: HttpRequest) -> QueryDict:
    """All that the address asks, its words opened."""
    found = request.GET.copy()
    for name in WORDS:
        if name in found:
            found[name] = sought(request, name)
    return found
