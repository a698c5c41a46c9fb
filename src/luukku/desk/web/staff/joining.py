"""Two matters that are one are joined, one that is two is split, and either is undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, saved
from luukku.desk.access import get_case
from luukku.desk.actions.joining.apart import may_be_same, say_not_same
from luukku.desk.actions.joining.checking import obstacles, two_customers
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.split import split, undo_split
from luukku.desk.actions.joining.undo import undo
from luukku.desk.enums import ENDED_STATES, CaseState
from luukku.desk.models import Joining
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.apart import apart_from, get_apart
from luukku.desk.queries.case_page import case_page
from luukku.desk.queries.duplicates import Same, Why
from luukku.desk.queries.joined import Side, joining_of, side_of, split_of
from luukku.desk.web.staff.frame import desk_only, heard
from luukku.desk.web.staff.joining_forms import JoinForm, OtherForm, SplitForm
from luukku.desk.web.staff.phrases import STATE_COLOURS


@dataclass(frozen=True)
class SameLine:
    """A matter that may be the same, as it is shown."""

    same: Same
    why: str
    state: str
    colour: str
    url: str
    compare: str
    apart: str
    person: str  # where the records of the customers are compared; empty where they are one, or nothing says that they might be


def _person(number: str, same: Same) -> str:
    alike = {Why.EMAIL, Why.PHONE, Why.NAME} & set(same.why)
    return f"{case_url(number)}sama-asiakas/{same.number}" if alike and Why.CUSTOMER not in same.why else ""


def same_lines(number: str, found: Sequence[Same]) -> list[SameLine]:
    return [
        SameLine(
            each, ", ".join(str(why.label) for why in each.why), str(CaseState(each.state).label), STATE_COLOURS[CaseState(each.state)],
            case_url(each.number), f"{case_url(number)}yhdista/{each.number}",
            f"{case_url(number)}yhdista/{each.number}/eri", _person(number, each),
        )
        for each in found
    ]  # fmt: skip


@desk_only
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """To which: those that may be the same, or any by its number."""
    page = case_page(actor_of(request), number)
    form = OtherForm(request.GET or None)
    if form.is_bound and form.is_valid():
        other = form.cleaned_data["number"].strip().upper()
        if _is_seen(actor_of(request), other):
            return redirect("desk:join", number=page.case.number, other=other)
        form.add_error("number", _("There is no matter %(number)s that you can see. Check the number.") % {"number": other})
    context = {
        "case": page.case,
        "form": form,
        "lines": same_lines(page.case.number, page.same),
        "apart": apart_from(actor_of(request), page.case),
        "can_handle": page.can_handle,
        "back": case_url(page.case.number),
    }
    return render(request, "desk/staff/join_choose.html", context, status=422 if form.errors else 200)


def _is_seen(actor: Actor, number: str) -> bool:
    try:
        get_case(actor, number)
    except NotFound:
        return False
    return True


@desk_only
def compare(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """The two side by side, what would move, and which one stays: the older, unless somebody chooses otherwise."""
    actor = actor_of(request)
    sides = sorted((side_of(actor, number), side_of(actor, other)), key=lambda side: (side.case.contacted_at, side.case.pk))
    first, second = sides
    against = {stays.case.number: _against(actor, gone, stays) for stays, gone in ((first, second), (second, first))}
    options = [side.case for side in sides if not against[side.case.number]]
    form = JoinForm(request.POST or None, options=options)
    made = attempt(form, lambda: _join(actor, sides, form)) if options else None
    if made is not None:
        words = heard(made.into, _("%(gone)s is part of this matter now.") % {"gone": made.case.number})
        return saved(request, words, case_url(made.into.number))
    context = {
        "sides": sides, "form": form, "case": sides[0].case if sides[0].case.number == number.upper() else sides[1].case, "options": options,
        "against": [*dict.fromkeys(each for found in against.values() for each in found)], "two": two_customers(first.case, second.case),
        "reopens": any(side.case.state in ENDED_STATES for side in sides) and bool(options), "back": case_url(number),
    }  # fmt: skip
    return render(request, "desk/staff/join.html", context, status=422 if form.errors else 200)


def _against(actor: Actor, gone: Side, stays: Side) -> list[str]:
    return obstacles(actor, gone.case, gone.legs, stays.case, stays.legs)


def _join(actor: Actor, sides: Sequence[Side], form: JoinForm) -> Joining:
    stays = next(side.case for side in sides if side.case.number == form.cleaned_data["stays"])
    gone = next(side.case for side in sides if side.case.pk != stays.pk)
    return join(by=actor, case=gone, into=stays, both_agree=form.cleaned_data["both_agree"])


@require_POST
@desk_only
def apart(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """They look alike and are not the same."""
    actor = actor_of(request)
    case, another = get_case(actor, number), get_case(actor, other)
    words = _("%(number)s is not shown here as the same any more. You can take that back where matters are joined.") % {"number": another.number}
    return do_now(request, lambda: say_not_same(by=actor, case=case, other=another), done=words, to=case_url(number))


@require_POST
@desk_only
def together(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """They may be the same after all."""
    actor = actor_of(request)
    case = get_case(actor, number)
    said, back = get_apart(actor, case, pk), reverse("desk:join_choose", kwargs={"number": number})
    return do_now(request, lambda: may_be_same(by=actor, case=case, said=said), done=_("It is shown as possibly the same again."), to=back)


@desk_only
def part(request: HttpRequest, number: str) -> HttpResponse:
    """The joining is undone."""
    actor = actor_of(request)
    joining = joining_of(actor, number)
    into = joining.into.number
    return confirm_page(
        request, lambda: undo(by=actor, joining=joining), title=_("Undo the joining"),
        text=_(
            "Everything that came along goes back to %(number)s as it was, and its clock goes on from where it was. "
            "What has come since stays with %(into)s. The customer is told."
        ) % {"number": joining.case.number, "into": into},
        button=_("Undo the joining"), back=case_url(into), done=heard(joining.into, _("The matters are two again.")),
        after=case_url(joining.case.number),
    )  # fmt: skip


@desk_only
def divide(request: HttpRequest, number: str) -> HttpResponse:
    """Messages that were about something else become a matter of their own."""
    actor = actor_of(request)
    page = case_page(actor, number)
    if not page.can_handle:
        raise NotAllowed
    form = SplitForm(request.POST or None, talk=page.talk)
    made = attempt(form, lambda: split(by=actor, case=page.case, chosen=form.chosen(), submit_key=request.POST.get("submit_key")))
    if made is not None:
        words = heard(page.case, _("%(number)s is a matter of its own now.") % {"number": made.number})
        return saved(request, words, case_url(made.number))
    context = {"case": page.case, "form": form, "nothing": not page.talk, "back": case_url(page.case.number)}
    return render(request, "desk/staff/split.html", context, status=422 if form.errors else 200)


@desk_only
def unite(request: HttpRequest, number: str) -> HttpResponse:
    """The split is undone."""
    actor = actor_of(request)
    made = split_of(actor, number)
    names = {"number": made.case.number, "source": made.source.number}
    return confirm_page(
        request, lambda: undo_split(by=actor, split=made), title=_("Undo the split"),
        text=_(
            "Everything of %(number)s goes back to %(source)s, with what has come since. The number %(number)s leads there. The customer is told."
        ) % names,
        button=_("Undo the split"), back=case_url(made.case.number), done=heard(made.source, _("It is one matter again.")),
        after=case_url(made.source.number),
    )  # fmt: skip
