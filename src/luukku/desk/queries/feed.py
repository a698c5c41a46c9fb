"""What an adviser's own calendar fetches: that she is busy, or if she chose so, number and place too. Never the customer or the matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.actor import Actor, act_as
from luukku.core.secret_links import digest_of
from luukku.desk.enums import AppointmentState
from luukku.desk.models import Appointment, CalendarFeed
from luukku.desk.queries.meetings import place_text
from luukku.network.models import Person

BEHIND, AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class OpenFeed:
    """Who holds a feed's address may read this person's own meetings and nothing else."""

    actor: Actor
    is_full: bool


def open_feed(token: str) -> OpenFeed | None:
    """None for an address that opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, principal, is_full from wall.desk_open_feed(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return OpenFeed(Actor("person", (row[1],), row[0]), row[2]) if row else None


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The actor's own feed, if she has one."""
    return CalendarFeed.objects.filter(person_id=actor.person_id, revoked_at=None).first() if actor.person_id is not None else None


def feed_text(feed: OpenFeed, now: datetime | None = None) -> str:
    """The whole calendar. Three statements."""
    moment = now or timezone.now()
    person = Person.objects.select_related("user").get(pk=feed.actor.person_id or 0)
    language = person.user.language if person.user else "fi"
    with act_as(feed.actor), translation.override(language):
        mine = Appointment.objects.filter(people=person.pk, starts_at__gt=moment - BEHIND, starts_at__lt=moment + AHEAD)
        mine = mine.exclude(state=AppointmentState.CANCELLED).select_related("room__premises", "municipality")
        events = [_event(each, feed.is_full) for each in mine.order_by("starts_at", "pk")]
        return ical.calendar(events, method="PUBLISH", now=moment, name=_("Luukku: booked times"))


def _event(meeting: Appointment, full: bool) -> ical.Event:
    return ical.Event(
        uid=f"{meeting.uid}.own@{settings.LUUKKU_MAIL_DOMAIN}", sequence=meeting.sequence, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        changed_at=meeting.changed_at, created_at=meeting.created_at, summary=_("Booked meeting") if full else _("Busy"),
        location=(meeting.video_link or place_text(meeting)) if full else "",
        url=settings.LUUKKU_BASE_URL + reverse("desk:my_times") if full else "",
    )  # fmt: skip
