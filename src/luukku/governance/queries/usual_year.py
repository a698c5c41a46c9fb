"""What else a year usually holds, besides meetings: the days of the year before moved to this one, and what every year should have."""

from dataclasses import dataclass
from datetime import date, timedelta

from luukku.core.worktime.finland import days_off
from luukku.governance.enums import EntryKind
from luukku.governance.models import ClockEntry
from luukku.governance.models.whose import Whose
from luukku.governance.queries.year import JULY, LAST, Proposed, busy_days, nth_day, propose
from luukku.network.models import Person

# Kind, month, and how many days after the first it ends; of a kind of which neither year has any.
DEFAULTS = {
    "region": ((EntryKind.CAMPAIGN, 4, 30), (EntryKind.EVENT, 10, 0)),
    "area": ((EntryKind.THEME, 3, 0), (EntryKind.THEME, 9, 0)),
    "nation": ((EntryKind.NATIONAL, 5, 0), (EntryKind.NATIONAL, 9, 0)),
}
SECOND, WEDNESDAY = 2, 2
STAYS = (EntryKind.CAMPAIGN, EntryKind.DUE)  # on their date: nobody has to come that day


@dataclass(frozen=True)
class Usual:
    """Something proposed for the year. `title` is empty for what a year usually has and the one before had not.

    `key` tells it from the others also when somebody else has put one of them in the year meanwhile.
    """

    key: str
    kind: EntryKind
    title: str
    proposed: Proposed
    last_day: date
    person: Person | None = None

    @property
    def first_day(self) -> date:
        return self.proposed.day


def usual_entries(whose: Whose, year: int) -> list[Usual]:
    """What the year does not hold yet, in the order of its days.

    Days on which people come together are no holidays, not in July unless they were before, and none on which others of the network meet. A year's
    number in a title grows with it. Four statements.
    """
    there = {(each.kind, each.title) for each in _of(whose, year)}
    before = [each for each in _of(whose, year - 1) if (each.kind, _titled(each, year)) not in there]
    taken, found = busy_days(whose, year), []
    for entry in before:
        kind = EntryKind(entry.kind)
        proposed = _moved(entry.first_day, kind, year, taken)
        person = entry.person if entry.person is not None and entry.person.deactivated_at is None else None
        found.append(Usual(f"e{entry.pk}", kind, _titled(entry, year), proposed, proposed.day + (entry.last_day - entry.first_day), person))
        taken.add(proposed.day)
    kinds = {kind for kind, _title in there} | {entry.kind for entry in before}
    for kind, month, length in DEFAULTS[_level(whose)]:
        if kind not in kinds:
            proposed = _moved(nth_day(year - 1, month, SECOND, WEDNESDAY), EntryKind.EVENT, year, taken)
            found.append(Usual(f"{kind}{month}", kind, "", proposed, proposed.day + timedelta(days=length)))
            taken.add(proposed.day)
    return sorted(found, key=lambda each: (each.first_day, each.key))


def _of(whose: Whose, year: int) -> list[ClockEntry]:
    return list(ClockEntry.objects.standing().filter(whose.own(), first_day__year=year).select_related("person").order_by("first_day", "id"))


def _titled(entry: ClockEntry, year: int) -> str:
    return entry.title.replace(str(year - 1), str(year))


def _level(whose: Whose) -> str:
    return "region" if whose.region else "area" if whose.area else "nation"


def _moved(day: date, kind: EntryKind, year: int, taken: set[date]) -> Proposed:
    """The same date, or for what people come to the same weekday of the month: on a weekend or in July only if it was so before."""
    if kind in STAYS:
        return Proposed(_on_date(day, year, working=kind is EntryKind.DUE))
    nth = min((day.day - 1) // 7 + 1, LAST)
    if day.month == JULY or day.weekday() > 4:
        return Proposed(nth_day(year, day.month, nth, day.weekday()))
    found = propose(year, [day.month], nth, day.weekday(), taken)
    return found[0] if found else Proposed(nth_day(year, day.month, nth, day.weekday()))


def _on_date(day: date, year: int, *, working: bool) -> date:
    """29 February becomes the 28th; what is due on a day off, the working day before."""
    moved = day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
    while working and (moved.weekday() > 4 or moved in days_off(moved.year)):
        moved -= timedelta(days=1)
    return moved
