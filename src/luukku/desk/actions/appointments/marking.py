"""What became of a booked time: we met, or the customer did not come."""

from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.actions.handover.meeting import mark_met
from luukku.desk.actions.talking import ask_of_session, spoke
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import AppointmentState
from luukku.desk.models import Appointment, Leg, Note


def met(*, by: Actor, appointment: Appointment, note: str = "", all_came: bool = True, at: datetime | None = None) -> Appointment:
    """The meeting was held: the customer has been kept informed, and a note of it stays inside. Raises RuleBroken before it, NotAllowed.

    `all_came`: at a meeting of three about a handover, whether the other adviser was there too; else the handover is no warm one.
    """
    with work_on(appointment.case_id, by=by, at=at) as work:
        mine, leg = _past(work, appointment), work.leg()
        mine.state = AppointmentState.KEPT
        mine.save(update_fields=["state"])
        mark_met(work, mine, all_came=all_came)
        _clear(leg, mine)
        spoke(work, leg)
        work.save(*work.legs)
        if note.strip() and by.person_id is not None:
            Note.objects.create(case=work.case, leg=leg, author_id=by.person_id, body=note.strip(), created_at=work.at)
        ask_of_session(work)
        work.record("case.met", leg=leg, appointment=mine.pk)
        return mine


def did_not_come(*, by: Actor, appointment: Appointment, at: datetime | None = None) -> Appointment:
    """The customer did not come: counted, and shown on her page with the way to a new time. Raises RuleBroken before it, NotAllowed."""
    with work_on(appointment.case_id, by=by, at=at) as work:
        mine, leg = _past(work, appointment), work.leg()
        mine.state = AppointmentState.NO_SHOW
        mine.save(update_fields=["state"])
        mark_met(work, mine, all_came=False)
        _clear(leg, mine)
        work.save(leg)
        work.record("case.no_show", leg=leg, appointment=mine.pk)
        return mine


def _past(work: Work, appointment: Appointment) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment.pk, case=work.case).first()
    if found is None:
        raise NotFound
    if found.state not in (AppointmentState.BOOKED, AppointmentState.KEPT, AppointmentState.NO_SHOW):
        raise RuleBroken(_("This time is not booked any more."))
    if found.starts_at > work.at:
        raise RuleBroken(_("The meeting has not begun yet."))
    return found


def _clear(leg: Leg, appointment: Appointment) -> None:
    if leg.next_step_at == appointment.starts_at:
        leg.next_step, leg.next_step_at = "", None
