"""Acts on one leg, each a page of its own that works without a script: nothing typed is lost when a rule says no."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.ui.forms import actor_of, attempt, do_now
from luukku.core.ui.private import private
from luukku.core.ui.templatetags.luukku import phone_href
from luukku.desk.access import get_case
from luukku.desk.actions import handling, waiting
from luukku.desk.actions.links import renew_link, show_link
from luukku.desk.mails import status_url
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.reaching import language_of
from luukku.desk.web.staff.act_forms import AssignForm, PlainForm, StepForm, WaitForm
from luukku.desk.web.staff.frame import act_page, back_to, desk_only, done, heard, leg_to_handle
from luukku.network.enums import Right


@require_POST
@desk_only
def take(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    words = heard(leg.case, _("You handle this matter now."))
    return do_now(request, lambda: handling.take_up(by=actor, leg=leg), done=words, to=back_to(request, number))


@require_POST
@desk_only
def resume(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    return do_now(request, lambda: waiting.resume(by=actor, leg=leg), done=_("Work goes on, and so does the clock."), to=back_to(request, number))


@desk_only
def assign(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = AssignForm(request.POST or None, leg=leg)
    if attempt(form, lambda: handling.assign(by=actor, leg=leg, person=form.cleaned_data["person"])):
        return done(request, number, _("%(name)s handles it now.") % {"name": form.cleaned_data["person"].name})
    return act_page(request, leg, form, title=_("Give to a colleague"), button=_("Give"))


@desk_only
def release(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: handling.release(by=actor, leg=leg)):
        return done(request, number, _("The matter is back in the desk's queue."))
    intro = _("Somebody must take it up anew within the promise. The customer sees that it waits for a handler.")
    return act_page(request, leg, form, title=_("Give back to the desk"), button=_("Give back"), intro=intro)


@desk_only
def step(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = StepForm(request.POST or None, leg=leg)
    if attempt(form, lambda: handling.set_next_step(by=actor, leg=leg, text=form.cleaned_data["next_step"], when=form.when)):
        return done(request, number, _("The next step is set."))
    return act_page(request, leg, form, title=_("Next step"), button=_("Save the step"), template="desk/staff/act_step.html")


@desk_only
def wait(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = WaitForm(request.POST or None)
    if attempt(form, lambda: waiting.wait(by=actor, leg=leg, **form.cleaned_data)):
        return done(request, number, heard(leg.case, _("It waits.")))
    return act_page(request, leg, form, title=_("Put to wait"), button=_("Put to wait"))


@require_POST
@desk_only
def link(request: HttpRequest, number: str) -> HttpResponse:
    """The customer's own link, for one who has no e-mail: to print, to read out, or to send as a text message. It is shown once, and written down."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    found = show_link(by=actor, case=case)
    contact, address = case.customer.contact if case.customer else None, status_url(found)
    context = {"case": case, "address": address, "contact": contact, "back": case_url(number)}
    if contact is not None and contact.phone:
        with translation.override(language_of(case)):
            words = _("Your matter %(number)s: %(address)s") % {"number": case.number, "address": address}
        context["sms"] = f"{phone_href(contact.phone).replace('tel:', 'sms:')}?body={quote(words)}"
    return private(render(request, "desk/staff/link.html", context))


@require_POST
@desk_only
def renew(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    words = _("A new link has been mailed to the customer. The old one opens nothing any more.")
    return do_now(request, lambda: renew_link(by=actor, case=case), done=words, to=back_to(request, number))
