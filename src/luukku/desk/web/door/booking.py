"""A time is booked from the region's page, a service card or a need's answer: what, when, who."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from luukku.catalogue.access import get_service
from luukku.catalogue.models import Service
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ratelimit import limited
from luukku.core.registries import navigation
from luukku.core.ui.forms import actor_of
from luukku.core.ui.sought import sought
from luukku.desk.access.links import first_token
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.plan import TimeTaken, nearest_elsewhere
from luukku.desk.models import BookableTimes
from luukku.desk.queries.free import FreeTimes, Slot, bookable, parse_key
from luukku.desk.queries.picking import choices_here, days_of, free_for
from luukku.desk.web.door.booking_forms import BookForm
from luukku.desk.web.door.closed import words_of_a_closed_door, words_of_a_lost_time
from luukku.desk.web.door.forms import break_rule, by_of
from luukku.desk.web.door.need import my_contact
from luukku.network.access import get_region
from luukku.network.models import Region
from luukku.network.queries.regions import municipalities_of

ANYTHING = "mika-tahansa"


@require_safe
def times(request: HttpRequest, region: str) -> HttpResponse:
    """What can be booked here; then, when that is known or there is but one, the free times by day."""
    here = _here(request, region)
    asked, service = request.GET.get("palvelu", ""), _service(request)
    if not asked:
        choices = choices_here(here)
        if len(choices) != 1:
            return render(request, "desk/door/times_what.html", {"region": here, "choices": choices, "anything": ANYTHING})
        service = choices[0].service
    offered = bookable(here, service_id=service.pk if service else None)
    if service is None:
        offered = offered.filter(service=None)
    places = sorted({times.place for times in offered})
    chosen = request.GET.get("tapa", "")
    shown = [times for times in offered if chosen not in places or times.place == chosen]
    page = days_of(free_for(shown), day_of(request))
    context = {
        "region": here, "service": service, "page": page, "from": day_of(request), "places": _labels(places), "place": chosen, "asked": asked,
        "query": urlencode({"palvelu": service.code if service else ANYTHING}),
    }  # fmt: skip
    return render(request, "desk/door/times.html", context)


def day_of(request: HttpRequest) -> date | None:
    """The day from which times are shown."""
    try:
        return parse_date(request.GET.get("alkaen", ""))
    except ValueError:
        return None


@limited("book", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, region: str) -> HttpResponse:
    """Contact and need for one time. A taken one leads to the nearest free ones with all that was typed."""
    here = get_region(actor_of(request), region)
    request.site_region = here  # type: ignore[attr-defined]
    if not here.is_live and request.method == "POST":
        return words_of_a_closed_door(request, here)
    here = _here(request, region)
    found = slot_of(request.POST.get("slot") or request.GET.get("aika", ""), here)
    if found is None and request.method == "POST":
        return words_of_a_lost_time(request, here)
    if found is None:
        return redirect("desk:times", region=here.code)
    form = _form(request, here, found)
    if request.method == "POST":
        return _book(request, form, found)
    if not is_free(found):
        slots = nearest_elsewhere(found.times, found.starts_at, now=timezone.now())
        return render(request, "desk/door/times_gone.html", {"region": here, "slot": found, "slots": slots}, status=409)
    return _page(request, form, found)


def _book(request: HttpRequest, form: BookForm, slot: Slot) -> HttpResponse:
    if form.is_valid():
        try:
            made = book_with_need(
                by=by_of(actor_of(request)), times=slot.times, starts_at=slot.starts_at, need=form.need(), submit_key=request.POST.get("submit_key")
            )  # fmt: skip
            return redirect("desk:status_time", token=first_token(made.case), pk=made.pk)
        except TimeTaken as taken:
            form.offer(taken.nearest)
            form.add_error("slot" if taken.nearest else None, taken.message)
        except RuleBroken as broken:
            break_rule(form, broken)
    return _page(request, form, slot, status=422)


def _page(request: HttpRequest, form: BookForm, slot: Slot, status: int = 200) -> HttpResponse:
    privacy = dict(navigation.items()).get("portal.privacy")
    context: dict[str, Any] = {
        "form": form, "slot": slot, "region": form.region, "me": my_contact(actor_of(request)), "privacy_name": privacy.url_name if privacy else "",
        "again": bool(form.errors.get("slot")),
    }  # fmt: skip
    return render(request, "desk/door/book.html", context, status=status)


def _form(request: HttpRequest, region: Region, slot: Slot) -> BookForm:
    given: dict[str, Any] = {"initial": {"slot": slot.key, "words": sought(request, "need")}}
    if request.method == "POST":
        given = {"data": request.POST}
    return BookForm(**given, region=region, municipalities=municipalities_of(region), known=actor_of(request).customer_id is not None)


def slot_of(key: str, region: Region) -> Slot | None:
    """The time that a key names, free or not; None where nothing such is published in the region."""
    parsed = parse_key(key)
    times = bookable(region).filter(pk=parsed[0]).first() if parsed else None
    if parsed is None or times is None:
        return None
    return Slot(times, parsed[1], parsed[1] + timedelta(minutes=times.length))


def is_free(slot: Slot, but_not: int | None = None) -> bool:
    free = FreeTimes([slot.times], now=timezone.now(), last=slot.day, but_not=but_not)
    return any(each.starts_at == slot.starts_at for each in free.of(slot.times, slot.day))


def _here(request: HttpRequest, code: str) -> Region:
    here = get_region(actor_of(request), code)
    request.site_region = here  # type: ignore[attr-defined]
    if not here.is_live:
        raise NotFound
    return here


def _service(request: HttpRequest) -> Service | None:
    code = request.GET.get("palvelu", "")
    return get_service(actor_of(request), code) if code and code != ANYTHING else None


def _labels(places: list[str]) -> list[tuple[str, str]]:
    labels = dict(BookableTimes._meta.get_field("place").flatchoices)
    return [(place, str(labels[place])) for place in places]
