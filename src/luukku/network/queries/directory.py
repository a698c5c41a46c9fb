"""The staff directory: who in the network helps with what, where and in which language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.registries import people_finders
from luukku.network import access
from luukku.network.models import Municipality, Organisation, Participation, Person, Region, RegionMunicipality, Seat
from luukku.network.queries.absences import today_prefetch


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What is looked for. `found_by` maps the key of a registered finder (such as service or need) to what was picked or written."""

    words: str = ""
    region: Region | None = None
    municipality: Municipality | None = None
    language: str = ""
    found_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as the directory shows her: her organisations and the regions where she serves."""

    person: Person
    organisations: Sequence[Organisation]
    regions: Sequence[Region]


def directory(actor: Actor, wanted: DirectoryFilter, *, limit: int = 200) -> list[Entry]:
    """People who fit, best first where something was looked for, else by name. Four statements and those of the finders used.

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
    people = list(_with_seats(found).order_by(FinnishKey("name"), "pk")[:limit])
    if order is not None:
        place = {pk: at for at, pk in enumerate(order)}
        people.sort(key=lambda person: place[person.pk])
    return [_entry(person) for person in people]


def entry_of(person: Person) -> Entry:
    """One person as the directory shows her. Three statements."""
    return _entry(_with_seats(Person.objects.filter(pk=person.pk)).get())


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
    return Q(pk__in=_seats_today().filter(area__isnull=False, area=municipality.area).values("person_id"))


def _says(word: str) -> Q:
    columns = ("name", "title_fi", "title_sv", "title_en", "help_text_fi", "help_text_sv", "help_text_en")
    said = Q()
    for column in columns:
        said |= Q(**{f"{column}__icontains": word})
    theirs = Q(organisation__name_fi__icontains=word) | Q(organisation__name_sv__icontains=word) | Q(organisation__short_name__icontains=word)
    return said | Q(pk__in=_seats_today().filter(theirs).values("person_id"))
