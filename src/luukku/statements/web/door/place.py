"""Where one stands who comes by a link or as a signed-in customer: before a plan of her own case, or before a statement that is asked of her."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from luukku.core.errors import NotFound
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private, speak
from luukku.desk.access.links import case_of_customer, link_actor
from luukku.desk.models import Case
from luukku.desk.queries.reaching import language_of
from luukku.statements.access import outside_actor, visible_statements
from luukku.statements.queries.on_case import PlanLine, plan_line
from luukku.statements.queries.statement_page import StatementPage, statement_page

P = ParamSpec("P")
Response = HttpResponseBase


def register_links() -> None:
    """Called once at start: the customer's link opens her plans, an outside organisation's what is asked of it."""
    links.register("statements /s/", LinkOpener("/s/", "statements", link_actor))
    links.register("statements /l/", LinkOpener("/l/", "statements", outside_actor))


@dataclass(frozen=True)
class PlanPlace:
    """A plan as its customer stands before it."""

    case: Case
    line: PlanLine
    by_link: bool
    which: dict[str, str]

    def url(self, part: str = "plan", **more: int) -> str:
        return reverse(f"statements:{part if self.by_link else f'my_{part}'}", kwargs=self.which | {"pk": self.line.plan.pk} | more)

    @property
    def status_url(self) -> str:
        return reverse("desk:status" if self.by_link else "desk:my_case", kwargs=self.which)


def on_plan(view: Callable[Concatenate[HttpRequest, PlanPlace, P], Response]) -> Callable[Concatenate[HttpRequest, P], Response]:
    """A view of one plan for its customer, in her language and out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        token, number, pk = str(kwargs.pop("token", "")), str(kwargs.pop("number", "")), kwargs.pop("pk")
        actor = actor_of(request)
        if number and actor.kind == "public":
            return redirect_to_login(request.get_full_path(), "desk:my_sign_in")
        case = case_of_customer(actor, "" if token else number)
        line = plan_line(actor, int(str(pk)))
        if line is None or line.plan.case_id != case.pk:
            raise NotFound
        speak(request, language_of(case), case.region)
        place = PlanPlace(case, line, bool(token), {"token": token} if token else {"number": case.number})
        return private(view(request, place, *args, **kwargs))

    return found


def on_statement(view: Callable[Concatenate[HttpRequest, StatementPage, str, P], Response]) -> Callable[Concatenate[HttpRequest, P], Response]:
    """A view of the one statement of an outside organisation's link."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        token, actor = str(kwargs.pop("token", "")), actor_of(request)
        asked = visible_statements(actor).filter(door_principal__in=actor.principals).first() if actor.kind == "link" else None
        if asked is None:
            return private(render(request, "statements/door/dead.html", status=404))
        page = statement_page(actor, asked.pk)
        speak(request, page.statement.outside_language, page.statement.region)
        return private(view(request, page, token, *args, **kwargs))

    return found
