"""The day before, once, to the customer and to the advisers: marked and queued in one transaction, so that a crash
sends none twice and loses none."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import HOUSE
from luukku.desk.actions.news import tell_customer
from luukku.desk.enums import AppointmentState
from luukku.desk.models import Appointment, Leg

FIRST_HOUR = 8  # nobody is reminded at night
AT_ONCE = 200
DAY = timedelta(days=1)


def remind(at: datetime | None = None) -> int:
    """Queue a reminder of tomorrow's meetings, and of today's that could not be told yesterday; returns how many. Run it each hour, as the house.

    A time that was booked or moved after the day before had begun needs none: its customer has just had a mail.
    """
    now = timezone.localtime(at)
    if now.hour < FIRST_HOUR:
        return 0
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    coming = Appointment.objects.select_for_update(of=("self",), skip_locked=True).select_related("case").prefetch_related("people").filter(
        Q(starts_at__gte=midnight + DAY, changed_at__lt=midnight) | Q(starts_at__lt=midnight + DAY, changed_at__lt=midnight - DAY),
        state=AppointmentState.BOOKED, reminded_at=None, starts_at__gt=now + timedelta(hours=1), starts_at__lt=midnight + 2 * DAY,
    )  # fmt: skip
    due = list(coming.order_by("starts_at", "pk")[:AT_ONCE])
    for each in due:
        each.reminded_at = now
        each.save(update_fields=["reminded_at"])
        legs = list(Leg.objects.select_related("desk").filter(case=each.case).order_by("position")) if each.case.customer_id is not None else []
        tell_customer("desk.appointment_reminder", each.case, legs, by=HOUSE, at=now, appointment=each.pk)
        for person in each.people.all():
            mail.queue("desk.appointment_staff", each.case, appointment=each.pk, person=person.pk, what="reminder")
    return len(due)
