"""A booked time is taken off: by somebody, or because the matter it was about, or the part of it, has ended."""

from luukku.desk.actions.appointments.booking import tell_advisers
from luukku.desk.actions.appointments.plan import touch
from luukku.desk.actions.handover.meeting import follow_meeting
from luukku.desk.actions.work import Work
from luukku.desk.enums import ENDED_STATES, AppointmentState, Canceller
from luukku.desk.models import Appointment, Leg
from luukku.desk.queries.meetings import coming_of


def call_off(work: Work, meeting: Appointment, leg: Leg, wish: str, *, told: bool = False) -> None:
    """Write that a locked time is off and tell all who would have come; `told`: the customer has heard it from us already. The leg is not saved."""
    meeting.state, meeting.cancelled_by = AppointmentState.CANCELLED, wish
    meeting.cancelled_late = wish == Canceller.CUSTOMER and work.at > meeting.change_until
    touch(meeting, work.at)
    meeting.save()
    work.record(
        "case.time_cancelled", leg=leg, appointment=meeting.pk, starts=meeting.starts_at.isoformat(), wish=wish, late=meeting.cancelled_late
    )  # fmt: skip
    if not (told and work.must_call):
        work.tell("desk.appointment_cancelled", appointment=meeting.pk)
    tell_advisers(work.case, meeting, [person.pk for person in meeting.people.all()], "cancelled")
    follow_meeting(work, meeting)


def end_times(work: Work, leg: Leg, wish: str, *, told: bool = False) -> None:
    """Nobody waits for the customer where no part goes on: what was booked there and is still to come is off, and its hours are free for others."""
    goes_on = [each.desk for each in work.legs if each.state not in ENDED_STATES]
    for each in coming_of(work.case.pk, goes_on, work.at).select_for_update(of=("self",)):
        call_off(work, each, leg, wish, told=told)
