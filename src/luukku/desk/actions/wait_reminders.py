"""A customer for whose answer a part waits is reminded once, on the day until which it waits; a new day is another reminder.

Waiting for her pauses the kept-informed clock, so without this a matter could lie for ever.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.desk.actions.work import work_on
from luukku.desk.enums import CaseState, WaitingFor
from luukku.desk.models import Leg

FIRST_HOUR = 9  # nobody is reminded at night
LOOK_BACK = timedelta(days=14)  # of a day that was missed, and no older ones
AT_ONCE = 200


def remind_of_waits(*, by: Actor, at: datetime | None = None) -> int:
    """Tell each such customer by her way of contact; returns how many parts. Run it each hour, as the house."""
    now = timezone.localtime(at)
    if now.hour < FIRST_HOUR:
        return 0
    found = _due(now).order_by("waiting_until", "pk").values_list("pk", "case_id")[:AT_ONCE]
    return sum(_remind(by, leg_id, case_id, now) for leg_id, case_id in found)


def _due(now: datetime) -> QuerySet[Leg]:
    """Open parts whose day of waiting for the customer has come, who has not written since and has not been reminded of that day."""
    today = timezone.localdate(now)
    waiting = Leg.objects.open().filter(state=CaseState.WAITING, waiting_for=WaitingFor.CUSTOMER, answer_awaited=False)
    come = waiting.filter(waiting_until__lte=today, waiting_until__gt=today - LOOK_BACK)
    return come.filter(Q(reminded_of=None) | ~Q(reminded_of=F("waiting_until")))


def _remind(by: Actor, leg_id: int, case_id: int, now: datetime) -> bool:
    """Whether she is reminded: with the case locked it is seen once more that it still holds."""
    with work_on(case_id, by=by, at=now) as work:
        leg = _due(now).filter(pk=leg_id, case=case_id).first()
        if leg is None:
            return False
        Leg.objects.filter(pk=leg.pk).update(reminded_of=leg.waiting_until)
        work.record("case.reminded", leg=leg)
        work.tell("desk.still_needed", leg=leg.pk)
        return True
