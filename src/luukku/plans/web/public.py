"""What regions have made public of their plans and decisions, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import actor_of, base_of
from luukku.network.models import Region
from luukku.plans.queries.overview import public_lists


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """By region; of one region alone when the address names it."""
    actor = actor_of(request)
    region = Region.objects.filter(code=request.GET.get("region", ""), is_live=True).first()
    found = public_lists(region)
    return render(request, "plans/public_index.html", {"lists": found, "region": region, "base": base_of(actor)})
