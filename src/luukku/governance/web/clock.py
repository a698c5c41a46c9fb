"""The annual clock: the year as a circle and a list, a group's year planned, other things of it, and the address for one's own calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, chosen, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.private import private
from luukku.governance.access import can_do_entry, can_keep, can_run, feed_person, get_group, visible_entries, years_around
from luukku.governance.actions import clock as actions
from luukku.governance.actions import entries
from luukku.governance.models import ClockEntry, ClockFeed
from luukku.governance.models.whose import Whose
from luukku.governance.queries.clock import feed_text, year_page
from luukku.governance.queries.usual_year import usual_entries
from luukku.governance.queries.year import planned_months, propose, taken_days, without_meetings
from luukku.governance.web.clock_forms import DaysForm, EntryFields, RhythmForm, YearForm
from luukku.governance.web.forms import HowFields
from luukku.network.access import require

FIRST, LAST = 2000, 2099


def _year(request: HttpRequest) -> int:
    found = key_of(request.GET.get("vuosi"))
    return found if found is not None and FIRST <= found <= LAST else timezone.localdate().year


def _whose(request: HttpRequest) -> Whose:
    return chosen(request, "seutu", years_around(actor_of(request)))


def _url(whose: Whose, year: int) -> str:
    return f"{reverse('governance:clock')}?seutu={whose.code}&vuosi={year}"


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor, year = actor_of(request), _year(request)
    years = years_around(actor)
    whose = chosen(request, "seutu", years)
    keeps = can_keep(actor, whose)
    context = {
        "page": year_page(actor, whose, year), "years": years, "keeps": keeps, "unplanned": without_meetings(whose, year) if keeps else (),
        "feed": ClockFeed.objects.filter(person=actor.person_id or 0, revoked_at=None).first(),
    }  # fmt: skip
    return render(request, "governance/clock.html", context)


@staff_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """First the rhythm (in the address), then its days, each of which can be changed; then the meetings are made."""
    actor = actor_of(request)
    group = get_group(actor, pk)
    require(can_run(actor, group))
    year = _year(request) if "vuosi" in request.GET else timezone.localdate().year + (timezone.localdate().month > 8)
    rhythm = RhythmForm(request.GET if "months" in request.GET else None, months=group.kind.months, year=year)
    context: dict[str, Any] = {"group": group, "rhythm": rhythm, "proposed": [], "days": None}
    if rhythm.is_valid():
        given = rhythm.cleaned_data
        taken, planned = taken_days(group, given["vuosi"]), planned_months(group, given["vuosi"])
        months = {int(month) for month in given["months"]} - planned
        context["proposed"] = propose(given["vuosi"], months, int(given["nth"]), int(given["weekday"]), taken)
        days = DaysForm(request.POST or None, days=[each.day for each in context["proposed"]])
        context |= {"days": days, "rows": list(zip(context["proposed"], days, strict=False)), "kept": sorted(planned)}
        hours = {"starts": given["starts"], "ends": given["ends"]}
        made = attempt(days, lambda: actions.plan_year(by=actor, group=group, days=days.chosen(), **hours)) if request.method == "POST" else None
        if made is not None:
            return saved(request, _("The year's meetings are planned. Invitations leave when you send them."), _url(group.whose, given["vuosi"]))
    return render(request, "governance/plan_year.html", context, status=422 if request.method == "POST" else 200)


@staff_only
def add_entry(request: HttpRequest) -> HttpResponse:
    actor, whose = actor_of(request), _whose(request)
    require(can_keep(actor, whose))
    form = EntryFields(request.POST or None, whose=whose)
    made = attempt(form, lambda: actions.add_entry(by=actor, region=whose.region, area=whose.area, form=form.made()))
    if made is not None:
        return saved(request, _("It stands in the year."), _url(whose, made.first_day.year))
    return form_page(request, form, title=_("New in the year"), button=_("Add"), back=_url(whose, _year(request)))


@staff_only
def fill(request: HttpRequest) -> HttpResponse:
    """What the year before held and every year should hold, on days of this one: ticked, changed, and put there at once."""
    actor, whose, year = actor_of(request), _whose(request), _year(request)
    require(can_keep(actor, whose))
    form = YearForm(request.POST or None, usual=usual_entries(whose, year))
    made = attempt(form, lambda: actions.fill_year(by=actor, whose=whose, forms=form.made()))
    if made is not None:
        said = ngettext("%(n)s thing was put in the year.", "%(n)s things were put in the year.", len(made)) % {"n": len(made)}
        return saved(request, said if made else _("Nothing was added: nothing was ticked, or it stands in the year already."), _url(whose, year))
    context = {"form": form, "whose": whose, "year": year, "back": _url(whose, year)}
    return render(request, "governance/fill_year.html", context, status=422 if form.errors else 200)


def _entry(request: HttpRequest, pk: int) -> ClockEntry:
    found = visible_entries(actor_of(request)).select_related("region", "area", "person").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@staff_only
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _entry(request, pk)
    back = _url(found.whose, found.first_day.year)
    told = HowFields(request.POST or None)
    if attempt(told, lambda: entries.tell_entry(by=actor, entry=found, words=told.cleaned_data["words"])) is not None:
        return saved(request, _("Thank you. How it goes is known."), reverse("governance:entry", kwargs={"pk": pk}))
    context = {"entry": found, "back": back, "told": told, "keeps": can_keep(actor, found), "can_do": can_do_entry(actor, found)}
    return render(request, "governance/entry.html", context, status=422 if told.errors else 200)


@require_POST
@staff_only
def entry_done(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _entry(request, pk)
    said, to = request.POST.get("outcome", ""), reverse("governance:entry", kwargs={"pk": pk})
    return do_now(request, lambda: entries.finish_entry(by=actor, entry=found, outcome=said), done=_("Thank you. It is done."), to=to)


@staff_only
def edit_entry(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _entry(request, pk)
    require(can_keep(actor, found))
    back = reverse("governance:entry", kwargs={"pk": pk})
    form = EntryFields(request.POST or None, whose=found.whose, entry=found)
    if attempt(form, lambda: actions.edit_entry(by=actor, entry=found, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), back)
    return form_page(request, form, title=found.title, button=_("Save"), back=back)


@staff_only
def cancel_entry(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _entry(request, pk)
    require(can_keep(actor, found))
    return confirm_page(
        request, lambda: actions.cancel_entry(by=actor, entry=found), title=_("Call off %(title)s?") % {"title": found.title},
        text=_("It stays in the year as called off, and in every calendar that follows it."), button=_("Call off"),
        back=_url(found.whose, found.first_day.year), done=_("It is called off."),
    )  # fmt: skip


@require_POST
@staff_only
def make_feed(request: HttpRequest) -> HttpResponse:
    """The address is shown this once."""
    token = actions.make_feed(by=actor_of(request))
    url = request.build_absolute_uri(reverse("governance:feed", kwargs={"token": token}))
    return private(render(request, "governance/feed.html", {"url": url}))


@require_POST
@staff_only
def end_feed(request: HttpRequest) -> HttpResponse:
    done = _("The address opens nothing any more.")
    return do_now(request, lambda: actions.end_feed(by=actor_of(request)), done=done, to=reverse("governance:clock"))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar fetches. Raises NotFound for an address that opens nothing."""
    person_id = feed_person(token)
    if person_id is None:
        raise NotFound
    return private(HttpResponse(feed_text(person_id), content_type="text/calendar; charset=utf-8"))
