"""The first page of case meetings, and the pages of a series: made, changed, its points and people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.times import hour_text
from luukku.desk.access import case_meetings as doors
from luukku.desk.access.desks import desks_led, regions_ruled
from luukku.desk.actions.case_meetings import members, running, series
from luukku.desk.models import MeetingSeries, MeetingStep
from luukku.desk.models.meeting_kinds import PointKind
from luukku.desk.queries.case_meetings.front import my_steps, series_lines
from luukku.desk.queries.case_meetings.people import PartyLine, organisations_to_add, party_lines
from luukku.desk.queries.case_meetings.rhythm import moment_of
from luukku.desk.web.staff.case_meetings.forms import MeetingsForm
from luukku.desk.web.staff.case_meetings.phrases import rhythm_words
from luukku.network.access import get_organisation
from luukku.network.models import Desk, Region

MOST_POINTS = 12


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """Series with their coming meeting and memos; what I have promised."""
    actor = actor_of(request)
    lines = [(line, rhythm_words(line.series)) for line in series_lines(actor, with_ended=request.GET.get("ended") == "1")]
    context = {"lines": lines, "steps": my_steps(actor), "makers": makers(actor)}
    return render(request, "desk/staff/case_meetings/front.html", context)


def makers(actor: Actor) -> list[tuple[str, str]]:
    """For whom the actor may make a series: key of the address, and name."""
    found = [(f"alue-{region.code}", str(region.name)) for region in regions_ruled(actor)]
    return found + [(f"tiski-{desk.pk}", f"{desk.organisation.name} ({desk.region.name})") for desk in desks_led(actor)]


def _owner(actor: Actor, key: str) -> tuple[Region, Desk | None]:
    for region in regions_ruled(actor):
        if key == f"alue-{region.code}":
            return region, None
    for desk in desks_led(actor):
        if key == f"tiski-{desk.pk}":
            return desk.region, desk
    raise NotFound


@staff_only
def make(request: HttpRequest, owner: str) -> HttpResponse:
    actor = actor_of(request)
    if not makers(actor):
        raise NotAllowed
    region, desk = _owner(actor, owner)
    form = MeetingsForm(request.POST or None, region=region)
    made = attempt(form, lambda: series.create_series(
        by=actor, region=region, desk=desk, template=form.cleaned_data["template"], form=form.series(),
        organisations=list(form.cleaned_data["organisations"]), submit_key=request.POST.get("submit_key"),
    ))  # fmt: skip
    if made is not None:
        words = _("The series is made, and its first meeting. Say next whom each organisation sends.")
        return saved(request, words, reverse("desk:meeting_series", kwargs={"pk": made.pk}))
    intro = _("Its standing points come from the template; you can change them afterwards.")
    title, back = _("New series of meetings"), reverse("desk:case_meetings")
    return form_page(request, form, title=title, button=_("Make the series"), back=back, intro=intro)


@require_safe
@staff_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A series: who meets, its standing points, its rhythm; to change for who keeps it."""
    actor = actor_of(request)
    found = doors.get_series(actor, pk)
    context = {
        "series": found, "rhythm": rhythm_words(found), "starts": hour_text(moment_of(found, timezone.localdate())),
        "parties": party_lines(found), "points": list(found.points.all()),
        "can_edit": doors.can_edit_series(actor, found) and found.ended_at is None, "to_add": organisations_to_add(found),
        "coming": found.meetings.coming().first(),
    }  # fmt: skip
    return render(request, "desk/staff/case_meetings/series.html", context)


def _kept(request: HttpRequest, pk: int) -> MeetingSeries:
    actor = actor_of(request)
    found = doors.get_series(actor, pk)
    if not doors.can_edit_series(actor, found):
        raise NotAllowed
    return found


