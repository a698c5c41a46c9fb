"""The rows of a new case, with its number, in one statement: the number's row is locked no longer than from here to the commit."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.finnish import finnish_key
from luukku.core.together import insert_together
from luukku.desk.actions.clocks import new_clock, show_nearest
from luukku.desk.enums import CaseState, ClockKind
from luukku.desk.models import Case, Clock, Leg, StatusLink
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Desk

_NEXT_NUMBER = (
    'insert into desk_casenumber (region_id, "year", "last") values (%s, %s, 1)'
    ' on conflict (region_id, "year") do update set "last" = desk_casenumber."last" + 1'
    ' returning %s || lpad("last"::text, greatest(4, length("last"::text)), \'0\') as number'
)


@dataclass(frozen=True)
class CaseRows:
    """An unsaved case, where it goes, what is known of it, and its link."""

    case: Case
    desk: Desk
    service: Service | None
    handler_id: int | None
    link: StatusLink
    given_to_id: int | None = None  # by rule: it waits for her to take it up
    routed: dict[str, Any] = field(default_factory=dict)
    step: tuple[str, datetime] | None = None  # what happens next, and when


def insert_case(rows: CaseRows, at: datetime) -> Leg:
    """Insert number, case, first leg, its first clock (met at once when somebody has taken it) and the link. Returns the leg."""
    case, region = rows.case, rows.case.region
    calendar = work_calendar(rows.desk)
    leg = Leg(
        case=case, desk=rows.desk, service=rows.service, received_at=at, customer_key=_customer_key(case), handler_id=rows.given_to_id,
        routed=rows.routed,
    )  # fmt: skip
    if rows.step is not None:
        leg.next_step, leg.next_step_at = rows.step
    clocks: list[Clock] = [new_clock(leg, ClockKind.TAKEN_UP, region, calendar, at)]
    if rows.handler_id is not None:
        case.state = leg.state = CaseState.TAKEN_UP
        leg.handler_id, leg.taken_up_at = rows.handler_id, at
        clocks[0].ended_at, clocks[0].end = at, "met"
        clocks.append(new_clock(leg, ClockKind.INFORMED, region, calendar, at))
    show_nearest(leg, [clock for clock in clocks if clock.ended_at is None])
    year = timezone.localdate(at).year
    before = (_NEXT_NUMBER, [region.pk, year, f"{region.prefix}-{year % 100:02d}-"])
    insert_together([case, leg, *clocks, rows.link], before=before, computed={"number": "b.number"}, returning="number")
    return leg


def _customer_key(case: Case) -> str:
    if case.company_shown:
        return finnish_key(case.company_shown)
    return finnish_key(case.customer.contact.name) if case.customer is not None else ""
