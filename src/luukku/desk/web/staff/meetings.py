"""Acts on one booked time by staff: book for a customer, move, cancel, held, did not come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.errors import RuleBroken
from luukku.core.ui.forms import actor_of, attempt, do_now
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_appointment, get_case, own_leg
from luukku.desk.actions.appointments.booking import agree, book_for_case
from luukku.desk.actions.appointments.changing import cancel, move, move_freely, several_of
from luukku.desk.actions.appointments.marking import did_not_come, met
from luukku.desk.actions.appointments.plan import TimeTaken
from luukku.desk.models import Appointment, Case, Leg
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.free import Slot, bookable, suiting
from luukku.desk.queries.meetings import is_of_three
from luukku.desk.queries.picking import days_of, free_for
from luukku.desk.web.door.booking import day_of, slot_of
from luukku.desk.web.staff.frame import act_page, desk_only, done, heard
from luukku.desk.web.staff.meeting_forms import AgreeForm, CancelForm, MetForm, initial_of
from luukku.network.enums import Right


@desk_only
def book(request: HttpRequest, number: str) -> HttpResponse:
    """For the customer: a published time of any desk here, or one that was agreed."""
    case = get_case(actor_of(request), number, need=Right.HANDLE_CASES)
    return _choose(request, case, None)


@desk_only
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    return _choose(request, get_case(actor_of(request), mine.case.number, need=Right.HANDLE_CASES), mine)


def _choose(request: HttpRequest, case: Case, moving: Appointment | None) -> HttpResponse:
    actor = actor_of(request)
    leg = own_leg(actor, case)
    slot = slot_of(request.POST.get("slot", ""), case.region)
    form = AgreeForm(
        request.POST if request.method == "POST" and slot is None else None, organisation_ids={leg.desk.organisation_id}, me=actor.person_id,
        contact=case.customer.contact if case.customer else None,
        initial=initial_of(moving) if moving else {},
    )  # fmt: skip
    if slot is not None:
        try:
            _take(request, case, moving, slot)
        except TimeTaken:
            messages.error(request, _("This time has just been taken. Choose another one."))
            return redirect(request.get_full_path())
        except RuleBroken as broken:
            messages.error(request, broken.message)
            return redirect(request.get_full_path())
        return done(request, case.number, _("The time is booked: %(moment)s.") % {"moment": moment_text(slot.starts_at)})
    if attempt(form, lambda: _agree(request, case, moving, form, leg)):
        return done(request, case.number, _("The time is booked. The customer gets an invitation, if we have their e-mail address."))
    offered = bookable(case.region).filter(desk__organisation=leg.desk.organisation)
    several = several_of(moving) if moving else []
    free = free_for(suiting(case.region, several) if several else offered, but_not=moving.pk if moving else None, also=several)
    page = days_of(free, day_of(request))
    context = {"case": case, "form": form, "page": page, "moving": moving, "back": case_url(case.number), "from": day_of(request)}
    return render(request, "desk/staff/meeting_book.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, case: Case, moving: Appointment | None, slot: Slot) -> Appointment:
    actor = actor_of(request)
    if moving is None:
        return book_for_case(by=actor, case=case, times=slot.times, starts_at=slot.starts_at)
    return move(by=actor, appointment=moving, times=slot.times, starts_at=slot.starts_at)


def _agree(request: HttpRequest, case: Case, moving: Appointment | None, form: AgreeForm, leg: Leg) -> Appointment:
    actor, plan = actor_of(request), form.plan(leg.desk)
    return agree(by=actor, case=case, plan=plan) if moving is None else move_freely(by=actor, appointment=moving, plan=plan)


@desk_only
def held(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mine = actor_of(request), _mine(request, pk)
    form = MetForm(request.POST or None, of_three=is_of_three(mine))
    if attempt(form, lambda: met(by=actor, appointment=mine, **form.cleaned_data)):
        return done(request, mine.case.number, _("Marked as held. Set the next step."))
    return act_page(request, own_leg(actor, mine.case), form, title=_("We met"), button=_("Mark as held"))


@require_POST
@desk_only
def missed(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mine = actor_of(request), _mine(request, pk)
    words = _("Marked: the customer did not come. Set the next step.")
    return do_now(request, lambda: did_not_come(by=actor, appointment=mine), done=words, to=case_url(mine.case.number))


@desk_only
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mine = actor_of(request), _mine(request, pk)
    form = CancelForm(request.POST or None)
    if attempt(form, lambda: cancel(by=actor, appointment=mine, wish=form.cleaned_data["wish"])):
        return done(request, mine.case.number, heard(mine.case, _("The time is cancelled.")))
    title = _("Cancel %(moment)s") % {"moment": moment_text(mine.starts_at)}
    return act_page(request, own_leg(actor, mine.case), form, title=title, button=_("Cancel the time"))


def _mine(request: HttpRequest, pk: int) -> Appointment:
    """The time, with its case, for those who handle it. Raises NotFound, NotAllowed."""
    found = get_appointment(actor_of(request), pk)
    get_case(actor_of(request), found.case.number, need=Right.HANDLE_CASES)
    return found
