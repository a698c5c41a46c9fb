"""A network's year: `luukku bench year`. The days of a group's year found and its meetings made, and a calendar of 300 meetings.

On whatever database there is, through the product's own actions, in a transaction that is undone at the end. The floor is one indexed read of a
meeting in the same run.
"""

import os
from collections.abc import Callable, Sequence
from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.plans import timed
from luukku.core.actor import Actor, act_as
from luukku.core.moments import moment_at
from luukku.governance.actions.clock import plan_year
from luukku.governance.actions.groups import GroupForm, create_group
from luukku.governance.actions.meetings import MeetingForm, plan_meeting
from luukku.governance.models import Group, GroupKind, Meeting
from luukku.governance.models.whose import Whose
from luukku.governance.queries.clock import feed_text, year_page
from luukku.governance.queries.year import planned_months, propose, taken_days
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Seat

GROUPS, EACH = 10, 30
# Seconds and statements; of what makes rows, what one meeting takes is counted by itself. Nobody waits for a calendar: programs fetch it.
AIMS = {"a year of eleven meetings": (1.0, 11 * 12 + 6), "a calendar of 300 meetings": (1.0, 12), "the year as a circle and a list": (0.5, 6)}


def main(argv: Sequence[str] = ()) -> list[str]:
    """Fill, ask, print medians with the load of the machine; returns which aims were missed."""
    missed = []
    seat = Seat.objects.on(timezone.localdate()).filter(role=Role.COORDINATOR).select_related("region").order_by("id")[0]
    assert seat.region is not None
    actor, whose = actor_of_person(seat.person_id), Whose(seat.region)
    with transaction.atomic():
        with act_as(actor):
            groups = _fill(actor, whose)
            print(f"{GROUPS * EACH} meetings; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            any_of_them = Meeting.objects.filter(group=groups[0]).values_list("pk", flat=True)[0]
            year = timezone.localdate().year + 1
            asked: dict[str, Callable[[], Any]] = {
                "a year of eleven meetings": lambda: _year(actor, groups[-1], year + 1),
                "the year as a circle and a list": lambda: year_page(actor, whose, year),
            }
            floor, _none = timed(lambda: Meeting.objects.filter(pk=any_of_them).first())
            found = {name: timed(ask) for name, ask in asked.items()}
        found["a calendar of 300 meetings"] = timed(lambda: feed_text(seat.person_id))
        events = feed_text(seat.person_id).count("BEGIN:VEVENT")
        if events < GROUPS * EACH:
            missed.append(f"the calendar holds {events} events only")
        for name, (seconds, statements) in found.items():
            most, count = AIMS[name]
            print(f"{name:<32}{seconds * 1000:>9.1f} ms{seconds / floor:>8.1f} x floor{statements:>5} statements")
            missed += [f"{name}: {seconds:.2f} s, {statements} statements"] if seconds > most or statements > count else []
        transaction.set_rollback(True)
    return missed


def _fill(by: Actor, whose: Whose) -> list[Group]:
    """Groups of the coordinator's region, with meetings over the year that comes, about every twelfth day each."""
    kind = GroupKind.objects.get(code="steering", region=None)
    groups = [create_group(by=by, region=whose.region, kind=kind, form=GroupForm({"fi": f"Ryhmä {number}"})) for number in range(GROUPS)]
    for number, group in enumerate(groups):
        for each in range(EACH):
            day = timezone.localdate() + timedelta(days=5 + number + each * 12)
            plan_meeting(by=by, group=group, form=MeetingForm(moment_at(day, time(9)), moment_at(day, time(11))))
    return groups


def _year(by: Actor, group: Group, year: int) -> None:
    """As on the page: the days are proposed around what others have, then the meetings are made; and taken back for the next round."""
    with transaction.atomic():
        months = set(range(1, 13)) - planned_months(group, year)
        days = [each.day for each in propose(year, months, 2, 1, taken_days(group, year))]
        assert len(plan_year(by=by, group=group, days=days, starts=time(9), ends=time(11))) == 11
        transaction.set_rollback(True)
