"""The front pages: of the whole network, of a region, of an area. The need comes first on each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of
from luukku.core.ui.sought import sealed, sought
from luukku.desk.access.desks import get_own_door
from luukku.desk.queries.answers import Answer, answer
from luukku.network.access import get_region
from luukku.network.models import Area, Region
from luukku.network.queries.nation import nation_rules
from luukku.network.queries.regions import municipalities_of, municipalities_today
from luukku.portal.queries.front import region_front
from luukku.portal.queries.places import Whereabouts, area_of_region, area_page, find_areas, whereabouts
from luukku.portal.web.hours import hours_of
from luukku.portal.web.situations import EXAMPLES, SITUATIONS


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The network's own front page. Those who work in it, and customers who have signed in, come to their own instead."""
    actor, words = actor_of(request), _words(request)
    if actor.kind in ("person", "customer") and "need" not in request.GET:
        return redirect("account_landing")
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "portal/front.html#live", {"answer": _answer(request, words)})
    place = _chosen(request)
    if place is not None:
        return redirect(_way(place, words))
    search = sought(request, "q")[:80]
    context = {
        "words": words, "answer": _answer(request, words), "municipalities": municipalities_today(), "examples": EXAMPLES,
        "search": search, "areas": find_areas(actor, search), "asked": "municipality" in request.GET,
    }  # fmt: skip
    return render(request, "portal/front.html", context)


@require_safe
def region(request: HttpRequest, region: str) -> HttpResponse:
    """A region's own page: the hatch, the promise, common situations, people."""
    here = get_region(actor_of(request), region)
    request.site_region = here  # type: ignore[attr-defined]
    words = _words(request)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "portal/region.html#live", {"answer": _answer(request, words, here), "region": here})
    if not here.is_live:
        return _closed(request, here, words)
    page = region_front(here, get_language() or "fi")
    context = {
        "region": here, "page": page, "door": page.door, **hours_of(page.door), "words": words,
        "situations": SITUATIONS, "examples": EXAMPLES, "answer": _answer(request, words, here),
    }  # fmt: skip
    return render(request, "portal/region.html", context)


@require_safe
def own_door(request: HttpRequest, region: str, organisation: str) -> HttpResponse:
    """The short address of an organisation's own door, for its own site and cards."""
    desk = get_own_door(get_region(actor_of(request), region), organisation)
    asked = request.GET.urlencode()
    return redirect(reverse("desk:need_at", kwargs={"region": region, "organisation": desk.organisation.code}) + (f"?{asked}" if asked else ""))


def _closed(request: HttpRequest, here: Region, words: str) -> HttpResponse:
    """A region whose door is not open yet says so, and shows where to turn."""
    area = area_of_region(here)
    page = area_page(actor_of(request), area.code) if area else None
    mine = next((place.municipalities for place in page.regions if place.region.pk == here.pk), []) if page else []
    context = {
        "region": here, "area": page, "municipalities": mine, "words": words, "answer": _answer(request, words, area=area),
        "national_phone": nation_rules().phone,
    }  # fmt: skip
    return render(request, "portal/region_closed.html", context)


@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """An area: its regions and their doors, and what can be done where no region serves the municipality."""
    page = area_page(actor_of(request), area)
    place, words = _chosen(request), _words(request)
    context = {
        "page": page, "place": place, "words": words, "answer": _answer(request, words, area=page.area),
        "national_phone": nation_rules().phone,
    }  # fmt: skip
    return render(request, "portal/area.html", context)


def _words(request: HttpRequest) -> str:
    return sought(request, "need")


def _answer(request: HttpRequest, words: str, region: Region | None = None, area: Area | None = None) -> Answer:
    if not words:
        return Answer("", False, [])
    code = request.GET.get("municipality")
    municipality = next((each for each in municipalities_of(region) if each.code == code), None) if region and code else None
    return answer(words, get_language() or "fi", region, municipality=municipality, area=area)


def _chosen(request: HttpRequest) -> Whereabouts | None:
    """The municipality in the address; None for none, or one that is not in the list."""
    code = request.GET.get("municipality", "")
    if not code:
        return None
    try:
        return whereabouts(code)
    except NotFound:
        return None


def _way(place: Whereabouts, words: str) -> str:
    """To the door that serves the municipality: the region's when it is open, else what its area can offer. Never a dead end."""
    query = {"need": sealed(words), "municipality": place.municipality.code}
    if place.region is not None:
        name = "desk:need" if place.region.is_live and words else "portal:region"
        return f"{reverse(name, kwargs={'region': place.region.code})}?{urlencode(query)}"
    if place.area is not None:
        return f"{reverse('portal:area', kwargs={'area': place.area.code})}?{urlencode(query)}"
    return f"{reverse('portal:elsewhere')}?{urlencode(query)}"
