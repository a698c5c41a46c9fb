"""A booked time counts as taken up, for it names the person. If that person then cancels or misses it and nobody has met or written to the
customer, the first clock is armed anew, as when she says that nobody has contacted her: the promise was not kept by a name alone.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.worktime import NeverOpens, OutsideCalendar, due
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import AppointmentState, CaseState, ClockKind
from luukku.desk.models import Appointment, Clock, Leg
from luukku.desk.queries.doors import work_calendar

MARKED_WITHIN = 1  # working days after a meeting, in which its adviser says that they met
LOOK_BACK = timedelta(days=30)
AT_ONCE = 200


def arm_anew(work: Work, leg: Leg, appointment: Appointment) -> bool:
    """Start the first clock of a part whose customer has nobody's word but this time's; whether it was started. The leg is not saved."""
    other = Appointment.objects.filter(case=work.case, state=AppointmentState.BOOKED, ends_at__gt=work.at).exclude(pk=appointment.pk)
    if leg.state != CaseState.TAKEN_UP or other.exists():
        return False
    clocks = work.clocks(leg)
    if ClockKind.TAKEN_UP in clocks.running:
        return False
    clocks.start(ClockKind.TAKEN_UP)
    work.record("case.time_unkept", leg=leg, appointment=appointment.pk)
    return True


def arm_missed(*, by: Actor, at: datetime | None = None) -> int:
    """For times that went by and whose adviser has not said within a working day that they met; returns how many. Run it each hour, as the house."""
    now = at or timezone.now()
    passed = Appointment.objects.filter(
        state=AppointmentState.BOOKED, ends_at__gt=now - LOOK_BACK, ends_at__lt=now, case__legs__state=CaseState.TAKEN_UP
    )
    found = passed.select_related("desk__region").distinct().order_by("ends_at", "pk")[:AT_ONCE]
    return sum(_arm(by, each, now) for each in found if _is_unmarked(each, now))


def _is_unmarked(appointment: Appointment, now: datetime) -> bool:
    """A working day has gone by, and the clock has not been armed for it already."""
    try:
        limit = due(work_calendar(appointment.desk), appointment.ends_at, working_days=MARKED_WITHIN)
    except (NeverOpens, OutsideCalendar):
        return False
    armed = Clock.objects.filter(leg__case=appointment.case_id, kind=ClockKind.TAKEN_UP, started_at__gt=appointment.ends_at)
    return limit <= now and not armed.exists()


def _arm(by: Actor, appointment: Appointment, now: datetime) -> bool:
    with work_on(appointment.case_id, by=by, at=now) as work:
        still = Appointment.objects.filter(pk=appointment.pk, state=AppointmentState.BOOKED).exists()
        leg = next((each for each in work.legs if each.desk_id == appointment.desk_id), None)
        if leg is None or not still or not arm_anew(work, leg, appointment):
            return False
        work.save(leg)
        return True
