"""What the screen of a house shows: services that fit and who of the house gives them, who waits for whom, and the house's figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from luukku.catalogue.access import services_in
from luukku.catalogue.enums import Stage
from luukku.catalogue.models import Service, ServiceGroup, ServiceProvider
from luukku.catalogue.models.places import Place
from luukku.catalogue.queries.matching import match_need
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.months import Months
from luukku.desk.enums import WalkInWay
from luukku.desk.models import WalkIn
from luukku.desk.queries.answers import LEAST_CHANCE
from luukku.desk.queries.free import FreeTimes, Slot, bookable
from luukku.desk.queries.who_is_in import WhoIs
from luukku.network.access import can_edit_organisation
from luukku.network.access.figures import figure_regions
from luukku.network.access.houses import can_keep_house
from luukku.network.models import Desk, Person, Premises, Region
from luukku.network.queries.houses import organisations_of_house

WALK_TAKES = timedelta(hours=2)  # whom nobody has met by then has been handed over
MOST_HITS, MOST_BESIDE, FEWEST_LETTERS, SLOTS_EACH = 5, 6, 8, 2


@dataclass(frozen=True)
class HouseHit:
    """A service that fits: `inside` are those of the house who give it, who is in first; `outside` a desk elsewhere, if nobody here does."""

    service: Service
    why: str
    inside: Sequence[WhoIs]
    outside: Desk | None = None

    @property
    def choices(self) -> list[tuple[str, WhoIs]]:
        """Each of `inside` with the key that a form sends for her and this service."""
        return [(f"p{who.person.pk}-s{self.service.pk}", who) for who in self.inside]

    @property
    def outside_key(self) -> str:
        return f"d{self.outside.pk}-s{self.service.pk}" if self.outside else ""


STAGE, GROUP = "s-", "g-"


def themes_here() -> list[tuple[str, str]]:
    """What is asked widely: the stages of a business's life, then the catalogue's groups that have services. One statement."""
    groups = ServiceGroup.objects.filter(Exists(Service.objects.active().filter(group=OuterRef("pk")))).order_by("order", "code")
    stages = [(f"{STAGE}{stage.value}", str(stage.label)) for stage in Stage]
    return [*stages, *((f"{GROUP}{group.code}", str(group.name)) for group in groups)]


def house_hits(actor: Actor, words: str, themes: Collection[str], language: str, region: Region, people: Sequence[WhoIs]) -> list[HouseHit]:
    """Services for the words, then those of the ticked themes that somebody of the house gives: those in the house first. Six statements."""
    found = _matched(actor, words, language, region) + _of_themes(actor, themes, region, people)
    services = list(dict.fromkeys(service for service, _why in found))
    givers = _givers(services, region)
    hits, seen = [], set()
    for service, why in found:
        if service.pk in seen:
            continue
        seen.add(service.pk)
        inside, outside = _who(service, givers.get(service.pk, ()), people)
        hits.append(HouseHit(service, why, inside, outside))
    return sorted(hits, key=lambda hit: not hit.inside)


def _matched(actor: Actor, words: str, language: str, region: Region) -> list[tuple[Service, str]]:
    if len(words.strip()) < FEWEST_LETTERS:
        return []
    matched = match_need(words, language, Place.of(region), top=MOST_HITS)
    hits = [hit for hit in matched.hits if hit.service_id is not None and hit.score >= LEAST_CHANCE] if matched.fits else []
    services = services_in(actor, Place.of(region)).in_bulk([hit.service_id for hit in hits])
    return [(services[hit.service_id], hit.why.said(str(services[hit.service_id].name))) for hit in hits if hit.service_id in services]


def _of_themes(actor: Actor, themes: Collection[str], region: Region, people: Sequence[WhoIs]) -> list[tuple[Service, str]]:
    if not themes:
        return []
    here = {who.place.organisation_id for who in people}
    stages = [theme.removeprefix(STAGE) for theme in themes if theme.startswith(STAGE)]
    groups = [theme.removeprefix(GROUP) for theme in themes if theme.startswith(GROUP)]
    given = ServiceProvider.objects.giving().filter(region=region, organisation__in=here).values("service_id")
    wanted = Q(group__code__in=groups) | Q(stages__overlap=stages)
    found = services_in(actor, Place.of(region)).filter(wanted, pk__in=given).order_by("group__order", "pk")[:MOST_BESIDE]
    return [(service, "") for service in found]


def _givers(services: Sequence[Service], region: Region) -> dict[int, list[ServiceProvider]]:
    givers: dict[int, list[ServiceProvider]] = {}
    rows = ServiceProvider.objects.giving().filter(service__in=services, region=region).select_related("organisation", "person")
    for row in rows.order_by("-is_primary", "id"):
        givers.setdefault(row.service_id, []).append(row)
    return givers


def _who(service: Service, givers: Sequence[ServiceProvider], people: Sequence[WhoIs]) -> tuple[list[WhoIs], Desk | None]:
    """Named persons of the house first, then the others of its organisations that give it; where nobody is named, by kind of organisation."""
    named = {row.person_id for row in givers if row.person_id}
    organisations = {row.organisation_id for row in givers}
    if givers:
        inside = [who for who in people if who.person.pk in named] or [who for who in people if who.place.organisation_id in organisations]
    else:
        inside = [who for who in people if who.place.organisation.type.code in service.provider_types]
    if inside or not givers:
        return inside, None
    return [], Desk.objects.filter(region=givers[0].region_id, organisation=givers[0].organisation_id, deactivated_at=None).select_related(
        "organisation"
    ).first()  # fmt: skip


def next_times(region: Region, people: Sequence[Person], now: datetime | None = None) -> dict[int, list[Slot]]:
    """The next free times of each of these people, a few of each. Six statements."""
    keys = [person.pk for person in people]
    offered = [times for times in bookable(region).filter(people__in=keys).distinct() if len(times.people.all()) == 1]
    free, found = FreeTimes(offered, now=now or timezone.now()), dict[int, list[Slot]]()
    for slot in free.all():
        mine = found.setdefault(slot.people[0].pk, [])
        if len(mine) < SLOTS_EACH:
            mine.append(slot)
        if len(found) == len(keys) and all(len(each) >= SLOTS_EACH for each in found.values()):
            break
    return found


def visible_walk_ins(actor: Actor) -> "QuerySet[WalkIn]":
    """Those of the cases that the actor's organisation reads, and those in which she was named."""
    if actor.kind == "house":
        return WalkIn.objects.all()
    return WalkIn.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else WalkIn.objects.none()


