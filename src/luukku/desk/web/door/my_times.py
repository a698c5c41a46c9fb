"""Booked times of an open matter, for its customer: book another, see, move, cancel, take to her own calendar."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ical import calendar_of
from luukku.core.ui.forms import actor_of
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_appointment
from luukku.desk.actions.appointments.booking import book_for_case
from luukku.desk.actions.appointments.changing import TooLate, cancel, move, several_of
from luukku.desk.actions.appointments.plan import TimeTaken
from luukku.desk.enums import AppointmentState
from luukku.desk.models import Appointment, Case
from luukku.desk.queries.free import Slot, bookable, suiting
from luukku.desk.queries.meetings import event_of, place_text
from luukku.desk.queries.picking import days_of, free_for
from luukku.desk.queries.reaching import Reach, contact_of, language_of, reach_by
from luukku.desk.web.door.booking import day_of, slot_of
from luukku.desk.web.door.place import Place, Response, on_case


@require_safe
@on_case
def pick(request: HttpRequest, place: Place) -> Response:
    """Free times of the desks that work on her matter."""
    if place.page.ended:
        return redirect(place.url())
    return _pick(request, place, place.url("book"))


@require_http_methods(["GET", "POST"])
@on_case
def book(request: HttpRequest, place: Place) -> Response:
    """One more look, then it is hers."""
    slot = _slot(request, place)
    if slot is None or place.page.ended:
        return redirect(place.url("times"))
    if request.method != "POST":
        return _confirm(request, place, slot, place.url("times"))
    try:
        made = book_for_case(by=actor_of(request), case=place.page.case, times=slot.times, starts_at=slot.starts_at)
    except TimeTaken as taken:
        return _gone(request, place, slot, taken, place.url("book"))
    except RuleBroken as broken:
        messages.error(request, broken.message)
        return redirect(place.url("times"))
    messages.success(request, _("The time is booked: %(moment)s.") % {"moment": moment_text(made.starts_at)})
    return redirect(place.url("time", pk=made.pk))


@require_safe
@on_case
def show(request: HttpRequest, place: Place, pk: int) -> Response:
    return render(request, "desk/door/time.html", _of(place, _mine(request, place, pk)))


@require_http_methods(["GET", "POST"])
@on_case
def shift(request: HttpRequest, place: Place, pk: int) -> Response:
    """To another time: first the free ones, then one more look."""
    mine = _mine(request, place, pk)
    here, slot = place.url("move", pk=pk), _slot(request, place, mine)
    if not _can_change(mine):
        return render(request, "desk/door/time.html", _of(place, mine), status=409)
    if slot is None:
        return _pick(request, place, here, mine)
    if request.method != "POST":
        return _confirm(request, place, slot, here, mine)
    return _shifted(request, place, mine, slot)


def _shifted(request: HttpRequest, place: Place, mine: Appointment, slot: Slot) -> Response:
    here, done = place.url("move", pk=mine.pk), place.url("time", pk=mine.pk)
    try:
        move(by=actor_of(request), appointment=mine, times=slot.times, starts_at=slot.starts_at)
    except TimeTaken as taken:
        return _gone(request, place, slot, taken, here, mine)
    except RuleBroken as broken:
        if not isinstance(broken, TooLate):
            messages.error(request, broken.message)
        return redirect(done)
    messages.success(request, _("The time is moved: %(moment)s.") % {"moment": moment_text(slot.starts_at)})
    return redirect(done)


@require_http_methods(["GET", "POST"])
@on_case
def take_off(request: HttpRequest, place: Place, pk: int) -> Response:
    """Asked once before it is done."""
    mine = _mine(request, place, pk)
    if request.method != "POST" or not _can_change(mine):
        return render(request, "desk/door/time_cancel.html" if _can_change(mine) else "desk/door/time.html", _of(place, mine))
    try:
        cancel(by=actor_of(request), appointment=mine)
        messages.success(request, _("The time is cancelled. Your matter stays open."))
    except RuleBroken as broken:
        messages.error(request, broken.message)
    return redirect(place.url("time", pk=pk))


@require_safe
@on_case
def calendar(request: HttpRequest, place: Place, pk: int) -> Response:
    """The time as a file for her own calendar."""
    mine = _mine(request, place, pk)
    url = request.build_absolute_uri(place.url())
    _method, text = calendar_of(event_of(mine, language=language_of(place.page.case), url=url), method="PUBLISH")
    headers = {"Content-Disposition": f'attachment; filename="aika-{timezone.localdate(mine.starts_at).isoformat()}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _pick(request: HttpRequest, place: Place, to: str, moving: Appointment | None = None) -> Response:
    desks = {leg.desk_id for leg in place.page.legs if leg.settled_at is None}
    offered = bookable(place.page.case.region).filter(desk_id__in=desks)
    several = several_of(moving) if moving else []
    free = free_for(suiting(place.page.case.region, several) if several else offered, but_not=moving.pk if moving else None, also=several)
    page = days_of(free, day_of(request))
    names = _(" and ").join(person.name for person in several)
    context = {"place": place, "case": place.page.case, "page": page, "to": to, "moving": moving, "from": day_of(request), "several": names}
    return render(request, "desk/door/time_pick.html", context)


def _slot(request: HttpRequest, place: Place, moving: Appointment | None = None) -> Slot | None:
    found = slot_of(request.POST.get("slot") or request.GET.get("aika", ""), place.page.case.region)
    return replace(found, also=tuple(several_of(moving))) if found is not None and moving is not None else found


def _confirm(request: HttpRequest, place: Place, slot: Slot, back: str, moving: Appointment | None = None) -> Response:
    return render(request, "desk/door/time_confirm.html", {"place": place, "case": place.page.case, "slot": slot, "back": back, "moving": moving})


def _gone(request: HttpRequest, place: Place, slot: Slot, taken: TimeTaken, to: str, moving: Appointment | None = None) -> Response:
    slots = [each for each in taken.nearest if moving is None or each.starts_at != moving.starts_at]  # her own is no other time
    context = {"place": place, "case": place.page.case, "slot": slot, "slots": slots, "to": to, "moving": moving}
    context["back"] = to if moving else place.url("times")  # to the free times for moving, lest a second one is booked
    return render(request, "desk/door/time_taken.html", context, status=422)


def _mine(request: HttpRequest, place: Place, pk: int) -> Appointment:
    found = get_appointment(actor_of(request), pk)
    if found.case_id != place.page.case.pk:
        raise NotFound
    return found


def _can_change(mine: Appointment) -> bool:
    return mine.state == AppointmentState.BOOKED and timezone.now() <= min(mine.change_until, mine.starts_at)


def _of(place: Place, mine: Appointment) -> dict[str, object]:
    now = timezone.now()
    return {
        "place": place, "case": place.page.case, "mine": mine, "where": place_text(mine), "can_change": _can_change(mine),
        "is_coming": mine.state == AppointmentState.BOOKED and mine.ends_at > now, "url": place.url("time", pk=mine.pk),
        "invited": "" if place.page.by_guest else _invited(place.page.case),
        "can_rebook": mine.state in (AppointmentState.CANCELLED, AppointmentState.NO_SHOW) and not place.page.ended,
    }  # fmt: skip


def _invited(case: Case) -> str:
    """How she has heard of the time, or why she has not."""
    contact = contact_of(case)
    reached = reach_by(contact)
    if reached == Reach.MAIL and contact is not None:
        return _("We have sent an invitation to %(email)s.") % {"email": contact.email}
    if reached == Reach.TEXT:
        return _("We have sent you a text message. Take the time to your own calendar here.")
    if contact is not None and contact.email:
        return _("You wish to be called, so no invitation is sent by e-mail: take the time to your own calendar here.")
    return _("You gave no e-mail address, so no invitation is sent: keep the link below.")
