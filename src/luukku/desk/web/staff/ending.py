"""How a case ends on our side, how it comes back, and which service it is about."""

from collections.abc import Collection

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_case, own_leg
from luukku.desk.actions import ending
from luukku.desk.actions.marks import feedback_spoken
from luukku.desk.actions.outcomes import name_business
from luukku.desk.actions.services import choose_service
from luukku.desk.models import Case, Leg
from luukku.desk.queries.after import open_beside, outcomes_of
from luukku.desk.queries.asked import may_be_asked
from luukku.desk.queries.meetings import coming_of
from luukku.desk.queries.reaching import Reach, reach_of
from luukku.desk.queries.unanswered import unanswered
from luukku.desk.web.staff.act_forms import BusinessForm, GuideForm, ReopenForm, ServiceForm, ToldForm
from luukku.desk.web.staff.frame import act_page, desk_only, done, heard, leg_to_handle
from luukku.desk.web.staff.settle_form import SettleForm
from luukku.desk.web.staff.spoken import script
from luukku.network.enums import Right
from luukku.network.models import Desk


def _by_call(leg: Leg) -> bool:
    return reach_of(leg.case) == Reach.CALL


def _heard(leg: Leg, form: ToldForm, words: str) -> str:
    return words if form.told else heard(leg.case, words)


@desk_only
def settle(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    others = [each for each in outcomes_of(leg.case_id) if each.leg_id != leg.pk]
    by_call = _by_call(leg)
    goes_on = open_beside(leg)
    off = times_off(leg, goes_on)
    asks = by_call and not goes_on
    form = SettleForm(request.POST or None, by_call=by_call, asks=asks, others=others, unanswered=unanswered(leg))
    if attempt(form, lambda: _settle(actor, leg, form)):
        return done(request, number, _heard(leg, form, _("Your part is settled; other parts go on.") if goes_on else _("Settled.")))
    title, intro = _("Settle the matter"), off
    if goes_on:
        title, intro = (
            _("Settle your part"),
            " ".join(
                filter(None, (_("Other parts of the matter go on. The customer gets your words now; the matter is settled with its last part."), off))
            ),
        )
    if asks:
        form.fields["face"].help_text = script(may=may_be_asked(leg.case))
    return act_page(request, leg, form, title=title, button=_("Settle"), intro=intro, template="desk/staff/act_settle.html")


def _settle(actor: Actor, leg: Leg, form: SettleForm) -> Case:
    """The ending, and how it went as she said on the same call: both or neither."""
    with transaction.atomic():
        case = ending.settle(by=actor, case=leg.case, leg=leg, outcomes=form.chosen(), words=form.said, told=form.told)
        if form.face_said is not None:
            feedback_spoken(by=actor, case=case, face=form.face_said, comment=form.cleaned_data["comment"])
        return case


@desk_only
def not_for_us(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = GuideForm(request.POST or None, by_call=_by_call(leg), unanswered=unanswered(leg))
    if attempt(form, lambda: ending.not_for_us(by=actor, case=leg.case, leg=leg, guidance=form.said, told=form.told)):
        return done(request, number, _heard(leg, form, _("The guidance is on the customer’s page.")))
    intro = times_off(leg, open_beside(leg))
    return act_page(request, leg, form, title=_("Not for us"), button=_("Guide on and end"), intro=intro)


def times_off(leg: Leg, goes_on: Collection[Desk]) -> str:
    """What becomes of booked times when this part ends and these desks go on; nothing when none is to come, or all of them stay."""
    coming = list(coming_of(leg.case_id, goes_on))
    if not coming:
        return ""
    words = ngettext(
        "A booked time is taken off at the same time, and all who would have come are told: %(times)s.",
        "Booked times are taken off at the same time, and all who would have come are told: %(times)s.", len(coming),
    )  # fmt: skip
    return words % {"times": ", ".join(moment_text(each.starts_at) for each in coming)}


@desk_only
def reopen(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: ending.reopen(by=actor, case=leg.case, words=form.cleaned_data["words"])):
        return done(request, number, heard(leg.case, _("The matter is open again.")))
    return act_page(request, leg, form, title=_("Open again"), button=_("Open again"))


@desk_only
def service(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A proposal accepted by its button on the case page, or another service chosen here."""
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = ServiceForm(request.POST or None, leg=leg)
    if attempt(form, lambda: choose_service(by=actor, leg=leg, service=form.cleaned_data["service"])):
        return done(request, number, _("The service is set."))
    return act_page(request, leg, form, title=_("Choose the service"), button=_("Set the service"), template="desk/staff/act_service.html")


@desk_only
def name(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The business ID of a business that was started, when it is known."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    outcome = next((each for each in outcomes_of(case.pk) if each.pk == pk), None)
    if outcome is None:
        raise NotFound
    form = BusinessForm(request.POST or None)
    if attempt(form, lambda: name_business(by=actor, outcome=outcome, business_id=form.cleaned_data["business_id"])):
        return done(request, number, _("The business ID is written down."))
    return act_page(request, own_leg(actor, case), form, title=_("Business ID of the new business"), button=_("Save"))
