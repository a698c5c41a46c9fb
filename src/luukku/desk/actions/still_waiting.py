"""While a matter waits for somebody else than the customer she is told so shortly before the kept-informed limit, before she would have to ask.

The message is made of codes by the program and keeps no promise: the clock runs on, a person must still write or call.
Her handler is told that it went. A region may turn it off.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.worktime import NeverOpens, OutsideCalendar, is_open, working_minutes_between
from luukku.desk.actions.news import tell_customer
from luukku.desk.actions.work import work_on
from luukku.desk.enums import CaseState, ClockKind, WaitingFor
from luukku.desk.models import Clock
from luukku.desk.queries.doors import work_calendar

AHEAD = 8 * 60  # working minutes before the limit, our default: a working day
_FAR = timedelta(days=14)  # a working day is never longer than this, whatever holidays lie in it
AT_ONCE = 200


def tell_still_waiting(*, by: Actor, at: datetime | None = None) -> int:
    """Tell each such customer once for each run of the clock, in the desk's hours; returns how many mails. Run it each hour, as the house."""
    now = at or timezone.now()
    found = _running(now).select_related("leg__desk__region").order_by("due_at", "pk")[:AT_ONCE]
    return sum(_tell(by, clock, now) for clock in found if _is_near(clock, now))


def _running(now: datetime) -> QuerySet[Clock]:
    """Kept-informed clocks that run and have not been told of, of parts that wait for others, where the region has not turned this off."""
    waiting = Clock.objects.filter(leg__state=CaseState.WAITING).exclude(leg__waiting_for=WaitingFor.CUSTOMER)
    running = waiting.filter(kind=ClockKind.INFORMED, ended_at=None, paused_at=None, still_told_at=None, due_at__gt=now, due_at__lte=now + _FAR)
    return running.exclude(leg__desk__region__warning_times__still_waiting=False)


def _is_near(clock: Clock, now: datetime) -> bool:
    try:
        calendar = work_calendar(clock.leg.desk)
        return is_open(calendar, now) and working_minutes_between(calendar, now, clock.due_at) <= AHEAD
    except (NeverOpens, OutsideCalendar):
        return False


def _tell(by: Actor, found: Clock, now: datetime) -> bool:
    """Whether a mail goes: with the case locked it is seen once more that it still holds. Who is to be called is called by her handler."""
    with work_on(found.leg.case_id, by=by, at=now) as work:
        clock = _running(now).filter(pk=found.pk).first()
        leg = next((each for each in work.legs if clock is not None and each.pk == clock.leg_id), None)
        if clock is None or leg is None:
            return False
        Clock.objects.filter(pk=clock.pk).update(still_told_at=now)
        if tell_customer("desk.still_waiting", work.case, work.legs, by=by, at=now, leg=leg.pk, clock=clock.pk) is None:
            return False
        work.record("case.still_told", leg=leg, cause=leg.waiting_for)
        mail.queue("desk.still_told", work.case, person=leg.handler_id, desk=leg.desk_id, clock=clock.pk)
        return True
