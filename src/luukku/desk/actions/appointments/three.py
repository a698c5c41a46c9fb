"""The meeting of three of a warm handover: passer, receiver and customer, booked so that neither adviser can be elsewhere then."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.changing import move_freely
from luukku.desk.actions.appointments.plan import Plan, lock_hours
from luukku.desk.actions.handover.meeting import of_both_sides, set_meeting
from luukku.desk.actions.handover.receiving import lock_own
from luukku.desk.actions.work import work_on
from luukku.desk.enums import OPEN_HANDOVER
from luukku.desk.models import Appointment, Handover
from luukku.network.models import Person


def book_three(*, by: Actor, handover: Handover, plan: Plan, at: datetime | None = None) -> Appointment:
    """Book the meeting, or move it when it is booked already: all get the invitation, and the handover is a warm one.

    An organisation outside is invited by mail; of us only the passer's people are booked. Of two who book at once the second moves the meeting.
    Raises RuleBroken when somebody is taken, a side is missing, or the customer has not agreed to the handover; NotAllowed.
    """
    with transaction.atomic():
        lock_hours([*plan.people, *Person.objects.filter(appointments__warm_handover=handover)], plan.starts_at, plan.busy_until)
        with work_on(handover.case_id, by=by, at=at) as work:
            locked = lock_own(by, handover)
            _check(locked, plan)
            ours = replace(plan, desk=locked.from_desk)
            if locked.meeting is not None:
                return move_freely(by=by, appointment=locked.meeting, plan=ours, at=at)
            made = agree(by=by, case=work.case, plan=ours, at=at)
            set_meeting(work, locked, made)
            return made


def _check(handover: Handover, plan: Plan) -> None:
    if handover.state not in OPEN_HANDOVER:
        raise RuleBroken(_("This handover has ended already."))
    if handover.sent_at is None:
        raise RuleBroken(_("Book the meeting when the customer has agreed to the handover."))
    if not of_both_sides(handover, [person.pk for person in plan.people]):
        raise RuleBroken(_("Choose somebody from each side."), field="people")
