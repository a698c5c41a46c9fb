"""Cards for reading: the list with its facets, one card, and who can help."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from luukku.catalogue.access import edited_organisations, kept_services, visible_services
from luukku.catalogue.enums import Segment, WordKind
from luukku.catalogue.models import Service, ServiceGroup, ServiceProvider
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network.enums import LanguageCode
from luukku.network.models import Area, Municipality, Organisation, Person, Region
from luukku.network.queries.places import area_of, municipality_today


@dataclass(frozen=True)
class CardFilter:
    """The facets of the list, as they stand in the address."""

    group: str = ""
    segment: str = ""
    channel: str = ""
    price: str = ""
    mine: bool = False  # owned or given by the organisations whose cards the actor keeps

    @property
    def is_empty(self) -> bool:
        return not any((self.group, self.segment, self.channel, self.price))


@dataclass(frozen=True)
class Facet:
    """One choice of a facet and how many cards it would leave."""

    value: str
    label: str
    count: int


def cards(actor: Actor, chosen: CardFilter) -> QuerySet[Service]:
    """The cards that fit every chosen facet, in the order of their groups."""
    found = _mine(actor) if chosen.mine else visible_services(actor)
    if chosen.group:
        found = found.filter(Q(group__code=chosen.group) | Q(group__parent__code=chosen.group))
    if chosen.segment:
        found = found.filter(segments__overlap=Segment.on_shelf(chosen.segment))
    if chosen.channel:
        found = found.filter(channels__contains=[chosen.channel])
    if chosen.price:
        found = found.filter(price=chosen.price)
    return found.order_by("group__order", "name_fi")


def _mine(actor: Actor) -> QuerySet[Service]:
    """Cards that the actor keeps, also unpublished, and those that her organisations give, with whom they have named for them, region by region."""
    given = (
        ServiceProvider.objects.as_of_today().filter(organisation__in=edited_organisations(actor)).select_related("organisation", "region", "person")
    )
    active = Q(deactivated_at=None, published_at__isnull=False)
    fitting = Q(pk__in=kept_services(actor).values("pk")) | (active & Exists(given.filter(service=OuterRef("pk"))))
    found = Service.objects.select_related("group").filter(fitting)
    return found.prefetch_related(Prefetch("providers", given.order_by("region__code", "pk"), to_attr="ours"))


def group_facets(actor: Actor) -> list[Facet]:
    """Groups that have cards, with how many."""
    held = Counter(visible_services(actor).values_list("group_id", flat=True))
    return [Facet(group.code, group.name, held[group.pk]) for group in ServiceGroup.objects.order_by("order") if held[group.pk]]


def labels(choices: type[models.TextChoices], values: list[str]) -> list[str]:
    """The labels of those values that are known, in their own order."""
    return [str(label) for value, label in choices.choices if value in values]


@dataclass(frozen=True)
class Here:
    """Where the reader is: the municipality she chose and the region that serves it, as far as known."""

    municipality: Municipality | None = None
    region: Region | None = None
    area: Area | None = None  # where the municipality has no region


def region_here(municipality_code: str, region_code: str) -> Here:
    """From the codes in an address; unknown ones count as not given."""
    municipality = municipality_today(municipality_code)
    if municipality is not None:
        region = region_of(municipality)
        return Here(municipality, region, None if region else area_of(municipality))
    return Here(None, Region.objects.filter(code=region_code).first() if region_code else None)


def services_by_name() -> QuerySet[Service]:
    """Every card in use in the order of the alphabet, for a list to choose from."""
    return Service.objects.active().order_by(FinnishKey(best("name")))


def municipality_choices() -> list[tuple[str, str]]:
    """Today's municipalities by name, in Finnish order, for a list to pick from."""
    found = Municipality.objects.filter(valid_until=None)
    return [(m.code, m.name) for m in found.order_by(FinnishKey(best("name")))]


@dataclass(frozen=True)
class Helper:
    """Who gives a service in a region: the organisation, and where it is known, the person to contact."""

    organisation: Organisation
    person: Person | None = None
    is_primary: bool = False


@dataclass(frozen=True)
class Help:
    """Who can help with a service where the customer is. `region` is None where no region serves the municipality yet."""

    region: Region | None
    helpers: list[Helper] = field(default_factory=list)


def region_of(municipality: Municipality) -> Region | None:
    """The region that serves the municipality today."""
    return Region.objects.filter(municipality_spells__municipality=municipality, municipality_spells__valid_until=None).first()


def who_can_help(service: Service, region: Region | None) -> Help:
    """Named providers of the service in the region; without any, the region's parties of the service's provider types.

    A person is shown only if her organisation publishes her and she works there today.
    """
    if region is None:
        return Help(None)
    named = ServiceProvider.objects.giving().filter(service=service, region=region)
    rows = named.select_related("organisation__type", "person").order_by("-is_primary", "organisation__name_fi")
    helpers = [Helper(row.organisation, row.contact, row.is_primary) for row in rows]
    if not helpers:
        parties = Organisation.objects.active().in_region(region.pk).filter(type__code__in=service.provider_types)
        helpers = [Helper(o) for o in parties.select_related("type").distinct()]
        order = {code: i for i, code in enumerate(service.provider_types)}
        helpers.sort(key=lambda h: order.get(h.organisation.type.code, 99))
    return Help(region, helpers)


def texts_of(service: Service, language: str, kind: str) -> list[str]:
    """The keywords or phrases of a card in one language, as their editor left them."""
    return list(service.words.filter(language=language, kind=kind).order_by("id").values_list("text", flat=True))


@dataclass(frozen=True)
class WordCount:
    """How many words of a kind a card has in a language."""

    kind: str
    kind_label: str
    language: str
    language_label: str
    count: int


def words_overview(service: Service) -> list[WordCount]:
    """Every kind and language, also those with none."""
    rows = service.words.values_list("kind", "language").annotate(n=Count("id")).order_by()
    have = {(kind, language): n for kind, language, n in rows}
    return [
        WordCount(kind, str(kind_label), language, str(language_label), have.get((kind, language), 0))
        for kind, kind_label in WordKind.choices
        for language, language_label in LanguageCode.choices
    ]
