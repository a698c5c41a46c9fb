"""In January and July those who lead an organisation's desks hear that the summary of how it went in the half-year stands ready."""

from datetime import date, datetime

from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.models import OutgoingMail
from luukku.core.moments import moment_at
from luukku.desk.models import Feedback, KioskAnswer
from luukku.desk.queries.faces import HalfYear
from luukku.network.enums import Right, roles_with
from luukku.network.models import Seat

KIND = "desk.half_year"


def tell_half_years(*, by: Actor, at: datetime | None = None) -> int:
    """One mail to each, once, of organisations that were given answers in the half-year that has just ended. As the house. Returns how many."""
    if by.kind != "house":
        raise NotAllowed
    today = timezone.localdate(at)
    if today.month not in (1, 7):
        return 0
    half = HalfYear(today.year - 1, 2) if today.month == 1 else HalfYear(today.year, 1)
    told = set(OutgoingMail.objects.filter(kind=KIND, facts__year=half.year, facts__half=half.half).values_list("subject_id", "facts__person"))
    leads = Seat.objects.on(today).filter(role__in=roles_with(Right.LEAD_DESK), organisation__in=_answered(half), person__deactivated_at=None)
    to = {(seat.organisation_id, seat.person_id): seat for seat in leads.select_related("organisation").order_by("id")}
    found = [seat for key, seat in to.items() if key not in told]
    for seat in found:
        assert seat.organisation is not None
        mail.queue(KIND, seat.organisation, person=seat.person_id, year=half.year, half=half.half)
    return len(found)


def _answered(half: HalfYear) -> set[int | None]:
    """The organisations whose customers or visitors said in the half-year how it went."""
    first, until = (moment_at(day) for day in _days(half))
    touched = KioskAnswer.objects.filter(given_at__gte=first, given_at__lt=until)
    said = Feedback.objects.filter(created_at__gte=first, created_at__lt=until)
    kiosks = touched.order_by().values_list("kiosk__desk__organisation", flat=True).distinct()
    return {*kiosks, *said.order_by().values_list("case__legs__desk__organisation", flat=True).distinct()}


def _days(half: HalfYear) -> tuple[date, date]:
    """Its first day, and the first after it."""
    return (date(half.year, 1, 1), date(half.year, 7, 1)) if half.half == 1 else (date(half.year, 7, 1), date(half.year + 1, 1, 1))
