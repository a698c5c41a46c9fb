"""Near you: where and when an adviser serves in one's own municipality next, there or by a screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of
from luukku.desk.queries.points import near_you
from luukku.network.access import get_region
from luukku.network.queries.regions import municipalities_of


@require_safe
def near(request: HttpRequest, region: str, municipality: str = "") -> HttpResponse:
    """All visiting desks and remote points of a region, or those of one municipality."""
    here = get_region(actor_of(request), region)
    request.site_region = here  # type: ignore[attr-defined]
    places = municipalities_of(here)
    chosen = next((place for place in places if place.code == municipality), None)
    if municipality and chosen is None:
        raise NotFound
    context = {"region": here, "places": places, "chosen": chosen, "near": near_you(here, chosen)}
    return render(request, "portal/near.html", context)
