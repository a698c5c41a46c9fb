"""Whose data the pages are about: the customer of a link's case, or of one of her own when she has signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private, speak
from luukku.desk.access.links import case_of_customer, link_actor
from luukku.desk.models import Case
from luukku.desk.queries.reaching import language_of

P = ParamSpec("P")


def register_links() -> None:
    """Called once at start."""
    links.register("privacy /s/", LinkOpener("/s/", "privacy", link_actor))


@dataclass(frozen=True)
class Place:
    """A case whose customer stands before her own data; `which` makes the addresses of her pages."""

    actor: Actor
    case: Case
    customer_id: int
    which: dict[str, str]

    def url(self, part: str = "data", **more: int) -> str:
        prefix = "" if "token" in self.which else "my_"
        return reverse(f"privacy:{prefix}{part}", kwargs=self.which | more)

    @property
    def back(self) -> str:
        return reverse("desk:status" if "token" in self.which else "desk:my_case", kwargs=self.which)

    @property
    def urls(self) -> dict[str, str]:
        return {part: self.url(part) for part in ("data", "agree", "statistics", "export", "erase")}


def on_own_data(view: Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of a customer's own data: finds her, speaks her language, stays out of every cache and index. Raises NotFound for others."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        token, number, actor = str(kwargs.pop("token", "")), str(kwargs.pop("number", "")), actor_of(request)
        if number and actor.kind == "public":
            return redirect_to_login(request.get_full_path(), "desk:my_sign_in")
        case = case_of_customer(actor, "" if token else number)
        if case.customer_id is None:
            raise NotFound
        speak(request, language_of(case), case.region)
        place = Place(actor, case, case.customer_id, {"token": token} if token else {"number": case.number})
        return private(view(request, place, *args, **kwargs))

    return found
