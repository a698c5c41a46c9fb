"""Cards to look over: an editor's own, and a coordinator's view of her region."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luukku.catalogue.access import can_follow_reviews, keeps_cards
from luukku.catalogue.queries.reviews import cards_to_review, months_for, region_reviews
from luukku.core.ui.forms import actor_of, staff_only
from luukku.network.access import require


@require_GET
@staff_only
def reviews(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    keeps = keeps_cards(actor)
    require(keeps or can_follow_reviews(actor))
    context = {
        "keeps": keeps,
        "cards": list(cards_to_review(actor)) if keeps else [],
        "regions": region_reviews(actor),
        "months": months_for(actor),
    }
    return render(request, "catalogue/reviews.html", context)
