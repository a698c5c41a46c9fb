"""By which day the customer needs it: said later than at the door, by herself or by who handles her matter."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case


def say_needed_by(*, by: Actor, case: Case, day: date | None, at: datetime | None = None) -> Case:
    """She needs it by this day; None takes the day back. What does not fit is flagged to staff. Raises RuleBroken, NotAllowed."""
    with work_on(case.pk, by=by, at=at) as work:
        leg = work.leg() if by.is_staff else None
        if not by.is_staff:
            require_customer(by, work.case)
        if work.case.state in ENDED_STATES:
            raise RuleBroken(_("This matter has ended. Reopen it first."))
        if day is not None and day < timezone.localdate(work.at):
            raise RuleBroken(_("The day has passed already. Choose a day to come, or leave it empty."), field="needed_by")
        if day != work.case.needed_by:
            work.case.needed_by = day
            work.case.save(update_fields=["needed_by"])
            work.record("case.needed_by", leg=leg, day=day.isoformat() if day else None)
        return work.case