def _home(pk: int) -> str:
    return reverse("desk:meeting_series", kwargs={"pk": pk})


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    form = MeetingsForm(request.POST or None, region=found.region, series=found)
    if attempt(form, lambda: series.edit_series(by=actor, series=found, form=form.series())):
        return saved(request, _("The changes hold from the next meeting on that is made."), _home(pk))
    return form_page(request, form, title=_("Change the series"), button=_("Save"), back=_home(pk))


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    return confirm_page(
        request, lambda: series.end_series(by=actor, series=found), title=_("End the series?"), button=_("End the series"), back=_home(pk),
        text=_("No more meetings are made. The coming one is called off and everybody is told. Memos stay."), done=_("The series has ended."),
    )  # fmt: skip


@staff_only
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """The standing points, a row each and some empty ones; an empty row goes away."""
    actor, found, error = actor_of(request), _kept(request, pk), ""
    rows = [(point.kind, {code: getattr(point, f"title_{code}") for code in LANGUAGES}) for point in found.points.all()]
    if request.method == "POST":
        rows = _sent_points(request)
        try:
            series.set_points(by=actor, series=found, points=rows)
        except RuleBroken as broken:
            error = str(broken.message)
        else:
            return saved(request, _("The points hold from the next meeting on that is made."), _home(pk))
    rows = [*rows, *[(PointKind.OTHER.value, dict.fromkeys(LANGUAGES, ""))] * max(1, min(3, MOST_POINTS - len(rows)))]
    context = {"series": found, "rows": list(enumerate(rows)), "kinds": PointKind.choices, "error": error, "back": _home(pk)}
    return render(request, "desk/staff/case_meetings/points.html", context, status=422 if error else 200)


def _sent_points(request: HttpRequest) -> list[tuple[str, dict[str, str]]]:
    sent = request.POST
    kinds = [sent.get(f"kind-{n}", "") for n in range(MOST_POINTS)]
    return [
        (kind if kind in PointKind.values else PointKind.OTHER.value, {code: sent.get(f"title-{code}-{n}", "") for code in LANGUAGES})
        for n, kind in enumerate(kinds)
        if any(sent.get(f"title-{code}-{n}", "").strip() for code in LANGUAGES)
    ]


@staff_only
def people(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Whom an organisation sends: a row for each of its people."""
    actor, found, error = actor_of(request), _kept(request, pk), ""
    line = _party(found, party)
    if request.method == "POST":
        chosen = [(each, request.POST.get(f"role-{each.pk}", "")) for each in line.people]
        try:
            members.set_people(by=actor, party=line.party, people=[(each, role) for each, role in chosen if role in ("lead", "deputy", "member")])
        except RuleBroken as broken:
            error = str(broken.message)
        else:
            return saved(request, _("Saved. New people get the invitation."), _home(pk))
        line.roles = {each.pk: role for each, role in chosen}
    context = {"series": found, "line": line, "rows": line.rows, "error": error, "back": _home(pk)}
    return render(request, "desk/staff/case_meetings/people.html", context, status=422 if error else 200)


def _party(found: MeetingSeries, pk: int) -> PartyLine:
    line = next((each for each in party_lines(found, with_people=True) if each.party.pk == pk), None)
    if line is None:
        raise NotFound
    return line


@require_POST
@staff_only
def add_party(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    organisation = get_organisation(actor, request.POST.get("organisation", ""))
    words = _("%(name)s meets from now on. Say whom it sends.") % {"name": organisation.name}
    return do_now(request, lambda: members.add_party(by=actor, series=found, organisation=organisation), done=words, to=_home(pk))


@staff_only
def remove_party(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    line = _party(found, party)
    return confirm_page(
        request, lambda: members.remove_party(by=actor, party=line.party), back=_home(pk), button=_("Take it out"),
        title=_("Take %(name)s out of the series?") % {"name": line.party.organisation.name},
        text=_("From now on it reads nothing of this series, nor of the meetings that have been."), done=_("It meets no more."),
    )  # fmt: skip


@require_POST
@staff_only
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    step: MeetingStep | None = doors.visible_steps(actor).filter(pk=pk).first()
    if step is None:
        raise NotFound
    return do_now(request, lambda: running.finish_step(by=actor, step=step), done=_("Done."), to=reverse("desk:case_meetings"))
