"""Cards for reading: the list with its facets, one card, and who can help."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, QuerySet, prefetch_related_objects
from django.utils.translation import get_language

from luukku.catalogue.access import services_in, visible_services
from luukku.catalogue.enums import ON_THE_NET, ServiceChannel, Validity, WordKind
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.models.places import Place
from luukku.catalogue.queries.contacts import contacts_at
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.templatetags.luukku import phone_href
from luukku.network.enums import LanguageCode
from luukku.network.models import Area, Municipality, Organisation, Person, Region
from luukku.network.queries.organisations import places_to_come
from luukku.network.queries.places import area_of, municipality_today, organisations_in


def labels(choices: type[models.TextChoices], values: list[str]) -> list[str]:
    """The labels of those values that are known, in their own order."""
    return [str(label) for value, label in choices.choices if value in values]


@dataclass(frozen=True, slots=True)
class Way:
    """How customers get a service: `href` where it can be followed, `said` what is read beside its name."""

    label: str
    said: str = ""
    href: str = ""


def ways(service: Service) -> list[Way]:
    """The card's channels, each with where it is found as far as the card tells."""
    found = []
    for channel in ServiceChannel:
        place = str(service.channel_links.get(channel.value, ""))
        if channel.value not in service.channels:
            continue
        if channel in ON_THE_NET:
            found.append(Way(str(channel.label), href=place))
        elif channel is ServiceChannel.E_MAIL and place:
            found.append(Way(str(channel.label), place, f"mailto:{place}"))
        elif channel is ServiceChannel.PHONE and place:
            found.append(Way(str(channel.label), place, phone_href(place)))
        else:
            found.append(Way(str(channel.label), place))
    return found


def related_cards(actor: Actor, service: Service, place: Place | None = None) -> QuerySet[Service]:
    """The cards often needed together with it, of those that everybody sees and that hold in the place."""
    seen = visible_services(actor) if place is None else services_in(actor, place)
    return seen.filter(related=service).order_by("group__order", "name_fi")


@dataclass(frozen=True)
class Here:
    """Where the reader is: the municipality she chose and the region that serves it, as far as known."""

    municipality: Municipality | None = None
    region: Region | None = None
    area: Area | None = None  # where the municipality has no region

    @property
    def place(self) -> Place | None:
        """The same by keys; None where nothing is known."""
        found = Place.of(self.region, self.municipality, self.area)
        return None if found == Place() else found


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


def services_given_by(organisation_id: int, region_id: int) -> frozenset[int]:
    """Keys of the cards that an organisation has said it gives in a region. One statement."""
    given = ServiceProvider.objects.giving().filter(organisation=organisation_id, region=region_id)
    return frozenset(given.values_list("service_id", flat=True))


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
    from_elsewhere: bool = False  # serves here without being a party of the region


@dataclass(frozen=True)
class Help:
    """Who can help with a service where the customer is. `region` is None where no region serves the municipality yet.

    Nobody does where the service does not hold (`holds`).
    """

    region: Region | None
    helpers: list[Helper] = field(default_factory=list)
    holds: bool = True


def region_of(municipality: Municipality) -> Region | None:
    """The region that serves the municipality today."""
    return Region.objects.filter(municipality_spells__municipality=municipality, municipality_spells__valid_until=None).first()


def who_can_help(service: Service, region: Region | None, municipality: Municipality | None = None) -> Help:
    """Named providers of the service in the region; without any, the region's parties of the service's provider types.

    Those with premises in the customer's municipality come first. A person is shown only if her organisation publishes her and she works
    there today; for a party found by its type it is one who serves there.
    """
    place = Place.of(region, municipality)
    if service.validity != Validity.NATIONAL and place != Place() and not Service.objects.holding_in(place).filter(pk=service.pk).exists():
        return Help(region, holds=False)
    if region is None:
        return Help(None)
    near = organisations_in(municipality.pk) if municipality else frozenset()
    named = ServiceProvider.objects.giving().filter(service=service, region=region)
    rows = named.select_related("organisation__type", "person").order_by("-is_primary", "organisation__name_fi")
    helpers = [Helper(row.organisation, row.contact, row.is_primary, row.is_from_elsewhere) for row in rows]
    if not helpers:
        helpers = _by_type(service, region)
    prefetch_related_objects([helper.organisation for helper in helpers], *places_to_come())
    return Help(region, sorted(helpers, key=lambda helper: helper.organisation.pk not in near))


def _by_type(service: Service, region: Region) -> list[Helper]:
    parties = Organisation.objects.active().in_region(region.pk).filter(type__code__in=service.provider_types)
    order = {code: place for place, code in enumerate(service.provider_types)}
    found = sorted(parties.select_related("type").distinct(), key=lambda each: order[each.type.code])
    people = contacts_at([each.pk for each in found], region.pk, get_language() or "fi")
    return [Helper(each, people.get(each.pk)) for each in found]


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
