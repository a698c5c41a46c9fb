"""A booked time in words and as a calendar event. Nothing of the matter: the network's name, the adviser, the place, and a link to see more."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.translated import in_language
from luukku.desk.enums import AppointmentState, MeetingPlace
from luukku.desk.models import Appointment, BookableTimes, Handover


def place_text(meeting: Appointment | BookableTimes) -> str:
    """`Video meeting`, or `Visiting desk: Teuva, Porvarintie 26`, in the present language."""
    label = str(MeetingPlace(meeting.place).label)
    parts: list[str] = []
    if meeting.room is not None and meeting.room.premises is not None:
        parts += [meeting.room.premises.name, meeting.room.premises.street]
    if meeting.municipality is not None:
        parts.append(str(meeting.municipality.name))
    parts.append(meeting.address)
    if meeting.room is not None and meeting.place != MeetingPlace.REMOTE_POINT:  # there it is the point's screen
        parts.append(meeting.room.name)
    where = ", ".join(part for part in parts if part)
    return f"{label}: {where}" if where else label


def is_of_three(meeting: Appointment) -> bool:
    """Whether it is the meeting of a handover: customer, passer and receiver."""
    return Handover.objects.filter(meeting=meeting).exists()


def coming_of(case_id: int, now: datetime | None = None) -> list[datetime]:
    """When the booked times of a matter that are still to come begin. One statement."""
    coming = Appointment.objects.filter(case=case_id, state=AppointmentState.BOOKED, starts_at__gt=now or timezone.now())
    return list(coming.order_by("starts_at").values_list("starts_at", flat=True))


def names_of(meeting: Appointment) -> str:
    """The advisers of a meeting."""
    return " · ".join(person.name for person in meeting.people.all())


def event_of(meeting: Appointment, *, language: str, url: str = "", attendee: ical.Party | None = None, withdrawn: bool = False) -> ical.Event:
    """The meeting as an event, in one language. `withdrawn` cancels it for somebody who takes part no more."""
    region = in_language(meeting.case.region, "name", language)
    with translation.override(language):
        place, more = place_text(meeting), _("See the matter, move or cancel the time: %(url)s") % {"url": url} if url else ""
    return ical.Event(
        uid=f"{meeting.uid}@{settings.LUUKKU_MAIL_DOMAIN}", sequence=meeting.sequence, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        changed_at=meeting.changed_at, created_at=meeting.created_at, summary=f"{region}: {names_of(meeting)}", description=more,
        location=meeting.video_link or place, url=url, cancelled=withdrawn or meeting.state == AppointmentState.CANCELLED,
        organizer=ical.Party(meeting.case.region.email or settings.DEFAULT_FROM_EMAIL, str(region)), attendee=attendee,
    )  # fmt: skip
