"""Which case a customer's page is about: that of the link in the address, or one of her own when she has signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private, speak
from luukku.desk.access import get_case
from luukku.desk.access.links import kiosk_actor, outside_actor, require_customer, status_actor
from luukku.desk.queries.reaching import language_of
from luukku.desk.queries.status_page import StatusPage, status_page

P = ParamSpec("P")
Response = HttpResponseBase


def register_links() -> None:
    """Called once at start."""
    for prefix, opens in (("/s/", status_actor), ("/v/", outside_actor), ("/kioski/", kiosk_actor)):
        links.register(f"desk {prefix}", LinkOpener(prefix, "desk", opens))


def link_of_request(request: HttpRequest) -> Actor | None:
    """Who holds the link in the address. Loader of the middleware, asked first: whoever is signed in, a link opens one
    thing only (`registries.links`).

    None for every other address, and for a link that opens nothing.
    """
    known = [each for each in links.all() if request.path_info.startswith(each.prefix)]
    if not known:
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    token = match.kwargs.get("token")
    opener = next((each for each in known if each.namespace == match.namespace), None)
    return opener.opens(token) if token and opener is not None else None


_PARTS = (
    "receipt", "write", "withdraw", "reopen", "nobody", "renew", "feedback", "times", "book", "mandate", "end_keeper", "wishes", "needed", "invite",
    "claims",
)  # fmt: skip


# What somebody whom she has let in may open; everything else is the customer's own.
_OF_GUESTS = frozenset(f"status{each}" for each in ("", "_write", "_nobody", "_file", "_times", "_book", "_time", "_move", "_cancel", "_calendar"))


@dataclass(frozen=True)
class Place:
    """One case as its customer stands before it; `name` and `which` make the addresses of its pages."""

    page: StatusPage
    name: str
    which: dict[str, str]

    @property
    def by_link(self) -> bool:
        return self.name == "status"

    def url(self, part: str = "", **more: int) -> str:
        return reverse(f"desk:{self.name}_{part}" if part else f"desk:{self.name}", kwargs=self.which | more)

    @property
    def urls(self) -> dict[str, str]:
        return {"status": self.url()} | {part: self.url(part) for part in _PARTS}


def place_of(request: HttpRequest, token: str = "", number: str = "") -> Place:
    """Raises NotFound for a link that opens nothing and for a case that is not hers."""
    actor = actor_of(request)
    if token:
        return Place(status_page(actor), "status", {"token": token})
    if actor.kind != "customer":
        raise NotFound
    case = get_case(actor, number)
    require_customer(actor, case)
    return Place(status_page(actor, case.pk), "my_case", {"number": case.number})


def on_case(view: Callable[Concatenate[HttpRequest, Place, P], Response]) -> Callable[Concatenate[HttpRequest, P], Response]:
    """A view of one case for its customer: finds the case, speaks her language, and keeps the page out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        token, number = str(kwargs.pop("token", "")), str(kwargs.pop("number", ""))
        if number and actor_of(request).kind == "public":
            return redirect_to_login(request.get_full_path(), "desk:my_sign_in")
        try:
            place = place_of(request, token, number)
        except NotFound:
            if number:
                raise
            return private(render(request, "desk/door/dead_link.html", {"token": token}, status=404))
        if place.page.by_guest and (request.resolver_match is None or request.resolver_match.url_name not in _OF_GUESTS):
            raise NotAllowed
        case = place.page.case
        speak(request, case.language if place.page.by_guest else language_of(case), case.region)
        return private(view(request, place, *args, **kwargs))

    return found
