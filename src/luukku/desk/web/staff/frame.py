"""Who may come to the desk's staff pages, and how an act on a leg is asked for, done and told."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, staff_only
from luukku.desk.access import get_leg
from luukku.desk.models import Case, Leg
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.package import words_withheld
from luukku.desk.queries.reaching import Reach, reach_of
from luukku.network.access import may
from luukku.network.enums import Right

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def reads_cases(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.READ_CASES)


def handles_cases(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def desk_only(view: View[P]) -> View[P]:
    """Let in those whose role reads cases; other staff are told no, the rest sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not reads_cases(actor_of(request)):
            raise NotAllowed
        return view(request, *args, **kwargs)

    return staff_only(guarded)


def leg_to_handle(request: HttpRequest, number: str, pk: int) -> Leg:
    """The leg in the address. Raises NotFound, or NotAllowed when the actor does not handle it."""
    leg = get_leg(actor_of(request), pk, need=Right.HANDLE_CASES)
    if leg.case.number != number.upper():
        raise NotFound
    return leg


def back_to(request: HttpRequest, number: str) -> str:
    """Where an act leads when it is done: to the page that asked for it (`next`), else to the case."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=None) else case_url(number)


def act_page(request: HttpRequest, leg: Leg, form: BaseForm, *, title: str, button: str, intro: str = "", template: str = "") -> HttpResponse:
    """The page of one act on a leg, with what was typed if it has come back."""
    context = {
        "leg": leg, "case": leg.case, "form": form, "title": title, "button": button, "intro": intro,
        "own_words": "" if words_withheld(leg) else leg.case.own_words,
        "back": back_to(request, leg.case.number), "next": request.POST.get("next") or request.GET.get("next") or "",
    }  # fmt: skip
    return render(request, template or "desk/staff/act.html", context, status=422 if form.errors else 200)


def heard(case: Case, words: str) -> str:
    """The words of what was done, and after them how its customer hears of it: she has not been told by what only a call can tell."""
    ways = {
        Reach.MAIL: _("The customer is told by mail."),
        Reach.TEXT: _("The customer is told by text message."),
        Reach.CALL: _("The customer gets no mail: call, and mark on the matter that they have been told."),
    }
    return f"{words} {ways.get(reach_of(case), '')}".rstrip()


def done(request: HttpRequest, number: str, words: str) -> HttpResponse:
    """Say that it is done and go on."""
    messages.success(request, words)
    return redirect(back_to(request, number))
