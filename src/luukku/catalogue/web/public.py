"""Service cards for everybody: the list with its facets, one card, who can help where I am."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from luukku.catalogue.access import can_edit_groups, can_edit_service, can_follow_reviews, edited_organisations, get_service, keeps_cards
from luukku.catalogue.enums import Industry, Price, Segment, ServiceChannel, Stage
from luukku.catalogue.queries.cards import labels, municipality_choices, region_here, related_cards, ways, who_can_help
from luukku.catalogue.queries.fitness import hindrances, lacks
from luukku.catalogue.queries.listing import CardFilter, cards, found_cards, group_facets, language_choices, with_places
from luukku.catalogue.queries.places import names_of_places
from luukku.catalogue.queries.reviews import cards_to_review
from luukku.catalogue.queries.tables import card_table
from luukku.core.registries import service_panels
from luukku.core.ui.forms import actor_of, base_of, staff_only
from luukku.core.ui.sought import asked as words_opened
from luukku.core.ui.tables import table_file
from luukku.network.access import is_inside, require

LONGEST_SEARCH = 1000  # letters


def _chosen(asked: QueryDict, *, mine: bool) -> CardFilter:
    given = {name: asked.get(name, "").strip()[:200] for name in ("group", "segment", "channel", "price", "municipality", "language")}
    return CardFilter(**given, words=asked.get("q", "").strip()[:LONGEST_SEARCH], mine=mine)


@require_safe
@staff_only
def services_table(request: HttpRequest) -> HttpResponse:
    """The cards of the list as it is narrowed, for a spreadsheet; for the network's own people."""
    actor, asked = actor_of(request), words_opened(request)
    require(is_inside(actor))
    chosen = _chosen(asked, mine=keeps_cards(actor) and asked.get("mine") == "1")
    here = region_here(chosen.municipality, asked.get("region", ""))
    where = here.region if here.municipality else None
    if chosen.words:
        shown = [each.card for each in found_cards(actor, chosen, where, here.place)]
        prefetch_related_objects(shown, "group", "owner")
    else:
        shown = list(cards(actor, chosen, where, here.place).select_related("group", "owner"))
    return table_file(request, f"palvelut-{timezone.localdate().isoformat()}", *card_table(shown))


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """All cards, or what a search finds; facets stand in the address, words sealed."""
    actor, asked = actor_of(request), words_opened(request)
    keeps = keeps_cards(actor)
    mine = keeps and asked.get("mine") == "1"
    chosen = _chosen(asked, mine=mine)
    here = region_here(chosen.municipality, asked.get("region", ""))
    request.site_region = here.region  # type: ignore[attr-defined]
    where = here.region if here.municipality else None
    found = found_cards(actor, chosen, where, here.place) if chosen.words else None
    due = set(cards_to_review(actor).values_list("pk", flat=True)) if mine else set()
    context = {
        "base": base_of(actor),
        "found": found,
        "cards": with_places([each.card for each in found] if found is not None else cards(actor, chosen, where, here.place)),
        "chosen": chosen,
        "here": here,
        "keeps": keeps,
        "saves": is_inside(actor),
        "common": keeps and not edited_organisations(actor),
        "edits_groups": can_edit_groups(actor),
        "to_review": len(due),
        "follows_reviews": can_follow_reviews(actor),
        "to_look_over": due,
        "groups": group_facets(actor),
        "segments": [(each.value, each.label) for each in Segment.shelves()],
        "channels": ServiceChannel.choices,
        "prices": Price.choices,
        "municipalities": municipality_choices(),
        "languages": language_choices(actor),
        "region_code": asked.get("region", ""),
    }
    return render(request, "catalogue/services.html", context)


@require_GET
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One card, and who can help in the municipality or region that the address names."""
    actor, asked = actor_of(request), request.GET
    card = get_service(actor, code)
    can_edit = can_edit_service(actor, card)
    here = region_here(asked.get("municipality", ""), asked.get("region", ""))
    request.site_region = here.region  # type: ignore[attr-defined]
    context = {
        "base": base_of(actor),
        "card": card,
        "here": here,
        "help": who_can_help(card, here.region, here.municipality),
        "municipalities": municipality_choices(),
        "segments": labels(Segment, card.segments),
        "stages": labels(Stage, card.stages),
        "industries": labels(Industry, card.industries),
        "ways": ways(card),
        "places": names_of_places(card),
        "related": related_cards(actor, card, here.place),
        "can_edit": can_edit,
        "lacks": lacks(card) if can_edit else [],
        "hindrances": hindrances(card) if can_edit and card.is_draft else [],
        "is_staff": actor.is_staff,
        "panels": [(panel.template, shown) for panel in service_panels.all() if (shown := panel.context(card, here.region)) is not None],
    }
    return render(request, "catalogue/service.html", context)
