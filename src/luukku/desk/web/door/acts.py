"""What the customer does with her case. Each is sent by POST, changes one thing and leads back to the page."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.errors import RuleBroken
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private
from luukku.core.ui.times import moment_text
from luukku.desk.access.links import token_of
from luukku.desk.actions import customer
from luukku.desk.actions.ending import reopen as open_again
from luukku.desk.actions.links import ask_new_link, renew_link
from luukku.desk.queries.promised import contact_promises, first_promises, promised_by
from luukku.desk.queries.reaching import Reach, reach_by
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.door.forms import ReopenForm, break_rule
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.desk.web.door.status import message_form, status_of


@limited("message", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def write(request: HttpRequest, place: Place) -> Response:
    """A message, with files if she likes."""
    if request.method != "POST":
        return redirect(place.url())
    form = message_form(place.page, request)
    if form.is_valid():
        try:
            given = form.cleaned_data
            customer.customer_writes(
                by=actor_of(request), case=place.page.case, body=given["body"], files=given["files"], submit_key=request.POST.get("submit_key")
            )
            messages.success(request, _("Your message has been sent."))
            return redirect(place.url())
        except RuleBroken as broken:
            break_rule(form, broken)
    else:
        keep_files(form)
    return status_of(request, place, form, status=422)


@require_http_methods(["GET", "POST"])
@on_case
def withdraw(request: HttpRequest, place: Place) -> Response:
    """She needs it no more: asked once before it is done."""
    if place.page.ended:
        return redirect(place.url())
    if request.method != "POST":
        return render(request, "desk/door/withdraw.html", {"place": place, "case": place.page.case})
    customer.withdraw(by=actor_of(request), case=place.page.case)
    messages.success(request, _("Your matter is closed. You can open it again on this page."))
    return redirect(place.url())


@require_http_methods(["GET", "POST"])
@on_case
def reopen(request: HttpRequest, place: Place) -> Response:
    form = ReopenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return redirect(place.url())
    try:
        open_again(by=actor_of(request), case=place.page.case, words=form.cleaned_data["words"])
    except RuleBroken as broken:
        break_rule(form, broken)
        return status_of(request, place, message_form(place.page), form, status=422)
    messages.success(request, _("Your matter is open again."))
    return redirect(place.url())


@limited("nobody", limit=20, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def nobody(request: HttpRequest, place: Place) -> Response:
    """ "Nobody has contacted me": the promise starts anew, the desk's lead is told."""
    if request.method != "POST":
        return redirect(place.url())
    try:
        customer.nobody_contacted(by=actor_of(request), case=place.page.case)
    except RuleBroken as broken:
        messages.error(request, broken.message)
        return redirect(place.url())
    due_at = promised_by(first_promises(contact_promises(place.page.case)))
    by = _("You are contacted by %(moment)s at the latest.") % {"moment": moment_text(due_at)} if due_at else ""
    messages.success(request, " ".join((_("Thank you for telling. The desk lead has been told."), by)))
    return redirect(place.url())


@limited("renew", limit=10, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def renew(request: HttpRequest, place: Place) -> Response:
    """A new link. By mail, or by text message if she wants that; where we have no address, to this page: she would have no other way."""
    if request.method != "POST":
        return redirect(place.url())
    link = renew_link(by=actor_of(request), case=place.page.case)
    contact = getattr(place.page.case.customer, "contact", None)
    if contact is not None and contact.email:
        by_text = reach_by(contact) == Reach.TEXT
        return render(request, "desk/door/renewed.html", {"place": place, "case": place.page.case, "by_text": by_text})
    messages.success(request, _("This is your new link. The old one opens nothing any more."))
    return redirect("desk:status", token=token_of(link))


@limited("new-link", limit=10, seconds=3600)
@require_http_methods(["GET", "POST"])
def new_link(request: HttpRequest) -> Response:
    """A link that has run out is enough to have a new one mailed. The answer is the same whether or not it was such a link."""
    if request.method == "POST":
        ask_new_link(request.POST.get("token", "")[:100])
        return redirect("desk:new_link")
    return private(render(request, "desk/door/link_asked.html"))
