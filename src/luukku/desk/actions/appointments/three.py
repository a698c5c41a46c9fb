"""The meeting of three of a warm handover: passer, receiver and customer, booked so that neither adviser can be elsewhere then."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access import visible_appointments
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.changing import move_freely
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.handover.passing import agree_meeting
from luukku.desk.enums import WITH_RECEIVER, AppointmentState, HandoverState
from luukku.desk.models import Appointment, Handover


def book_three(*, by: Actor, handover: Handover, plan: Plan, at: datetime | None = None) -> Appointment:
    """Book the meeting, or move it when it is booked already: all get the invitation, and the handover is a warm one.

    Raises RuleBroken when somebody is taken, nobody of the receiver's is named, or the customer has not agreed to the handover; NotAllowed.
    """
    if handover.state not in (*WITH_RECEIVER, HandoverState.ACCEPTED):
        raise RuleBroken(_("Book the meeting when the customer has agreed to the handover."))
    if len(plan.people) < 2:
        raise RuleBroken(_("Choose somebody from each side."), field="people")
    with transaction.atomic():
        plan = replace(plan, desk=handover.from_desk)
        earlier = _booked(by, handover)
        made = agree(by=by, case=handover.case, plan=plan, at=at) if earlier is None else move_freely(by=by, appointment=earlier, plan=plan, at=at)
        agree_meeting(by=by, handover=handover, meeting_at=plan.starts_at, at=at)
    return made


def _booked(by: Actor, handover: Handover) -> Appointment | None:
    if handover.meeting_at is None:
        return None
    booked = visible_appointments(by).filter(case=handover.case_id, state=AppointmentState.BOOKED, starts_at=handover.meeting_at)
    return booked.prefetch_related("people").first()
