"""The year of a region, an area or the nation: meetings of groups that the reader sees and what else stands there, as list, circle and calendar."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, dist, pi, sin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.actor import Actor, act_as
from luukku.core.moments import moment_at
from luukku.governance.access import above, in_years, visible_entries, visible_meetings
from luukku.governance.enums import MeetingState
from luukku.governance.models import ClockEntry, Meeting
from luukku.governance.models.whose import Whose
from luukku.governance.queries.calendar import event_of, name_of
from luukku.network.access import actor_of_person
from luukku.network.models import Person

MIDDLE, OUTER, STEP, INNER = 260, 200, 34, 64
APART = 40  # between the middles of two marks, so that both numbers can be read
FULL = 90  # so many marks fill the circle and all inside it
BEHIND, AHEAD = timedelta(days=92), timedelta(days=731)


@dataclass(frozen=True)
class Happening:
    """A meeting or something else of the year, numbered through it; `x` and `y` are its place on the circle."""

    number: int
    day: date
    words: str
    detail: str
    url: str
    shape: str  # meeting, entry or due
    passed: bool
    called_off: bool
    last_day: date | None = None
    at: datetime | None = None
    x: float = 0
    y: float = 0
    is_own: bool = True  # of the year that is shown, not of one above it


@dataclass(frozen=True)
class YearPage:
    whose: Whose
    year: int
    months: Sequence[tuple[str, Sequence[Happening]]]
    marks: Sequence[tuple[str, float, float]]  # first letters of the months and where they stand
    lines: Sequence[tuple[float, float]]  # where the line between two months ends
    rings: Sequence[int]
    entries: dict[int, ClockEntry]

    @property
    def all(self) -> list[Happening]:
        return [each for _month, happenings in self.months for each in happenings]


def _angle(day: date) -> float:
    """Of a day, clockwise from January at the top."""
    days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return 2 * pi * ((day - date(day.year, 1, 1)).days + 0.5) / days


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(MIDDLE + radius * sin(angle), 1), round(MIDDLE - radius * cos(angle), 1)


def _place(day: date, radius: float) -> tuple[float, float]:
    """Where a day stands on a circle."""
    return _at(_angle(day), radius)


def free_place(day: date, radius: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Where the day's mark covers none drawn before: as near as can be to its own place, which it keeps where the circle is full. Takes it."""
    own = _place(day, radius)
    if len(taken) >= FULL or all(dist(own, other) >= APART for other in taken):
        taken.append(own)
        return own
    turns = [_angle(day) + step * pi / 90 for step in range(-30, 31)]
    near = sorted((_at(turn, radius - inward) for turn in turns for inward in (0, STEP / 2, STEP)), key=lambda each: dist(each, own))
    found = next((each for each in near if all(dist(each, other) >= APART for other in taken)), own)
    taken.append(found)
    return found


def year_page(actor: Actor, whose: Whose, year: int) -> YearPage:
    """Of a region also what its area and the nation have in theirs, of an area the nation's. Three statements, however full the year."""
    rows = visible_meetings(actor).filter(above(whose, "group__"), starts_at__year=year)
    meetings = list(rows.select_related("group__kind", "group__region", "group__area").order_by("starts_at", "id"))
    others = visible_entries(actor).filter(above(whose), first_day__year=year).select_related("person", "region", "area")
    entries = list(others.order_by("first_day", "id"))
    groups = list(dict.fromkeys(meeting.group_id for meeting in sorted(meetings, key=lambda each: (each.group.kind.order, each.group_id))))
    ring = {group: max(INNER, OUTER - STEP * (place + 1)) for place, group in enumerate(groups)}
    dated: list[tuple[date, Meeting | ClockEntry]] = [(timezone.localdate(each.starts_at), each) for each in meetings]
    dated += [(entry.first_day, entry) for entry in entries]
    dated.sort(key=lambda pair: pair[0])
    months: dict[int, list[Happening]] = defaultdict(list)
    taken: list[tuple[float, float]] = []
    for number, (day, thing) in enumerate(dated, start=1):
        place = free_place(day, OUTER if isinstance(thing, ClockEntry) else ring[thing.group_id], taken)
        months[day.month].append(_happening(whose, number, day, thing, place))
    names = [str(name) for name in MONTHS.values()]
    marks = [(names[month - 1][:3], *_place(date(year, month, 15), OUTER + 42)) for month in range(1, 13)]
    lines = [_place(date(year, month, 1), OUTER + 20) for month in range(1, 13)]
    listed = [(names[month - 1], months[month]) for month in range(1, 13) if months[month]]
    return YearPage(whose, year, listed, marks, lines, [OUTER, *sorted(set(ring.values()), reverse=True)], {each.pk: each for each in entries})


def _happening(whose: Whose, number: int, day: date, thing: Meeting | ClockEntry, place: tuple[float, float]) -> Happening:
    x, y = place
    today = timezone.localdate()
    if isinstance(thing, Meeting):
        url, off = reverse("governance:meeting", kwargs={"pk": thing.pk}), thing.state == MeetingState.CANCELLED
        words, language = name_of(thing, (translation.get_language() or "fi")[:2]), thing.get_state_display()
        return Happening(number, day, words, language, url, "meeting", day < today, off, at=thing.starts_at, x=x, y=y)
    last = thing.last_day if thing.last_day != thing.first_day else None
    detail = f"{thing.get_kind_display()}, {thing.person.name}" if thing.person is not None else str(thing.get_kind_display())
    own = (thing.region_id, thing.area_id) == (whose.region_id, whose.area_id)
    detail = detail if own else f"{detail}, {thing.whose.name}"
    url = reverse("governance:entry", kwargs={"pk": thing.pk})
    shape = "due" if thing.kind == "due" else "entry"
    return Happening(number, day, thing.title, detail, url, shape, thing.last_day < today, thing.cancelled_at is not None, last, x=x, y=y, is_own=own)


def feed_text(person_id: int, now: datetime | None = None) -> str:
    """The person's year as a calendar: the same events under the same names, whatever has changed since; those called off as such."""
    moment = now or timezone.now()
    actor = actor_of_person(person_id)
    language = Person.objects.select_related("user").get(pk=person_id).mail_language
    with act_as(actor), translation.override(language):
        rows = visible_meetings(actor).filter(starts_at__gt=moment - BEHIND, starts_at__lt=moment + AHEAD).filter(in_years(actor, "group__"))
        events = [
            event_of(each, language=language, url=settings.LUUKKU_BASE_URL + reverse("governance:meeting", kwargs={"pk": each.pk}), agreed=True)
            for each in rows.select_related("group__region", "group__area").order_by("starts_at", "id")
        ]
        entries = visible_entries(actor).filter(last_day__gt=(moment - BEHIND).date(), first_day__lt=(moment + AHEAD).date())
        events += [_entry_event(each) for each in entries.order_by("first_day", "id")]
        return ical.calendar(events, method="PUBLISH", now=moment, name=_("Luukku: annual clock"))


def _entry_event(entry: ClockEntry) -> ical.Event:
    starts, ends = (moment_at(day) for day in (entry.first_day, entry.last_day + timedelta(days=1)))
    return ical.Event(
        uid=f"{entry.uid}@{settings.LUUKKU_MAIL_DOMAIN}", sequence=entry.sequence, starts_at=starts, ends_at=ends, changed_at=entry.changed_at,
        created_at=entry.created_at, summary=entry.title, description=str(entry.get_kind_display()), cancelled=entry.cancelled_at is not None,
    )  # fmt: skip
