"""Which cards have not been looked over for long: those whose editor one is, those of a coordinator's region, and how fresh the region's are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.catalogue.access import coordinated_regions, edited_organisations, kept_services
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.models.services import ServiceQuerySet, unseen
from luukku.core.actor import Actor
from luukku.core.months import months_before
from luukku.network.models import Organisation, Participation, Region
from luukku.network.queries.nation import nation_rules, review_months


def due_since(months: int | None = None) -> date:
    """A card last looked over on this day or earlier is to be looked over, by the nation's rule or after so many months."""
    return months_before(timezone.localdate(), months or nation_rules().review_months)


def to_look_over() -> Q:
    """For cards: those that nobody has looked over for long, each by the shortest rule of the regions where its owner takes part, else by the
    nation's. One statement."""
    decided = Region.objects.on(timezone.localdate()).exclude(review_months=None).order_by()
    own = {region.pk: review_months(region) for region in decided}
    due = unseen(due_since()) & ~Q(Exists(_parts(own)))
    for months in sorted(set(own.values())):
        due |= unseen(due_since(months)) & Q(Exists(_parts([pk for pk, each in own.items() if each == months])))
    return due


def _parts(regions: Iterable[int]) -> "QuerySet[Participation]":
    return Participation.objects.filter(organisation=OuterRef("owner"), region__in=list(regions), valid_until=None)


def cards_to_review(actor: Actor) -> QuerySet[Service]:
    """The actor's own that are to be looked over, the longest unseen first."""
    return _oldest_first(kept_services(actor).active().filter(to_look_over()))


def months_for(actor: Actor) -> int:
    """After how many months her cards come to be looked over: the shortest rule among the regions of her organisations, else the nation's."""
    parts = Participation.objects.filter(organisation__in=edited_organisations(actor), valid_until=None)
    own = Region.objects.filter(pk__in=parts.values("region"), review_months__isnull=False)
    return own.aggregate(least=Min("review_months"))["least"] or nation_rules().review_months


def late_cards(region: Region) -> QuerySet[Service]:
    """Those of the region that have waited a further month, the longest unseen first."""
    late = due_since(review_months(region) + 1)
    return _oldest_first(_cards_of(region).active().filter(unseen(late)).select_related("owner"))


def _oldest_first(found: QuerySet[Service]) -> QuerySet[Service]:
    return found.order_by("reviewed_at", "published_at", "name_fi", "pk")


def _cards_of(region: Region) -> ServiceQuerySet:
    """Cards that an organisation of the region owns, or is named to give there."""
    given = ServiceProvider.objects.filter(service=OuterRef("pk"), region=region)
    parts = Participation.objects.filter(region=region, valid_until=None).values("organisation")
    return Service.objects.active().filter(Q(owner__in=parts) | Exists(given))


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many of an owner's cards have been looked over in time; `owner` is None for the network's common ones."""

    owner: Organisation | None
    cards: int
    fresh: int

    @property
    def share(self) -> int | None:
        """Per cent, rounded down: what is not wholly fresh is never called so."""
        return self.fresh * 100 // self.cards if self.cards else None


@dataclass(frozen=True, slots=True)
class RegionReviews:
    """A region's cards for its coordinator: all together, by owner, and which have waited long."""

    region: Region
    months: int
    whole: Freshness
    owners: Sequence[Freshness]
    late: Sequence[Service]


def region_reviews(actor: Actor) -> list[RegionReviews]:
    """Of the regions that the actor coordinates. Two statements each, and one for the regions."""
    return [_of_region(region) for region in coordinated_regions(actor)]


def _of_region(region: Region) -> RegionReviews:
    cards = list(_cards_of(region).select_related("owner").order_by("pk"))
    due = due_since(review_months(region))
    owners = {card.owner_id: card.owner for card in cards}
    rows = [
        Freshness(owner, sum(c.owner_id == pk for c in cards), sum(c.owner_id == pk and _is_fresh(c, due) for c in cards))
        for pk, owner in owners.items()
    ]
    rows.sort(key=lambda row: (row.share or 0, str(row.owner.name) if row.owner else ""))
    whole = Freshness(None, len(cards), sum(_is_fresh(card, due) for card in cards))
    return RegionReviews(region, review_months(region), whole, rows, list(late_cards(region)))


def _is_fresh(card: Service, due: date) -> bool:
    return card.seen_on is not None and card.seen_on > due
