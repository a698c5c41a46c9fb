"""Free times of advisers: what is published, less what is booked, away or closed. Five statements whatever the number of times."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.core.keys import key_of
from luukku.core.moments import moment_at
from luukku.desk.models import BookableTimes, BusyTime
from luukku.desk.queries.meetings import place_text
from luukku.desk.queries.slots import Pattern, Span, free_times
from luukku.network.enums import Right, roles_with
from luukku.network.models import Absence, ClosingDay, Person, Region, Seat

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(hours=23)  # one day of the year is an hour short
_LAST = 10**9  # minutes; no time is given out so far ahead, and the calendar ends later


@dataclass(frozen=True)
class Slot:
    """One free time of published times; `also` are others who take part and are free then."""

    times: BookableTimes
    starts_at: datetime
    ends_at: datetime
    also: tuple[Person, ...] = ()

    @property
    def key(self) -> str:
        """Names it in an address: `12-29384700`."""
        return f"{self.times.pk}-{(self.starts_at - _EPOCH) // _MINUTE}"

    @cached_property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def people(self) -> list[Person]:
        return together(self.times, self.also)

    @property
    def who(self) -> str:
        """The advisers whom their organisation shows to the public, else the organisation."""
        names = [person.name for person in self.people if person.is_published]
        return " · ".join(names) or str(self.times.desk.organisation.name)

    @property
    def where(self) -> str:
        return place_text(self.times)


def parse_key(key: str) -> tuple[int, datetime] | None:
    """The published times and the beginning that a key names; None for what is no key."""
    first, _, second = key.partition("-")
    times, minutes = key_of(first), key_of(second)
    return (times, _EPOCH + minutes * _MINUTE) if times is not None and minutes is not None and minutes < _LAST else None


def bookable(region: Region | None = None, *, service_id: int | None = None) -> QuerySet[BookableTimes]:
    """What anybody may book today; with a service, what is for it or for any matter. Nothing of those who serve at the desk no more."""
    today = timezone.localdate()
    found = BookableTimes.objects.published(today).filter(~Exists(_gone(today)), desk__deactivated_at=None)
    if region is not None:
        found = found.filter(desk__region=region)
    if service_id is not None:
        found = found.filter(Q(service=None) | Q(service_id=service_id))
    return found.select_related("desk__organisation", "desk__region", "service", "room__premises", "municipality", "point").prefetch_related("people")


def _gone(today: date) -> "QuerySet[Any]":
    """Of published times (the outer ones), people whose seat at their desk has ended."""
    seats = Seat.objects.on(today).filter(
        role__in=roles_with(Right.HANDLE_CASES), person=OuterRef("person"), organisation=OuterRef("bookabletimes__desk__organisation")
    )  # fmt: skip
    return BookableTimes.people.through.objects.filter(~Exists(seats), bookabletimes=OuterRef("pk"))


def suiting(region: Region, people: Sequence[Person]) -> list[BookableTimes]:
    """What these people have published in a region by themselves or together: times of a meeting of theirs, if the others are free then too."""
    keys = {person.pk for person in people}
    return [times for times in bookable(region).filter(people__in=keys).distinct() if {each.pk for each in times.people.all()} <= keys]


def pattern_of(times: BookableTimes) -> Pattern:
    return Pattern(
        frozenset(times.weekdays), times.first_day, times.last_day, times.opens, times.closes, times.length, times.buffer, frozenset(times.weeks)
    )  # fmt: skip


class FreeTimes:
    """What is taken and closed for some published times between two days is asked once; then any number of questions."""

    def __init__(
        self, offered: Iterable[BookableTimes], *, now: datetime, last: date | None = None, but_not: int | None = None, also: Sequence[Person] = ()
    ) -> None:
        self.offered, self.also = list(offered), tuple(also)
        self.now, self.today = now, timezone.localdate(now)
        ahead = max((times.ahead_days for times in self.offered), default=0)
        furthest = self.today + timedelta(days=ahead)
        self.last = min(last, furthest) if last else furthest
        until = now + timedelta(days=(self.last - self.today).days + 2)
        people = {person.pk for times in self.offered for person in times.people.all()} | {person.pk for person in self.also}
        rooms = {times.room_id for times in self.offered if times.room_id is not None}
        self._of_person, self._of_room = taken(people, rooms, now, until, but_not)
        self._closed = _closed(self.offered, self.today, self.last)

    def of(self, times: BookableTimes, first: date | None = None) -> Iterator[Slot]:
        """The free times of one of them, in order, from a day on."""
        people = together(times, self.also)
        if any(person.deactivated_at is not None for person in people):
            return
        busy = [span for person in people for span in self._of_person.get(person.pk, ())]
        busy += self._of_room.get(times.room_id or 0, ())
        last = min(self.last, self.today + timedelta(days=times.ahead_days))
        earliest = self.now + timedelta(hours=times.notice_hours)
        shut = self._closed[times.desk_id]
        for start, end in free_times(
            pattern_of(times), first=max(first or self.today, self.today), last=last, earliest=earliest, closed=shut, taken=busy
        ):
            yield Slot(times, start, end, self.also)

    def is_shut(self, times: BookableTimes, day: date) -> bool:
        """Whether the desk is closed on a day, or somebody of the times is away all of it."""
        away = (
            start <= _noon(day) < end for person in times.people.all() for start, end in self._of_person.get(person.pk, ()) if end - start >= _DAY
        )
        return day in self._closed[times.desk_id] or any(away)

    def all(self, first: date | None = None) -> Iterator[Slot]:
        """The free times of all of them, in order."""
        return heapq.merge(*(self.of(times, first) for times in self.offered), key=lambda slot: (slot.starts_at, slot.times.pk))

    def first(self) -> Slot | None:
        return next(self.all(), None)

    def nearest(self, moment: datetime, most: int = 4) -> list[Slot]:
        """The free times that come nearest to a moment, in order."""
        near = heapq.nsmallest(most, self.all(timezone.localdate(moment) - timedelta(days=7)), key=lambda slot: abs(slot.starts_at - moment))
        return sorted(near, key=lambda slot: slot.starts_at)


def together(times: BookableTimes, also: Iterable[Person]) -> list[Person]:
    """Whose time it is, and the others who take part."""
    people = {person.pk: person for person in (*times.people.all(), *also)}
    return list(people.values())


def _noon(day: date) -> datetime:
    return moment_at(day, time(12))


def taken(
    people: Iterable[int], rooms: Iterable[int], since: datetime, until: datetime, but_not: int | None = None
) -> tuple[dict[int, list[Span]], dict[int, list[Span]]]:
    """When people (booked or away) and rooms are taken. Three statements."""
    of_person: dict[int, list[Span]] = defaultdict(list)
    of_room: dict[int, list[Span]] = defaultdict(list)
    people = sorted(people)
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.desk_busy(%s, %s, %s, %s, %s)", [people, sorted(rooms), since, until, but_not])
        for person_id, room_id, starts, ends in cursor.fetchall():
            (of_person[person_id] if person_id is not None else of_room[room_id]).append((starts, ends))
    for busy in BusyTime.objects.filter(person_id__in=people, ends_at__gt=since, starts_at__lt=until):
        of_person[busy.person_id].append((busy.starts_at, busy.ends_at))
    for days in Absence.objects.filter(person_id__in=people, last_day__gte=timezone.localdate(since), first_day__lte=timezone.localdate(until)):
        of_person[days.person_id].append(days.span)
    return of_person, of_room


def _closed(offered: Sequence[BookableTimes], first: date, last: date) -> dict[int, set[date]]:
    """Closing days by desk: its own and its region's. One statement."""
    desks = {times.desk_id: times.desk.region_id for times in offered}
    owners = Q(desk_id__in=desks) | Q(region_id__in=set(desks.values()))
    found: dict[int, set[date]] = {desk: set() for desk in desks}
    for desk_id, region_id, day in ClosingDay.objects.filter(owners, day__gte=first, day__lte=last).values_list("desk_id", "region_id", "day"):
        for desk, region in desks.items():
            if desk == desk_id or region == region_id:
                found[desk].add(day)
    return found
