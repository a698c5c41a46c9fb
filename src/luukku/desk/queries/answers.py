"""What the door answers to a need before it is sent: services that fit, why, who gives them here, and one person who can help."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.catalogue.access import services_in
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.models.places import Place
from luukku.catalogue.queries.contacts import NOWHERE, Near, contacts_at
from luukku.catalogue.queries.matching import Reason, match_need
from luukku.core.actor import PUBLIC
from luukku.core.remembered import Remembered
from luukku.core.stencils import Stencil
from luukku.desk.models import BookableTimes
from luukku.network.enums import Right, roles_with
from luukku.network.models import Area, Desk, Municipality, Organisation, Person, Region, Seat
from luukku.network.queries.places import organisations_in

MOST = 3
LONGEST_SEARCH = 1000  # letters of a need that are matched
LEAST_CHANCE = 0.04  # a second or third service less likely than this only confuses
_HANDLING = roles_with(Right.HANDLE_CASES)
_times: Remembered[Near] = Remembered(60)


@dataclass(frozen=True)
class Found:
    """A service that fits, the sentence that says why in the reader's language, and who gives it here."""

    service: Service
    why: str
    organisation: Organisation | None = None
    person: Person | None = None
    from_elsewhere: bool = False  # the organisation serves here without being a party of the region


@dataclass(frozen=True)
class Fitting:
    """Services for a need, best first, each with its reason; `fits` is False where nothing fits well, whatever the services.

    `scores` by service: how likely the matcher took it, of those that it found itself.
    """

    fits: bool
    services: Sequence[tuple[Service, Reason]]
    scores: Mapping[int, float]


@dataclass(frozen=True)
class Helper:
    """A published person of the desk that the need comes to, and where she works."""

    person: Person
    organisation: Organisation


@dataclass(frozen=True)
class Answer:
    """`fits` is False when nothing fits well: then the door itself comes first and `found` only as a second thought."""

    words: str
    fits: bool
    found: Sequence[Found]
    helper: Helper | None = None


def fitting(words: str, language: str | None, place: Place) -> Fitting:
    """What a need is answered with everywhere: the services of the place that are likely meant, then those often needed together with the best.

    At most two statements, and those of `match_need`. Never an error, whatever the words.
    """
    matched = match_need(words[:LONGEST_SEARCH], language, place, top=MOST)
    hits = [hit for at, hit in enumerate(matched.hits) if hit.service_id is not None and (at == 0 or hit.score >= LEAST_CHANCE)]
    keys = tuple(hit.service_id for hit in hits if hit.service_id is not None)
    services = {service.pk: service for service in _services.rows(keys=keys, **asdict(place))}
    found = [(services[hit.service_id], hit.why) for hit in hits if hit.service_id in services]
    if matched.fits and 0 < len(found) < MOST:
        found += _beside([service for service, _ in found], place)
    return Fitting(matched.fits and bool(found), found, {hit.service_id: hit.score for hit in hits if hit.service_id is not None})


def _beside(found: Sequence[Service], place: Place) -> list[tuple[Service, Reason]]:
    best = found[0]
    others = _others.rows(best=best.pk, found=tuple(service.pk for service in found), **asdict(place))
    return [(service, Reason("beside", (str(best.name),))) for service in others[: MOST - len(found)]]


def answer(
    words: str,
    language: str,
    region: Region | None = None,
    desk: Desk | None = None,
    municipality: Municipality | None = None,
    area: Area | None = None,
) -> Answer:
    """Services for a need in a region, best first, who gives each near the customer, and a person of the desk that it comes to.

    Without a region the services of the area or of the whole country. At most seven statements, of which two are asked once a minute;
    without a region, two.
    """  # fmt: skip
    fits = fitting(words, language, Place.of(region, municipality, area))
    near = near_to(municipality) if municipality is not None else NOWHERE
    found = _with_givers(fits.services, region, language, near)
    return Answer(words, fits.fits, found, helper_at(desk, language) if desk is not None else None)


def near_to(municipality: Municipality) -> Near:
    """Who serves in the municipality: organisations with premises there, and those with their people who publish times there."""
    times = _times.get(municipality.pk, lambda: _served(municipality.pk))
    return Near(organisations_in(municipality.pk) | times.organisations, times.people)


