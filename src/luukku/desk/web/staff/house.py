"""The screen of a house: the host meets those who walk in; whoever is walked to says that they have met; the house's figures."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.keys import key_of
from luukku.core.moments import moment_at
from luukku.core.months import ended_months
from luukku.core.registries import contact_steps
from luukku.core.ui.forms import actor_of, attempt, do_now, staff_only
from luukku.desk.access import can_log
from luukku.desk.actions.walk_ins import meet_walk_in, receive_walk_in
from luukku.desk.enums import WalkInWay
from luukku.desk.models import WalkIn
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.callers import find_callers
from luukku.desk.queries.logging_choices import LoggingChoices, logging_choices
from luukku.desk.queries.walk_ins import (
    HouseHit,
    awaited_by,
    get_walk_in,
    house_hits,
    house_months,
    house_year,
    next_times,
    sees_house_figures,
    themes_here,
)
from luukku.desk.queries.who_is_in import WhoIs, who_is_in
from luukku.desk.web.staff.caller_tiles import tiles_of
from luukku.desk.web.staff.house_form import HouseForm
from luukku.desk.web.staff.log import next_step
from luukku.network.access import get_premises
from luukku.network.models import Premises, Region
from luukku.network.queries.houses import houses_of, is_host, shared_premises

MONTHS = 12


@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """For a host the form; for the others of the house who is here and whom they await; for who sits in none how to set one up."""
    actor = actor_of(request)
    houses = houses_of(actor)
    if not houses:
        return render(request, "desk/staff/house_none.html", {"shared": list(shared_premises()[:20])})
    asked = key_of(request.POST.get("talo") or request.GET.get("talo"))
    premises = next((each for each in houses if each.pk == asked), houses[0])
    choices = logging_choices(actor) if can_log(actor) else None
    context: dict[str, Any] = {"premises": premises, "houses": houses, "awaited": awaited_by(actor)}
    if choices is None or not choices.own or not is_host(actor, premises):
        return render(request, "desk/staff/house_who.html", context | {"people": who_is_in(actor, premises, _region(premises))})
    return _form(request, actor, premises, choices, context)


def _form(request: HttpRequest, actor: Actor, premises: Premises, choices: LoggingChoices, context: dict[str, Any]) -> HttpResponse:
    finds = "find" in request.GET or "find" in request.POST
    region = choices.own[0].region
    people, themes = who_is_in(actor, premises, region), themes_here()
    others = [each for each in people if each.person.pk != actor.person_id]
    bound = request.POST if request.method == "POST" and not finds else None
    form = HouseForm(bound, initial=_typed(request), actor=actor, choices=choices, premises=premises, people=others, themes=themes)
    made = attempt(form, lambda: receive_walk_in(by=actor, visit=form.visit(), submit_key=request.POST.get("submit_key")))
    if made is not None:
        messages.success(request, _done(made))
        return redirect(next_step(request, actor, made.case) or f"{request.path}?talo={premises.pk}")
    context |= {"form": form, "people": others, "region": region, "steps": contact_steps.items()} | _shown(request, actor, others, region)
    template = "desk/staff/house.html#answered" if request.headers.get("HX-Request") else "desk/staff/house.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed = request.POST if request.method == "POST" else request.GET
    given: dict[str, Any] = {name: typed[name] for name in HouseForm.base_fields if name in typed}
    return given | {"themes": typed.getlist("themes")}


def _shown(request: HttpRequest, actor: Actor, people: list[WhoIs], region: Region) -> dict[str, Any]:
    """What is found by what is typed so far: the customer, services with those who give them here, and their next free times."""
    typed = request.POST if request.method == "POST" else request.GET
    text, chosen = typed.get("caller", "").strip(), typed.get("to", "")
    callers = find_callers(actor, text)
    language = typed.get("language") or get_language() or "fi"
    hits = house_hits(actor, typed.get("words", ""), typed.getlist("themes"), language, region, people)
    return {
        "tiles": tiles_of(actor, callers, text, typed.dict()), "callers": callers, "searched": bool(text), "hits": hits,
        "chosen": chosen, "slots": _slots(region, hits, people, chosen), "slot": typed.get("slot", ""), "guide": key_of(typed.get("guide")),
        "rest": people, "swapped": bool(request.headers.get("HX-Request")),
    }  # fmt: skip


def _slots(region: Region, hits: list[HouseHit], people: list[WhoIs], chosen: str) -> list[tuple[str, str, datetime]]:
    """Key, name and beginning of the next free times: of whoever is chosen, else of those who fit; of everybody when nobody does."""
    fit = {who.person.pk: who.person for hit in hits for who in hit.inside}
    wanted = [who.person for who in people if chosen.startswith(f"p{who.person.pk}-")] or list(fit.values()) or [who.person for who in people]
    found = next_times(region, wanted)
    rows = [(slot.key, who.person.name, slot.starts_at) for who in people for slot in found.get(who.person.pk, ())]
    return sorted(rows, key=lambda row: row[2])


def _done(made: WalkIn) -> str:
    number, name = made.case.number, made.person.name if made.person else ""
    words = {
        WalkInWay.WALK: _("%(number)s: walk over to %(name)s, who confirms on their own screen that you have come."),
        WalkInWay.BOOK: _("%(number)s: a time with %(name)s is booked."),
        WalkInWay.PASS: _("%(number)s is handed over. You are told when the customer has been contacted."),
    }
    return words.get(WalkInWay(made.way), _("Logged as %(number)s.")) % {"number": number, "name": name}


def _region(premises: Premises) -> Region:
    """The region of the house: its municipality's, else the first of its keeper's."""
    parts = premises.organisation.participations.filter(valid_until=None).select_related("region").order_by("pk")
    places = parts.filter(region__municipality_spells__municipality=premises.municipality_id, region__municipality_spells__valid_until=None)
    found = places.first() or parts.first()
    if found is None:
        raise NotFound
    return found.region


@require_safe
@staff_only
def awaited(request: HttpRequest) -> HttpResponse:
    """The part of a page that says who is being walked over to me; asked anew by a script now and then."""
    return render(request, "desk/staff/_awaited.html", {"awaited": awaited_by(actor_of(request))})


@require_POST
@staff_only
def meet(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    walk_in = get_walk_in(actor, pk)
    return do_now(
        request, lambda: meet_walk_in(by=actor, walk_in=walk_in), done=_("The matter is yours now, and the host has been told."),
        to=case_url(_number(walk_in)),
    )  # fmt: skip


def _number(walk_in: WalkIn) -> str:
    return walk_in.handover.number if walk_in.handover is not None else walk_in.case.number


@require_safe
@staff_only
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """How those who walked in were guided: one's own by month, and all together over the last year."""
    actor = actor_of(request)
    premises = get_premises(actor, pk)
    if not sees_house_figures(actor, premises):
        raise NotAllowed
    now, year = timezone.localtime(), ended_months(MONTHS)
    since = moment_at(year.first)
    months, total = house_months(actor, premises, since, now), house_year(premises, year)
    return render(request, "desk/staff/house_figures.html", {"premises": premises, "months": months, "total": total, "year": year})
