"""The booked meeting of three that makes a handover a warm one when it is held: the handover follows it, and it follows the handover."""

from collections.abc import Collection

from django.utils import timezone

from luukku.core import mail
from luukku.desk.actions.appointments.booking import tell_advisers
from luukku.desk.actions.appointments.plan import touch
from luukku.desk.actions.handover.turns import leave
from luukku.desk.actions.work import Work
from luukku.desk.enums import AppointmentState
from luukku.desk.models import Appointment, AppointmentPerson, Handover
from luukku.network.enums import Right, roles_with
from luukku.network.models import Seat


def of_both_sides(handover: Handover, people: Collection[int]) -> bool:
    """Whether somebody of the passer's and another of the receiver's are among these persons; of the passer's alone where it goes outside."""
    passers = _sitting(handover.from_desk.organisation_id, people)
    if handover.to_desk is None:
        return bool(passers)
    receivers = _sitting(handover.to_desk.organisation_id, people)
    return any(one != other for one in passers for other in receivers)


def _sitting(organisation_id: int, people: Collection[int]) -> set[int]:
    seats = Seat.objects.on(timezone.localdate()).filter(organisation_id=organisation_id, person_id__in=people)
    return set(seats.filter(role__in=roles_with(Right.HANDLE_CASES)).order_by().values_list("person_id", flat=True))


def set_meeting(work: Work, handover: Handover, meeting: Appointment) -> None:
    """The three are to meet at this booked time; an organisation outside gets the invitation too."""
    what = "moved" if handover.meeting_id else "booked"
    handover.meeting, handover.meeting_at = meeting, meeting.starts_at
    handover.save(update_fields=["meeting", "meeting_at"])
    leave(work, handover, "meeting")
    _tell_outside(work, handover, meeting, what)


def follow_meeting(work: Work, meeting: Appointment) -> None:
    """The booked time has moved, is off, or others meet: the handover follows, or is to be a warm one no more."""
    handover = Handover.objects.select_for_update(of=("self",)).filter(meeting=meeting, case=work.case).first()
    if handover is None:
        return
    people = list(AppointmentPerson.objects.filter(appointment=meeting).order_by("id").values_list("person_id", flat=True))
    if meeting.state == AppointmentState.BOOKED and of_both_sides(handover, people):
        set_meeting(work, handover, meeting)
    else:
        _take_off(work, handover, meeting)


def mark_met(work: Work, meeting: Appointment, *, all_came: bool) -> None:
    """Whether the three met at this time, as whoever was there says: only then the handover is a warm one. Nothing for other booked times."""
    handover = Handover.objects.select_for_update(of=("self",)).filter(meeting=meeting, case=work.case).first()
    met_at = meeting.starts_at if all_came else None
    if handover is None or handover.met_at == met_at:
        return
    handover.met_at = met_at
    handover.save(update_fields=["met_at"])
    leave(work, handover, "met" if all_came else "not_met")


def meeting_ends(work: Work, handover: Handover) -> None:
    """The handover has come to nothing: whoever would have come for the receiver comes no more, and the customer meets the passer alone."""
    meeting = handover.meeting
    if meeting is None:
        return
    _take_off(work, handover, meeting)
    if meeting.state != AppointmentState.BOOKED or meeting.starts_at <= work.at or handover.to_desk is None:
        return
    places = AppointmentPerson.objects.filter(appointment=meeting)
    people = list(places.order_by("id").values_list("person_id", flat=True))
    leaving = sorted(_sitting(handover.to_desk.organisation_id, people) - _sitting(handover.from_desk.organisation_id, people))
    if not leaving:
        return
    places.filter(person_id__in=leaving).delete()
    touch(meeting, work.at)
    meeting.save(update_fields=["sequence", "changed_at"])
    tell_advisers(work.case, meeting, leaving, "withdrawn")


def _take_off(work: Work, handover: Handover, meeting: Appointment) -> None:
    handover.meeting = handover.meeting_at = handover.met_at = None
    handover.save(update_fields=["meeting", "meeting_at", "met_at"])
    leave(work, handover, "meeting_off")
    _tell_outside(work, handover, meeting, "cancelled")


def _tell_outside(work: Work, handover: Handover, meeting: Appointment, what: str) -> None:
    if handover.to_desk is None:
        mail.queue("desk.handover_meeting", work.case, handover=handover.pk, appointment=meeting.pk, what=what)
