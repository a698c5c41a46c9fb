"""A customer's own matters in one list: how each stands, what comes next and by when. Three statements, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.desk.access import visible_appointments, visible_cases, visible_legs
from luukku.desk.enums import AppointmentState, CaseState, WaitingFor
from luukku.desk.models import Appointment, Case, Leg

MOST = 300


@dataclass(frozen=True)
class MyCase:
    """One matter; `leg` is its open part that is due first, `meeting` the next booked time. Both None when it has ended."""

    case: Case
    leg: Leg | None
    meeting: Appointment | None

    @property
    def yours(self) -> bool:
        """Whether it waits for her."""
        return self.leg is not None and self.leg.state == CaseState.WAITING and self.leg.waiting_for == WaitingFor.CUSTOMER


def my_cases(actor: Actor) -> list[MyCase]:
    """The matters of a signed-in customer, newest first, at most MOST. What was joined to another of hers is shown there."""
    own = actor.customer_ids
    if not own:
        return []
    mine = visible_cases(actor).filter(customer__in=own).exclude(joined_into__customer__in=own)
    cases = list(mine.select_related("region", "company").defer("search").order_by("-id")[:MOST])
    legs, meetings = _legs(actor, cases), _meetings(actor, cases)
    return [MyCase(case, legs.get(case.pk), meetings.get(case.pk)) for case in cases]


def _legs(actor: Actor, cases: Sequence[Case]) -> dict[int, Leg]:
    still = visible_legs(actor).open().filter(case__in=[case.pk for case in cases if case.is_open])
    found = still.select_related("desk__organisation", "handler").order_by("-due_sort", "-position")
    return {leg.case_id: leg for leg in found}


def _meetings(actor: Actor, cases: Sequence[Case]) -> dict[int, Appointment]:
    coming = visible_appointments(actor).filter(state=AppointmentState.BOOKED, ends_at__gt=timezone.now(), case__in=[case.pk for case in cases])
    return {meeting.case_id: meeting for meeting in coming.order_by("-starts_at")}