def get_walk_in(actor: Actor, pk: int) -> WalkIn:
    """Raises NotFound."""
    found = visible_walk_ins(actor).select_related("person", "premises", "handover").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def awaited_by(actor: Actor) -> list[WalkIn]:
    """Customers who are being walked over to the actor now: of today, and not yet met. One statement."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    found = visible_walk_ins(actor).filter(person_id=actor.person_id or 0, way="walk", met_at=None, created_at__gte=midnight)
    return list(found.select_related("host", "premises", "handover__service").order_by("created_at"))


@dataclass(frozen=True)
class HouseMonth:
    """How those who walked in were guided in a month (`month` None: together). `waits`: they walk over just now."""

    month: date | None
    came: int = 0
    met: int = 0
    waits: int = 0
    booked: int = 0
    passed: int = 0
    advised: int = 0
    kept: int = 0


def house_months(actor: Actor, premises: Premises, since: datetime, now: datetime) -> list[HouseMonth]:
    """By month, the newest first, of those that the actor's organisation reads one by one anyway. One statement."""
    fresh = now - WALK_TAKES
    unmet = Q(way=WalkInWay.WALK, met_at=None)
    rows = (
        visible_walk_ins(actor).filter(premises=premises, created_at__gte=since).order_by().annotate(month=TruncMonth("created_at")).values("month")
    )
    counted = rows.annotate(
        came=Count("pk"), met=Count("pk", filter=Q(way=WalkInWay.WALK, met_at__isnull=False)),
        waits=Count("pk", filter=unmet & Q(created_at__gt=fresh)),
        booked=Count("pk", filter=Q(way=WalkInWay.BOOK)),
        passed=Count("pk", filter=Q(way=WalkInWay.PASS) | unmet & Q(created_at__lte=fresh)),
        advised=Count("pk", filter=Q(way=WalkInWay.DONE)), kept=Count("pk", filter=Q(way=WalkInWay.MINE)),
    )  # fmt: skip
    return [HouseMonth(**row | {"month": timezone.localdate(row["month"])}) for row in counted.order_by("-month")]


def house_year(premises: Premises, months: Months) -> HouseMonth:
    """Of months that have ended, all organisations together, and nothing of fewer than five. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select outcome, came from wall.desk_walk_in_figures(%s, %s, %s)", [premises.pk, months.first, months.until])
        found = dict(cursor.fetchall())
    met, booked, passed, advised, kept = (found.get(way.value, 0) for way in WalkInWay)
    return HouseMonth(None, sum(found.values()), met, 0, booked, passed, advised, kept)


def sees_house_figures(actor: Actor, premises: Premises) -> bool:
    """Those who sit in it, the heads of its organisations, its keepers, and who sees the figures of a region of it."""
    if premises.pk in actor.houses or can_keep_house(actor, premises):
        return True
    if any(can_edit_organisation(actor, each.pk) for each in organisations_of_house(premises)):
        return True
    mine = {region.pk for region in figure_regions(actor)}
    return bool(mine) and premises.organisation.participations.filter(region__in=mine, valid_until=None).exists()
