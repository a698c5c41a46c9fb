"""Plain pages: the promise, privacy, accessibility, and a municipality that belongs to no area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import actor_of
from luukku.core.ui.sought import sought
from luukku.desk.queries.answers import answer
from luukku.desk.queries.opening import door_of
from luukku.network.access import get_region
from luukku.network.models import Region
from luukku.network.queries.nation import nation_rules
from luukku.portal.queries.front import period_now, records, records_by_organisation
from luukku.portal.web.hours import hours_of


def _region(request: HttpRequest) -> Region | None:
    """The region of `?region=`, whose site the page then is."""
    code = request.GET.get("region", "")
    found = get_region(actor_of(request), code) if code else None
    request.site_region = found  # type: ignore[attr-defined]
    return found


@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """The three promises in a region's own days and hours, how they were kept, and how that is counted."""
    region = _region(request)
    if region is None:
        return render(request, "portal/promise.html", {"region": None})
    period, door = period_now(), door_of(region)
    context = {
        "region": region, "door": door, **hours_of(door), "period": period,
        "records": records(region, period), "organisations": records_by_organisation(region, period) if region.publish_by_organisation else [],
    }  # fmt: skip
    return render(request, "portal/promise.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"region": _region(request)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"region": _region(request)})


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """A municipality outside every area: services of the whole country, and the list of doors."""
    words = sought(request, "need")
    found = answer(words, get_language() or "fi") if words else None
    return render(request, "portal/elsewhere.html", {"words": words, "answer": found, "national_phone": nation_rules().phone})
