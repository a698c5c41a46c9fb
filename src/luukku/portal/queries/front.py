"""What a region's front page shows, and how its promise has been kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from luukku.core.actor import PUBLIC
from luukku.core.finnish import FinnishKey
from luukku.core.months import Months, ended_months
from luukku.core.remembered import Remembered
from luukku.desk.enums import ClockKind
from luukku.desk.queries.free import Slot
from luukku.desk.queries.opening import Door, door_of
from luukku.desk.queries.picking import bookable_codes, first_time_here
from luukku.desk.queries.points import NearYou, near_you
from luukku.desk.queries.promise import Kept, promise_kept_by_organisation
from luukku.network.access import visible_people
from luukku.network.models import Municipality, Organisation, Participation, Person, Premises, Region, RegionMunicipality, Seat
from luukku.network.queries.regions import municipalities_of

SHOWN = 4
PERIOD = 3  # months
Figures = Mapping[tuple[str, int], Kept]


@dataclass(frozen=True)
class Record:
    """How one clock of the promise was kept; `share` is None where there was nothing to keep, or too little to tell of."""

    kept: int
    of: int

    @property
    def share(self) -> float | None:
        return self.kept / self.of if self.of else None


@dataclass(frozen=True)
class Surroundings:
    """What a region's page tells of the region itself; `people` by name."""

    municipalities: Sequence[Municipality]
    people: Sequence[Person]
    organisations: int
    places: Sequence[Premises]


@dataclass(frozen=True)
class RegionFront:
    region: Region
    door: Door | None
    municipalities: Sequence[Municipality]
    people: Sequence[Person]
    people_count: int
    promise: Mapping[str, Record]
    period: Months
    organisations: int
    places: Sequence[Premises]
    can_book: bool
    first_time: Slot | None
    near: Sequence[NearYou]


# Public, the same for everybody, and asked for by everybody: a minute old is new enough, and figures of whole days past hardly change at all.
_surroundings: Remembered[Surroundings] = Remembered(60)
_figures: Remembered[Figures] = Remembered(600)


def period_now() -> Months:
    """The last three whole months."""
    return ended_months(PERIOD)


def region_front(region: Region, language: str) -> RegionFront:
    """Everything on a live region's front page. At most twenty statements, whatever the size of the region; one while the rest is remembered."""
    period = period_now()
    around = _surroundings.get((region.pk, language, period.until), lambda: _around(region))
    people = sorted(around.people, key=lambda person: (not person.help_text, language not in person.languages))
    return RegionFront(
        region=region,
        door=door_of(region),
        municipalities=around.municipalities,
        people=people[:SHOWN],
        people_count=len(people),
        promise=records(region, period),
        period=period,
        organisations=around.organisations,
        places=around.places,
        can_book=bool(bookable_codes(region)),
        first_time=first_time_here(region),
        near=near_you(region)[:SHOWN],
    )


def _around(region: Region) -> Surroundings:
    return Surroundings(
        municipalities=municipalities_of(region),
        people=advisers(region),
        organisations=Participation.objects.filter(region=region, valid_until=None, organisation__deactivated_at=None).count(),
        places=places_of_the_door(region),
    )


def places_of_the_door(region: Region) -> list[Premises]:
    """Where one can come to: open premises of the front desk's organisation in the region's municipalities. One statement."""
    keeper = region.desks.filter(is_front=True, deactivated_at=None).values("organisation_id")
    here = RegionMunicipality.objects.filter(region=region, valid_until=None).values("municipality_id")
    return list(Premises.objects.filter(organisation__in=keeper, municipality__in=here, deactivated_at=None).select_related("municipality"))


def advisers(region: Region) -> list[Person]:
    """Published people with a seat of one of the region's organisations, by name. One statement."""
    today = timezone.localdate()
    parties = Participation.objects.filter(region=region, valid_until=None).values("organisation_id")
    seats = Seat.objects.on(today).filter(Q(region=region) | Q(region=None), organisation__in=parties)
    return list(visible_people(PUBLIC).published().filter(pk__in=seats.values("person_id")).order_by(FinnishKey("name"), "pk"))


def records(region: Region, period: Months) -> dict[str, Record]:
    """By clock (`taken_up`, `informed`, `guided`), each there even when nothing was to be kept. One statement each ten minutes."""
    return _by_clock(_rows(region, period))


def records_by_organisation(region: Region, period: Months) -> list[tuple[Organisation, dict[str, Record]]]:
    """By organisation and clock, of those that have had anything to keep. One statement, and another each ten minutes."""
    rows = _rows(region, period)
    names = Organisation.objects.filter(pk__in={pk for _, pk in rows}).order_by("name_fi", "pk")
    return [(each, _by_clock({key: kept for key, kept in rows.items() if key[1] == each.pk})) for each in names]


def _rows(region: Region, period: Months) -> Figures:
    return _figures.get((region.pk, period), lambda: promise_kept_by_organisation(region.pk, period))


def _by_clock(rows: Figures) -> dict[str, Record]:
    found = {}
    for clock in ClockKind:
        runs = [kept for (kind, _), kept in rows.items() if kind == clock]
        found[clock.name.lower()] = Record(sum(run.kept for run in runs), sum(run.of for run in runs))
    return found
