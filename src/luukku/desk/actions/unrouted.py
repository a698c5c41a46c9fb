"""A mail to the nation's door whose promise runs out while nobody has found its region: the operators are told in good time, once."""

from datetime import datetime

from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.models import OutgoingMail
from luukku.core.trail import subject_kind
from luukku.core.worktime import is_open, working_minutes_between
from luukku.desk.queries.mailed import unrouted
from luukku.desk.queries.unrouted import promised_days, take_up_by
from luukku.network.enums import Role
from luukku.network.models import Person, Seat
from luukku.network.queries.nation import nation_calendar

AHEAD = 8 * 60  # working minutes before the limit, our default: a working day
KIND = "desk.unrouted_due"


def warn_of_unrouted(*, by: Actor, at: datetime | None = None) -> int:
    """A mail to each operator about the oldest mail that waits, in the hours of the nation's door, a working day before its limit. Returns how many.

    For the house alone. Once for each mail that becomes the oldest: the list shows the others.
    """
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    first = unrouted(by).first()
    if first is None or not is_open(nation_calendar(), now):
        return 0
    limit = take_up_by(first, promised_days())
    told = OutgoingMail.objects.filter(kind=KIND, subject_kind=subject_kind(first), subject_id=first.pk)
    if working_minutes_between(nation_calendar(), now, limit) > AHEAD or told.exists():
        return 0
    operators = Seat.objects.on(timezone.localdate()).filter(role=Role.OPERATOR).values("person_id")
    people = list(Person.objects.active().filter(pk__in=operators).order_by("pk").values_list("pk", flat=True))
    for person_id in people:
        mail.queue(KIND, first, person=person_id)
    return len(people)
