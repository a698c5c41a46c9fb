"""The staff directory: who in the network helps with what, where and in which language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.paging import Cursor, Page
from luukku.core.registries import people_finders
from luukku.network import access
from luukku.network.models import Municipality, Organisation, Participation, Person, Region, RegionMunicipality, Seat
from luukku.network.queries.absences import today_prefetch
from luukku.network.queries.places import area_of, organisations_in

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What is looked for. `found_by` maps the key of a registered finder (such as service or need) to what was picked or written."""

    words: str = ""
    region: Region | None = None
    municipality: Municipality | None = None
    language: str = ""
    found_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ranked(self) -> bool:
        """Whether some finder's order says how well each fits."""
        return any(finder.is_ranked and self.found_by.get(key, "").strip() for key, finder in people_finders.items())


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as the directory shows her: her organisations and the regions where she serves."""

    person: Person
    organisations: Sequence[Organisation]
    regions: Sequence[Region]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the people who fit, and how many there are on all pages."""

    page: Page[Entry]
    count: int


def directory(actor: Actor, wanted: DirectoryFilter, cursor: Cursor = Cursor(), *, size: int = PAGE_SIZE) -> Found:  # noqa: B008 (frozen)
    """People who fit, best first where a need was told, else those with an office in the municipality first, else by name.

    Five statements and those of the finders used; with a municipality one more, and another once a minute.

    The public gets only those whom their organisation publishes, whatever a finder says.
    """
    found = access.visible_people(actor).active().filter(pk__in=_seats_today().values("person_id"))
    region = wanted.region
    if wanted.municipality is not None:
        region = region_of(wanted.municipality)
        found = found.filter(_serves_municipality(wanted.municipality, region))
    elif region is not None:
        found = found.filter(_serves_region(region))
    if wanted.language:
        found = found.filter(languages__contains=[wanted.language])
    for word in wanted.words.split():
        found = found.filter(_says(word))
    order = _order(wanted.found_by, region.pk if region else None)
    if order is not None:
        found = found.filter(pk__in=order)
    ids = list(found.order_by(FinnishKey("name"), "pk").values_list("pk", flat=True))
    if order is not None:
        place = {pk: at for at, pk in enumerate(order)}
        ids.sort(key=lambda pk: place[pk])
    if wanted.municipality is not None and not wanted.is_ranked:
        near = _near(wanted.municipality)
        ids.sort(key=lambda pk: pk not in near)
    page = _page(ids, cursor, size)
    people = _with_seats(Person.objects.filter(pk__in=page.rows)).in_bulk()
    return Found(Page([_entry(people[pk]) for pk in page.rows if pk in people], page.next, page.previous), len(ids))


def _near(municipality: Municipality) -> set[int]:
    """People of organisations that have an office in the municipality."""
    return set(_seats_today().filter(organisation__in=organisations_in(municipality.pk)).values_list("person_id", flat=True))


def _page(ids: Sequence[int], cursor: Cursor, size: int) -> Page[int]:
    """The ids of one page; a cursor that is not among them gives the first page."""
    at = ids.index(cursor.pk) if cursor.pk in ids else None
    start = 0 if at is None else max(at - size, 0) if cursor.backwards else at + 1
    rows = list(ids[start : at if cursor.backwards and at is not None else start + size])
    ends = start + len(rows)
    return Page(rows, rows[-1] if rows and ends < len(ids) else None, rows[0] if rows and start > 0 else None)


def region_of(municipality: Municipality) -> Region | None:
    """The region that covers the municipality today; None when it belongs to its area only."""
    spell = RegionMunicipality.objects.filter(municipality=municipality, valid_until=None).select_related("region").first()
    return spell.region if spell else None


def languages_spoken(actor: Actor) -> list[str]:
    """ISO codes of languages that somebody in the directory speaks, the most spoken first."""
    counts: dict[str, int] = {}
    for spoken in access.visible_people(actor).active().values_list("languages", flat=True):
        for code in spoken:
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def _order(found_by: Mapping[str, str], region_id: int | None) -> list[int] | None:
    """Ids that every used finder names, in the order of the last one; None when none was used."""
    order: list[int] | None = None
    for key, finder in people_finders.items():
        if value := found_by.get(key, "").strip():
            ids = list(dict.fromkeys(finder.person_ids(value, region_id)))
            order = ids if order is None else [pk for pk in ids if pk in set(order)]
    return order


def _seats_today() -> "QuerySet[Seat]":
    return Seat.objects.on(timezone.localdate()).filter(Q(organisation=None) | Q(organisation__deactivated_at=None))


def _with_seats(people: "QuerySet[Person]") -> "QuerySet[Person]":
    participations = Prefetch(
        "organisation__participations",
        Participation.objects.filter(valid_until=None).select_related("region").order_by("region__code"),
        to_attr="today",
    )
    seats = _seats_today().select_related("organisation", "organisation__type", "region").prefetch_related(participations).order_by("pk")
    return people.prefetch_related(Prefetch("seats", seats, to_attr="seats_today"), today_prefetch())


def _entry(person: Person) -> Entry:
    seats: Iterable[Seat] = person.seats_today  # type: ignore[attr-defined]
    organisations: dict[int, Organisation] = {}
    regions: dict[int, Region] = {}
    for seat in seats:
        if seat.organisation is not None:
            organisations[seat.organisation.pk] = seat.organisation
        served = [seat.region] if seat.region else [p.region for p in seat.organisation.today] if seat.organisation else []  # type: ignore[attr-defined]
        regions.update({region.pk: region for region in served})
    return Entry(person, list(organisations.values()), list(regions.values()))


def _serves_region(region: Region) -> Q:
    """Seats in the region; and seats without a region, of organisations that take part there."""
    parties = Participation.objects.filter(region=region, valid_until=None).values("organisation_id")
    seats = _seats_today().filter(Q(region=region) | Q(region=None, organisation__in=parties))
    return Q(pk__in=seats.values("person_id"))


def _serves_municipality(municipality: Municipality, region: Region | None) -> Q:
    """Those who serve its region; where it has none, the contact of its area."""
    if region is not None:
        return _serves_region(region)
    return Q(pk__in=_seats_today().filter(area__isnull=False, area=area_of(municipality)).values("person_id"))


def _says(word: str) -> Q:
    columns = ("name", "title_fi", "title_sv", "title_en", "help_text_fi", "help_text_sv", "help_text_en")
    said = Q()
    for column in columns:
        said |= Q(**{f"{column}__icontains": word})
    theirs = Q()
    for column in ("name_fi", "name_sv", "name_en", "short_name"):
        theirs |= Q(**{f"organisation__{column}__icontains": word})
    return said | Q(pk__in=_seats_today().filter(theirs).values("person_id"))
