"""Invitations and feeds as calendars understand them: iCalendar (RFC 5545) and its use by mail (RFC 5546, RFC 6047)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Timezone, vCalAddress, vText
from icalendar import Event as Component

from luukku.core.worktime import HELSINKI

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
PRODUCT = "-//Luukku//Luukku//FI"
_ZONE = ZoneInfo(HELSINKI)
# Summer time by directive 2000/84/EC: from the last Sunday of March to that of October, the clock moved at 1.00 UTC.
_TIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19961027T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Party:
    """Who invites or is invited."""

    email: str
    name: str = ""

    def address(self) -> vCalAddress:
        found = vCalAddress(f"mailto:{quote(self.email, safe='@+.-_')}")
        if self.name:
            found.params["CN"] = vText(self.name)
        return found


@dataclass(frozen=True)
class Event:
    """One event. `uid` stays the same as long as it lives, `sequence` grows with each change; `changed_at` is when it last changed."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    created_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False
    organizer: Party | None = None
    attendee: Party | None = None
    is_agreed: bool = True  # whether the attendee has said that she comes


def calendar(events: Iterable[Event], *, method: Method, now: datetime, name: str = "") -> str:
    """The whole iCalendar text, lines ended by CRLF. A CANCEL or REQUEST holds one event, with organizer and attendee.

    A PUBLISH whose events name no organizer is somebody's own feed: no message (RFC 5546 3.2.1), so it says no method.
    """
    told = list(events)
    found = Calendar()
    found.add("PRODID", PRODUCT)
    found.add("VERSION", "2.0")
    found.add("CALSCALE", "GREGORIAN")
    if method != "PUBLISH" or (told and all(event.organizer is not None for event in told)):
        found.add("METHOD", method)
    if name:
        found.add("X-WR-CALNAME", vText(name), encode=False)
        found.add("X-WR-TIMEZONE", HELSINKI)
        found.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H", encode=False)
    found.add_component(Timezone.from_ical(_TIMEZONE))
    for event in told:
        found.add_component(_component(event, now))
    return str(found.to_ical().decode())


def calendar_of(event: Event, now: datetime | None = None, *, method: Method | None = None) -> tuple[Method, str]:
    """An invitation, or its withdrawal when the event is cancelled."""
    how: Method = method or ("CANCEL" if event.cancelled else "REQUEST")
    return how, calendar([event], method=how, now=now or timezone.now())


def _component(event: Event, now: datetime) -> Component:
    made = Component()
    made.add("UID", event.uid)
    made.add("SEQUENCE", event.sequence)
    made.add("DTSTAMP", now)
    made.add("CREATED", event.created_at)
    made.add("LAST-MODIFIED", event.changed_at)
    made.add("DTSTART", event.starts_at.astimezone(_ZONE))
    made.add("DTEND", event.ends_at.astimezone(_ZONE))
    made.add("SUMMARY", event.summary)
    made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("TRANSP", "TRANSPARENT" if event.cancelled else "OPAQUE")
    made.add("CLASS", "PRIVATE")
    for key, value in (("DESCRIPTION", event.description), ("LOCATION", event.location), ("URL", event.url)):
        if value:
            made.add(key, value)
    if event.organizer is not None:
        made.add("ORGANIZER", event.organizer.address(), encode=False)
    if event.attendee is not None:
        invited = event.attendee.address()
        invited.params.update(
            {
                "CUTYPE": vText("INDIVIDUAL"),
                "ROLE": vText("REQ-PARTICIPANT"),
                "PARTSTAT": vText("ACCEPTED" if event.is_agreed else "NEEDS-ACTION"),
                "RSVP": vText("FALSE"),
            }
        )
        made.add("ATTENDEE", invited, encode=False)
    return made
