"""The passer's pages: to whom, what and why; and what she does while it lies with the receiver."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved
from luukku.customers.enums import ConsentWay
from luukku.customers.models import Contact
from luukku.desk.access import can_pass, get_handover
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handover import passing
from luukku.desk.actions.handover.outside import send_link_again
from luukku.desk.actions.handover.sending import hand_over
from luukku.desk.models import Handover, Leg
from luukku.desk.queries.needed import misfit_of
from luukku.desk.queries.package import CONSENT_TEXTS, CONSENT_VERSIONS, package_of
from luukku.desk.queries.receivers import Receiver, Receivers, how_busy, receivers_for
from luukku.desk.web.package import ticks_of
from luukku.desk.web.rule_words import rules_lead
from luukku.desk.web.staff.frame import desk_only, leg_to_handle
from luukku.desk.web.staff.handover.forms import AddressForm, AnswerForm, PassForm
from luukku.desk.web.staff.handover.phrases import busy_text, page_url
from luukku.desk.web.staff.meeting_forms import AgreeForm, initial_of
from luukku.network.access import get_desk
from luukku.network.models import Desk

OUTSIDE = "ulos"


@require_safe
@desk_only
def choose(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """To whom: those who give what the matter needs first, each with how busy it is."""
    leg = leg_to_handle(request, number, pk)
    found = receivers_for(leg)
    context = {
        "leg": leg, "case": leg.case, "proposed": [_row(each, _why(each, found)) for each in found.proposed],
        "others": [_row(each) for each in found.others],
        "elsewhere": found.elsewhere, "outside": OUTSIDE,
    }  # fmt: skip
    return render(request, "desk/staff/handover/choose.html", context)


def _row(receiver: Receiver, why: str = "") -> dict[str, object]:
    return {"receiver": receiver, "busy": busy_text(receiver.busy), "why": why, "query": _chosen(receiver)}


def _why(receiver: Receiver, found: Receivers) -> str:
    return rules_lead(found.ruled.why) if found.ruled is not None and found.ruled.desk_id == receiver.desk.pk else receiver.why


def _chosen(receiver: Receiver) -> str:
    """What the next page begins with: the service and the person."""
    keys = {"palvelu": receiver.service and receiver.service.pk, "henkilo": receiver.person and receiver.person.pk}
    return urlencode({name: key for name, key in keys.items() if key})


@desk_only
def compose(request: HttpRequest, number: str, pk: int, to: str) -> HttpResponse:
    """Everything of the handover on one page: exactly what is passed and to whom, why, and the customer's word."""
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    desk = _desk(request, to)
    if request.htmx and desk is not None:  # type: ignore[attr-defined]
        return render(request, "desk/staff/handover/compose.html#busy", {"busy": _busy(desk, request.GET.get("service"))})
    drafts = package_of(leg)
    service, person = key_of(request.GET.get("palvelu")), key_of(request.GET.get("henkilo"))
    form = PassForm(request.POST or None, leg=leg, desk=desk, drafts=drafts, service=service, person=person)
    made = attempt(form, lambda: hand_over(by=actor, leg=leg, passing=form.passing(), submit_key=request.POST.get("submit_key")))
    if made is not None:
        return saved(request, _told(made), page_url(made.pk))
    return _page(request, leg, desk, form, ticks_of(drafts, form.chosen_keys))


def _page(request: HttpRequest, leg: Leg, desk: Desk | None, form: PassForm, ticks: object) -> HttpResponse:
    with translation.override(leg.case.language):
        spoken, written = (str(CONSENT_TEXTS[CONSENT_VERSIONS[way]]) for way in (ConsentWay.PHONE, ConsentWay.WRITTEN))
    context = {
        "leg": leg, "case": leg.case, "desk": desk, "form": form, "ticks": ticks, "spoken": spoken, "written": written,
        "busy": _busy(desk, form["service"].value()) if desk else "", "misfit": misfit_of(leg.case, leg, timezone.now()),
    }  # fmt: skip
    return render(request, "desk/staff/handover/compose.html", context, status=422 if form.errors else 200)


def _busy(desk: Desk, service: object) -> str:
    """How many wait there and how long such a service takes; asked anew when another service is chosen on the page."""
    return busy_text(how_busy([desk.pk], key_of(str(service or "")))[desk.pk])


def _desk(request: HttpRequest, to: str) -> Desk | None:
    if to == OUTSIDE:
        return None
    return get_desk(actor_of(request), key_of(to) or 0)


def _told(handover: Handover) -> str:
    if handover.sent_at is None:
        return _("The customer has been asked on their page. It leaves when they have agreed.")
    return _("Sent. You answer for the customer until the receiver has contacted them.")


@desk_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor, handover, back = _found(request, pk)
    form = AnswerForm(request.POST or None)
    if attempt(form, lambda: passing.answer(by=actor, handover=handover, words=form.cleaned_data["words"])):
        return saved(request, _("Your answer has been sent."), back)
    return form_page(request, form, title=_("Answer the question"), button=_("Send the answer"), back=back)


@desk_only
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting of the three is booked, or moved: nobody of us can be taken then, and all get the invitation."""
    actor, handover, back = _found(request, pk)
    sides = {handover.from_desk.organisation_id, *([handover.to_desk.organisation_id] if handover.to_desk else [])}
    form = AgreeForm(request.POST or None, organisation_ids=sides, me=None, contact=_contact(handover), initial=_first(handover))
    if attempt(form, lambda: book_three(by=actor, handover=handover, plan=form.plan(handover.from_desk))):
        return saved(request, _("The meeting of the three is booked, and everybody gets the invitation."), back)
    title, button = (_("Move the meeting of the three of you"), _("Move the meeting")) if handover.has_meeting else (
        _("A meeting of the three of you"), _("Book the time"))  # fmt: skip
    return form_page(request, form, title=title, button=button, back=back)


def _contact(handover: Handover) -> Contact | None:
    return Contact.objects.filter(customer__cases=handover.case_id).first()


def _first(handover: Handover) -> dict[str, object]:
    """What the form of the meeting begins with: who has it in hand on each side, or the meeting as it is booked."""
    booked = handover.meeting
    if booked is not None:
        return initial_of(booked)
    return {"people": [key for key in (handover.from_person_id, handover.to_person_id or handover.accepted_by_id) if key]}


@desk_only
def readdress(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of an organisation outside is sent anew, to another address if the first was wrong."""
    actor, handover, back = _found(request, pk)
    if not can_pass(actor, handover) or handover.to_desk_id is not None:
        raise NotFound
    form = AddressForm(request.POST or None, initial={"email": handover.outside_email})
    if attempt(form, lambda: send_link_again(by=actor, handover=handover, email=form.cleaned_data["email"])):
        return saved(request, _("A new link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}, back)
    return form_page(request, form, title=_("Send the link again"), button=_("Send the link"), back=back)


@require_POST
@desk_only
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor, handover, back = _found(request, pk)
    return do_now(request, lambda: passing.take_back(by=actor, handover=handover), done=_("Taken back. The matter is with you."), to=back)


@require_POST
@desk_only
def contacted(request: HttpRequest, pk: int) -> HttpResponse:
    actor, handover, back = _found(request, pk)
    words = _("Written down. Follow up with the customer, and settle your part when you know what came of it.")
    return do_now(request, lambda: passing.mark_contacted(by=actor, handover=handover), done=words, to=back)


def _found(request: HttpRequest, pk: int) -> tuple[Actor, Handover, str]:
    actor = actor_of(request)
    return actor, get_handover(actor, pk), page_url(pk)
