"""The list of cards: its facets, its search, and the cards that somebody keeps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from luukku.catalogue.access import edited_organisations, kept_services, visible_services
from luukku.catalogue.enums import Segment
from luukku.catalogue.models import Service, ServiceGroup, ServiceProvider
from luukku.catalogue.models.places import Place, holding_in
from luukku.catalogue.queries.matching import match_need
from luukku.catalogue.queries.places import names_of_places
from luukku.catalogue.queries.search import named_codes
from luukku.core.actor import Actor
from luukku.network.models import Organisation, Region
from luukku.network.queries.labels import LANGUAGE_NAMES, language_name

MOST_MATCHED = 8
LEAST_CHANCE = 0.04  # a proposed card less likely than this only confuses


@dataclass(frozen=True)
class CardFilter:
    """The facets of the list, as they stand in the address."""

    group: str = ""
    segment: str = ""
    channel: str = ""
    price: str = ""
    municipality: str = ""
    language: str = ""
    words: str = ""  # what is searched for
    mine: bool = False  # owned or given by the organisations whose cards the actor keeps

    @property
    def is_empty(self) -> bool:
        return not any((self.group, self.segment, self.channel, self.price, self.municipality, self.language, self.words))


@dataclass(frozen=True)
class Facet:
    """One choice of a facet and how many cards it would leave."""

    value: str
    label: str
    count: int


def cards(actor: Actor, chosen: CardFilter, region: Region | None = None, place: Place | None = None) -> QuerySet[Service]:
    """The cards that fit every chosen facet and hold in the place, in the order of their groups.

    `region` serves the chosen municipality: only what is given there.

    What is searched for is another matter: `found_cards`.
    """
    found = _mine(actor) if chosen.mine else visible_services(actor)
    if chosen.group:
        found = found.filter(Q(group__code=chosen.group) | Q(group__parent__code=chosen.group))
    if chosen.segment:
        found = found.filter(segments__overlap=Segment.on_shelf(chosen.segment))
    if chosen.channel:
        found = found.filter(channels__contains=[chosen.channel])
    if chosen.price:
        found = found.filter(price=chosen.price)
    if place is not None:
        found = found.filter(holding_in(place))
    if region is not None:
        found = found.filter(_given_in(region))
    if chosen.language:
        found = found.filter(Q(languages__contains=[chosen.language]) | Exists(_speakers(chosen.language, region)))
    return found.order_by("group__order", "name_fi")


def _given_in(region: Region) -> Q:
    """Named organisations give it there, or, where none is named, the region's parties of a fitting kind."""
    named = ServiceProvider.objects.giving().filter(service=OuterRef("pk"), region=region)
    kinds = Organisation.objects.active().in_region(region.pk).order_by().values_list("type__code", flat=True).distinct()
    return Q(Exists(named)) | Q(provider_types__overlap=list(kinds))


def _speakers(language: str, region: Region | None) -> QuerySet[ServiceProvider]:
    """Published contact persons of a card who speak the language."""
    found = ServiceProvider.objects.with_contact().filter(service=OuterRef("pk"))
    found = found.filter(person__languages__contains=[language])
    return found if region is None else found.filter(region=region)


def language_choices(actor: Actor) -> list[tuple[str, str]]:
    """The languages in which some service is given, or some card's contact person serves. Two statements."""
    codes = {code for codes in visible_services(actor).values_list("languages", flat=True) for code in codes}
    shown = ServiceProvider.objects.with_contact()
    codes |= {code for codes in shown.values_list("person__languages", flat=True) for code in codes}
    return [(code, language_name(code)) for code in LANGUAGE_NAMES if code in codes]


def with_places(found: Iterable[Service]) -> list[Service]:
    """The same, each with the names of the places where it holds. At most three statements, then none for a minute."""
    cards = list(found)
    for card in cards:
        card.held_in = names_of_places(card)
    return cards


@dataclass(frozen=True)
class FoundCard:
    """A card that a search found, and why where the need matcher proposed it."""

    card: Service
    why: str = ""


def found_cards(actor: Actor, chosen: CardFilter, region: Region | None = None, place: Place | None = None) -> list[FoundCard]:
    """The cards that fit the chosen facets and the words searched for, best first: by name or keyword, then as answers to a need."""
    allowed = {card.code: card for card in cards(actor, chosen, region, place)}
    found = {code: FoundCard(allowed[code]) for code in named_codes(actor, chosen.words) if code in allowed}
    matched = match_need(chosen.words, place=place, top=MOST_MATCHED)
    for hit in matched.hits if matched.fits else ():
        if hit.code in allowed and hit.code not in found and hit.score >= LEAST_CHANCE:
            found[hit.code] = FoundCard(allowed[hit.code], hit.why.said(str(allowed[hit.code].name)))
    return list(found.values())


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
