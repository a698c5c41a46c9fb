"""What a region's front page shows, and how its promise has been kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.desk.enums import ClockKind
from luukku.desk.queries.opening import Door, door_of
from luukku.desk.queries.promise import Kept, promise_kept, promise_kept_by_organisation
from luukku.network.access import visible_people
from luukku.network.models import Municipality, Organisation, Participation, Person, Region, Seat
from luukku.network.queries.regions import municipality_spells

ENOUGH = 5  # a share of fewer limits than this says nothing
SHOWN = 4
PERIOD = timedelta(days=90)


@dataclass(frozen=True)
class Period:
    """The days over which the promise is counted."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Record:
    """How one clock of the promise was kept; `share` is None where there is too little to tell by."""

    kept: int
    of: int

    @property
    def share(self) -> float | None:
        return self.kept / self.of if self.of >= ENOUGH else None


@dataclass(frozen=True)
class RegionFront:
    region: Region
    door: Door | None
    municipalities: Sequence[Municipality]
    people: Sequence[Person]
    people_count: int
    promise: Mapping[str, Record]
    period: Period
    organisations: int


def period_now() -> Period:
    """The last ninety days, whole days of here."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(midnight - PERIOD, midnight)


def region_front(actor: Actor, region: Region, language: str) -> RegionFront:
    """Everything on a live region's front page. At most seven statements, whatever the size of the region."""
    period = period_now()
    people = advisers(actor, region)
    people.sort(key=lambda person: (not person.help_text, language not in person.languages))
    return RegionFront(
        region=region,
        door=door_of(region),
        municipalities=[spell.municipality for spell in municipality_spells(region)],
        people=people[:SHOWN],
        people_count=len(people),
        promise=records(region, period),
        period=period,
        organisations=Participation.objects.filter(region=region, valid_until=None, organisation__deactivated_at=None).count(),
    )


def advisers(actor: Actor, region: Region) -> list[Person]:
    """Published people with a seat of one of the region's organisations, by name. One statement."""
    today = timezone.localdate()
    parties = Participation.objects.filter(region=region, valid_until=None).values("organisation_id")
    seats = Seat.objects.on(today).filter(Q(region=region) | Q(region=None), organisation__in=parties)
    return list(visible_people(actor).published().filter(pk__in=seats.values("person_id")).order_by(FinnishKey("name"), "pk"))


def records(region: Region, period: Period) -> dict[str, Record]:
    """By clock (`taken_up`, `informed`, `guided`), each there even when nothing was to be kept. One statement."""
    return _by_clock(promise_kept(region.pk, period.since, period.until))


def records_by_organisation(region: Region, period: Period) -> list[tuple[Organisation, dict[str, Record]]]:
    """By organisation and clock, of those that have had anything to keep. Two statements."""
    rows = promise_kept_by_organisation(region.pk, period.since, period.until)
    names = Organisation.objects.filter(pk__in={pk for _, pk in rows}).order_by("name_fi", "pk")
    return [(each, _by_clock({kind: kept for (kind, pk), kept in rows.items() if pk == each.pk})) for each in names]


def _by_clock(rows: Mapping[str, Kept]) -> dict[str, Record]:
    nothing = Kept(0, 0)
    found = {kind.name.lower(): rows.get(kind.value, nothing) for kind in ClockKind}
    return {name: Record(kept.kept, kept.of) for name, kept in found.items()}
