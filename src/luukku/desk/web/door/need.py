"""The need page: what fits it, who can help, and the form that sends it. The receipt."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luukku.catalogue.actions.learning import record_unmet
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ratelimit import limited, over_limit
from luukku.core.registries import navigation
from luukku.core.ui.forms import actor_of
from luukku.core.ui.sought import sought
from luukku.customers.access import visible_contacts
from luukku.customers.models import Contact
from luukku.desk.access.desks import get_own_door
from luukku.desk.access.links import first_token
from luukku.desk.actions.intake import send_need
from luukku.desk.actions.sent_again import SOON, Sent, SentAlready
from luukku.desk.models import Case
from luukku.desk.queries.answers import Answer, answer
from luukku.desk.queries.opening import Door, door_at, door_of
from luukku.desk.queries.picking import bookable_codes
from luukku.desk.queries.reply_address import shown_address
from luukku.desk.web.door.closed import words_of_a_closed_door
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.door.forms import SendForm, break_rule, by_of
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.network.access import get_region
from luukku.network.models import Desk, Municipality, Region
from luukku.network.queries.regions import municipalities_of

_COOKIE = "luukku_sent"


@limited("need", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest, region: str, organisation: str = "") -> HttpResponse:
    """What fits a need (GET), and the need itself (POST): at the region's door, or at one organisation's own."""
    place = get_region(actor_of(request), region)
    request.site_region = place  # type: ignore[attr-defined]
    if not place.is_live and request.method == "POST":
        return words_of_a_closed_door(request, place)
    if not place.is_live:
        return redirect(f"/{place.code}/?{request.GET.urlencode()}")
    try:
        own = get_own_door(place, organisation) if organisation else None
    except NotFound:
        if request.method != "POST":
            raise
        return words_of_a_closed_door(request, place, at=place)  # the organisation has closed its own door meanwhile
    door = door_at(own, place) if own is not None else door_of(place)
    if request.htmx:  # type: ignore[attr-defined]
        context = {"answer": _answer(request, place, door), "region": place, "times_here": bookable_codes(place), "own": own}
        return render(request, "desk/door/need.html#found", context)
    form = _form(request, place, own)
    if request.method == "POST":
        return send(request, form, place, door)
    return _page(request, form, place, door)


@require_POST
def unmet(request: HttpRequest, region: str) -> HttpResponse:
    """A search that nothing fitted and that has stood a while unchanged: counted for the coordinator, without who it was.

    Opening an address counts nothing, so that neither a crawler nor a shared link does; a need that is sent becomes a case instead.
    """
    place = get_region(actor_of(request), region)
    found = _answer(request, place, None)
    factor = settings.LUUKKU_RATE_FACTOR
    if place.is_live and found.words and not found.fits and not (factor and over_limit(request, "unmet", limit=20 * factor, seconds=3600)):
        record_unmet(by=actor_of(request), words=found.words, language=get_language() or "fi", region=place)
    return HttpResponse(status=204)


@require_POST
def suggest(request: HttpRequest, region: str) -> HttpResponse:
    """What may help, while she writes straight into the form. Posted, so that her words stand in no address."""
    place = get_region(actor_of(request), region)
    return render(request, "desk/door/_live.html", {"answer": _answer(request, place, door_of(place)), "region": place})


def send(request: HttpRequest, form: SendForm, region: Region, door: Door | None) -> HttpResponse:
    """Send the form; when it comes back, on the region's page with everything typed."""
    sent = None
    if form.is_valid():
        try:
            again = request.POST.get("again") == "1"
            case = send_need(by=by_of(actor_of(request)), need=form.need(), submit_key=request.POST.get("submit_key"), again=again)
            return remembered(redirect("desk:status_receipt", token=first_token(case)), case)
        except SentAlready as already:
            token = remembered_token(request, already.earlier.case_id)
            if token and not form.cleaned_data["files"]:
                messages.info(request, _("You have sent this already, so no second matter was made."))
                return redirect("desk:status_receipt", token=token)
            sent = already.earlier
            keep_files(form)
        except RuleBroken as broken:
            break_rule(form, broken)
    else:
        keep_files(form)
    return _page(request, form, region, door, status=422, sent=sent)


def remembered(response: HttpResponse, case: Case) -> HttpResponse:
    """The sender's own browser knows for a while what it has sent, so that the same sent again leads to the same receipt."""
    seconds = int(SOON.total_seconds())
    told = f"{case.pk}:{first_token(case)}"
    response.set_signed_cookie(_COOKIE, told, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def remembered_token(request: HttpRequest, case_id: int) -> str:
    """The link's token, when this browser has sent this case; else empty."""
    told = request.get_signed_cookie(_COOKIE, default="", max_age=int(SOON.total_seconds())) or ""
    number, _colon, token = told.partition(":")
    return token if number == str(case_id) else ""


def given_to(request: HttpRequest) -> dict[str, Any]:
    """What a form of a need gets: what was sent, or what the address says; and whether we know its sender."""
    given: dict[str, Any] = {"initial": {"words": words_of(request), "municipality": request.GET.get("municipality", "")}}
    if request.method == "POST":
        given = {"data": request.POST, "files": request.FILES}
    return given | {"known": actor_of(request).customer_id is not None}


def _form(request: HttpRequest, region: Region, own: Desk | None) -> SendForm:
    return SendForm(**given_to(request), region=region, municipalities=municipalities_of(region), own_door=own)


def privacy_page() -> str:
    """The URL name of the page that tells how data are handled, if there is one."""
    privacy = dict(navigation.items()).get("portal.privacy")
    return privacy.url_name if privacy else ""


def _page(request: HttpRequest, form: SendForm, region: Region, door: Door | None, status: int = 200, sent: Sent | None = None) -> HttpResponse:
    found = _answer(request, region, door)
    suggests = not found.words
    if suggests:
        form.suggest_from(reverse("desk:suggest", kwargs={"region": region.code}))
    context = {
        "times_here": bookable_codes(region), "suggests": suggests,
        "form": form, "door": door, "answer": found, "region": region, "me": my_contact(actor_of(request)),
        "privacy_name": privacy_page(), "sent": sent, "own": form.own_door,
        "mail": shown_address(desk_id=form.own_door.pk) if form.own_door else shown_address(region.pk),
    }  # fmt: skip
    return render(request, "desk/door/need.html", context, status=status)


def words_of(request: HttpRequest) -> str:
    """What she wrote, wherever the form held it."""
    return (request.POST.get("words") or sought(request, "need")).strip()


def _answer(request: HttpRequest, region: Region, door: Door | None) -> Answer:
    words = words_of(request)
    desk = door.desk if door else None
    if not words:
        return Answer("", False, [])
    return answer(words, get_language() or "fi", region, desk, _municipality(request, region))


def _municipality(request: HttpRequest, region: Region) -> Municipality | None:
    """Where she is, as far as the form or the address tells."""
    code = request.POST.get("municipality") or request.GET.get("municipality")
    return next((each for each in municipalities_of(region) if each.code == code), None) if code else None


def my_contact(actor: Actor) -> Contact | None:
    """How we reach her, when she has signed in as a customer."""
    if actor.customer_id is None:
        return None
    return visible_contacts(actor).filter(customer_id=actor.customer_id).first()


@on_case
def receipt(request: HttpRequest, place: Place) -> Response:
    """What she has after sending: number, by when, what happens next, her link."""
    contact = getattr(place.page.case.customer, "contact", None)
    return render(request, "desk/door/receipt.html", {"place": place, "page": place.page, "contact": contact})
