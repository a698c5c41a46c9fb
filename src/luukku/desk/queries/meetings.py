"""A booked time in words and as a calendar event. Nothing of the matter: the network's name, the adviser, the place, and a link to see more."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.translated import in_language
from luukku.desk.enums import AppointmentState, MeetingPlace
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Handover
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat


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


def coming_of(case_id: int, desks: Collection[Desk], now: datetime | None = None) -> QuerySet[Appointment]:
    """Booked times of a matter that are still to come and for which nobody is there when only these desks go on with it.

    A time stays when its desk goes on, or when somebody who would come to it handles matters where one of them is.
    """
    here = Seat.objects.on(timezone.localdate()).filter(
        organisation__in=[desk.organisation_id for desk in desks], role__in=roles_with(Right.HANDLE_CASES), person=OuterRef("person")
    )
    stays = AppointmentPerson.objects.filter(Exists(here), appointment=OuterRef("pk"))
    coming = Appointment.objects.filter(case=case_id, state=AppointmentState.BOOKED, starts_at__gt=now or timezone.now())
    return coming.exclude(desk__in=[desk.pk for desk in desks]).filter(~Exists(stays)).order_by("starts_at", "pk")


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
