"""Limits that run are counted anew when working time changes: a closing day, other hours, an exceptional opening day.

The new limit is the exact one: as if the promise had been given in the new calendar. Only one that would then lie in the past keeps its date, for
nobody can be made late by a change of hours. Counting twice changes nothing, so a job that was killed is simply run again.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.core.registries import CalendarWatcher
from luukku.core.trail import Happening
from luukku.core.worktime import WorkCalendar
from luukku.desk.actions.clocks import limit_of
from luukku.desk.actions.follow_ups import recount_marks
from luukku.desk.enums import ClockKind
from luukku.desk.models import Breach, Case, Clock, FollowUp, Handover, Leg
from luukku.desk.queries.doors import KEEP_SECONDS
from luukku.network.models import Desk
from luukku.network.queries.calendars import desk_calendar

CHUNK = 500
_SHOW_NEAREST = """
update desk_leg l set due_at = n.due_at, due_kind = n.kind
from (select distinct on (leg_id) leg_id, due_at, kind from desk_clock
      where leg_id = any(%s) and ended_at is null and paused_at is null order by leg_id, due_at, kind) n
where l.id = n.leg_id and (l.due_at, l.due_kind) is distinct from (n.due_at, n.kind)
"""


# Not at once: other processes still count in the old hours for as long as they remember them.
LATER = {"seconds": 2 * KEEP_SECONDS}


def calendar_changed(kind: str, pk: int) -> None:
    """Queue the recount."""
    app.configure_task("luukku.desk.tasks.recount_clocks", lock=f"recount-{kind}-{pk}", schedule_in=LATER).defer(kind=kind, pk=pk)


WATCHER = CalendarWatcher(calendar_changed)


def cases_by_desk(kind: str, pk: int) -> list[tuple[int, tuple[int, ...]]]:
    """Cases with running limits or open low marks at the desk, or at every desk of the region, in chunks that one transaction takes."""
    desks = Desk.objects.filter(**{"region_id" if kind == "network.region" else "pk": pk}).order_by("id").values_list("id", flat=True)
    return [(desk_id, chunk) for desk_id in desks for chunk in _chunks(desk_id)]


def _chunks(desk_id: int) -> Iterator[tuple[int, ...]]:
    running = Clock.objects.filter(leg__desk_id=desk_id, ended_at=None).values_list("leg__case_id", flat=True)
    marked = FollowUp.objects.filter(case__legs__desk_id=desk_id, done_at=None).order_by("case").values_list("case", flat=True)
    cases = sorted({*running, *marked})
    for start in range(0, len(cases), CHUNK):
        yield tuple(cases[start : start + CHUNK])


def recount(desk_id: int, case_ids: Sequence[int], *, now: datetime | None = None) -> int:
    """Count the running limits of these cases' legs at the desk anew, leave an event for each that moved; returns how many did."""
    moment = now or timezone.now()
    desk = Desk.objects.get(pk=desk_id)
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids).order_by("pk").values_list("pk"))  # as every change of a case
    legs = {leg.pk: leg for leg in Leg.objects.select_for_update(of=("self",)).filter(case__in=case_ids, desk=desk).order_by("pk")}
    calendar = desk_calendar(desk)
    moved: list[tuple[Clock, datetime]] = []
    for clock in Clock.objects.filter(leg__in=legs, ended_at=None).order_by("id"):
        before, clock.due_at = clock.due_at, counted_anew(clock, calendar, moment)
        if clock.due_at != before:
            moved.append((clock, before))
    if moved:
        _write(desk, legs, moved, moment)
    marks = recount_marks(desk, calendar, case_ids, moment)
    trail.record_many("case.limit_moved", Case, by=HOUSE, happenings=marks)
    return len(moved) + len(marks)


def counted_anew(clock: Clock, calendar: WorkCalendar, now: datetime) -> datetime:
    """The limit in the new calendar; the old one where the new would be earlier and past already."""
    limit = limit_of(clock, calendar)
    return clock.due_at if limit < clock.due_at and limit < (clock.paused_at or now) else limit


def _write(desk: Desk, legs: dict[int, Leg], moved: list[tuple[Clock, datetime]], now: datetime) -> None:
    Clock.objects.bulk_update([clock for clock, _before in moved], ["due_at"])
    with connection.cursor() as cursor:
        cursor.execute(_SHOW_NEAREST, [sorted({clock.leg_id for clock, _before in moved})])
    for clock, _before in moved:
        if clock.kind == ClockKind.GUIDED:  # the handover tells the same limit
            Handover.objects.open().filter(Q(leg=clock.leg_id) | Q(received_leg=clock.leg_id)).exclude(due_at=None).update(due_at=clock.due_at)
    Breach.objects.filter(clock__in=[clock.pk for clock, _before in moved if clock.due_at > now]).delete()
    happenings = (
        Happening(
            legs[clock.leg_id].case_id, now, desk.region_id, desk.organisation_id,
            {"leg": clock.leg_id, "clock": clock.pk, "kind": clock.kind, "before": before.isoformat(), "after": clock.due_at.isoformat()},
        )
        for clock, before in moved
    )  # fmt: skip
    trail.record_many("case.limit_moved", Case, by=HOUSE, happenings=happenings)