def _served(municipality_id: int) -> Near:
    today = timezone.localdate()
    offered = BookableTimes.objects.filter(Q(last_day=None) | Q(last_day__gte=today), municipality=municipality_id, withdrawn_at=None)
    rows = list(offered.order_by().values_list("desk__organisation_id", "people"))
    return Near(frozenset(organisation for organisation, _ in rows), frozenset(person for _, person in rows if person))


def _with_givers(hits: Sequence[tuple[Service, Reason]], region: Region | None, language: str, near: Near) -> list[Found]:
    if region is None or not hits:
        return [Found(service, why.said(str(service.name))) for service, why in hits]
    named = _named_givers([service for service, _ in hits], region, near)
    lacking = {code for service, _ in hits if service.pk not in named for code in service.provider_types}
    typed = _typed_givers(lacking, region, near)
    people = contacts_at({each.pk for each in typed.values()}, region.pk, language, near)
    found = []
    for service, reason in hits:
        giver, why = named.get(service.pk), reason.said(str(service.name))
        if giver is not None:
            found.append(Found(service, why, giver.organisation, giver.contact, giver.is_from_elsewhere))
            continue
        fit = sorted((typed[code] for code in service.provider_types if code in typed), key=lambda each: each.pk not in near.organisations)
        found.append(Found(service, why, fit[0] if fit else None, people.get(fit[0].pk) if fit else None))
    return found


def _named_givers(services: Sequence[Service], region: Region, near: Near) -> dict[int, ServiceProvider]:
    """Of each service the organisation near the customer, then the one that is primarily responsible."""
    givers: dict[int, ServiceProvider] = {}
    rows = _named.rows(services=tuple(service.pk for service in services), region=region.pk, today=timezone.localdate())
    for row in sorted(rows, key=lambda row: _distance(row, near)):
        givers.setdefault(row.service_id, row)
    return givers


def _distance(row: ServiceProvider, near: Near) -> int:
    return 0 if row.contact is not None and row.contact.pk in near.people else 1 if row.organisation_id in near.organisations else 2


def _typed_givers(types: set[str], region: Region, near: Near) -> dict[str, Organisation]:
    """One party of the region for each kind of organisation, where no provider is named; one near the customer before others."""
    if not types:
        return {}
    givers: dict[str, Organisation] = {}
    rows = _parties.rows(types=tuple(sorted(types)), region=region.pk)
    for organisation in sorted(rows, key=lambda each: each.pk not in near.organisations):
        givers.setdefault(organisation.type.code, organisation)
    return givers


def helper_at(desk: Desk, language: str) -> Helper | None:
    """A published person of the desk who handles cases, at work, first one who speaks the language. One statement."""
    people = _helpers.rows(organisation=desk.organisation_id, today=timezone.localdate())
    chosen = sorted(people, key=lambda person: language not in person.languages)
    return Helper(chosen[0], desk.organisation) if chosen else None


# The door answers while she writes, so its statements are made once.


def _build_services(keys: tuple[int, ...], **place: int | None) -> QuerySet[Service]:
    return services_in(PUBLIC, Place(**place)).filter(pk__in=keys)


def _build_others(best: int, found: tuple[int, ...], **place: int | None) -> QuerySet[Service]:
    return services_in(PUBLIC, Place(**place)).filter(related=best).exclude(pk__in=found).order_by("group__order", "pk")[:MOST]


def _build_named(services: tuple[int, ...], region: int, today: date) -> QuerySet[ServiceProvider]:
    rows = ServiceProvider.objects.giving(today).filter(service__in=services, region=region)
    return rows.select_related("organisation__type", "person").order_by("-is_primary", "id")


def _build_parties(types: tuple[str, ...], region: int) -> QuerySet[Organisation]:
    return Organisation.objects.active().in_region(region).filter(type__code__in=types).select_related("type").order_by("pk")


def _build_helpers(organisation: int, today: date) -> QuerySet[Person]:
    seats = Seat.objects.on(today).filter(organisation_id=organisation, role__in=_HANDLING)
    return Person.objects.published().at_work(today).filter(pk__in=seats.values("person_id")).order_by("pk")[:20]


_services, _others, _named = Stencil(_build_services, open_rows=True), Stencil(_build_others, open_rows=True), Stencil(_build_named, open_rows=True)
_parties, _helpers = Stencil(_build_parties, open_rows=True), Stencil(_build_helpers, open_rows=True)
