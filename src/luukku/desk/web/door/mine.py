"""The matters of a customer who has proved her address or signed in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private
from luukku.desk.queries.my_cases import MOST, MyCase, my_cases
from luukku.desk.web.door.telling import NextStep, next_of


@dataclass(frozen=True)
class Tab:
    """One way to narrow the list: what stands in the address, its words, how many."""

    code: str
    label: str | Promise
    count: int
    here: bool


@dataclass(frozen=True)
class Line:
    mine: MyCase
    step: NextStep | None


_TABS: tuple[tuple[str, str | Promise, Callable[[MyCase], bool]], ...] = (
    ("", pgettext_lazy("matters", "All"), lambda _mine: True),
    ("kesken", gettext_lazy("Under way"), lambda mine: mine.case.is_open),
    ("sinulle", gettext_lazy("Waiting for you"), lambda mine: mine.yours),
    ("ohi", gettext_lazy("Ended"), lambda mine: not mine.case.is_open),
)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All, those under way, those that wait for her, those that have ended: the choice stands in the address."""
    actor = actor_of(request)
    if actor.kind == "public":
        return redirect_to_login(request.get_full_path(), "desk:my_sign_in")
    if actor.kind != "customer":
        return staff_here(request)
    cases, show = my_cases(actor), request.GET.get("tila", "")
    tabs = [Tab(code, label, sum(map(fits, cases)), code == show) for code, label, fits in _TABS]
    fits = next((fits for code, _label, fits in _TABS if code == show), _TABS[0][2])
    lines = [Line(each, next_of(each.leg) if each.leg is not None else None) for each in cases if fits(each)]
    context = {"tabs": tabs, "lines": lines, "is_empty": not cases, "is_cut": len(cases) == MOST, "most": MOST}
    return private(render(request, "desk/door/mine.html", context))


def staff_here(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in to work sees no matters of her own here: the two are never one."""
    words = _("You are signed in to work. To see matters of your own as a customer, sign out first, then ask for a code to your own e-mail address.")
    return render(request, "luukku/error.html", {"title": _("This page is for customers"), "text": words}, status=403)
