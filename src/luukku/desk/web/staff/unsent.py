"""The mails that have not got there, why, and what to do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.mail import mail_kinds
from luukku.core.models import MailState
from luukku.core.ui.forms import actor_of, staff_only
from luukku.desk.access import can_edit_mailboxes
from luukku.desk.actions.unsent import send_now
from luukku.desk.queries.bounce_words import bounce_words
from luukku.desk.queries.unsent import Unsent, unsent
from luukku.desk.web.staff.frame import handles_cases
from luukku.network.access import require

_TO: dict[str, Promise] = {
    "customer": gettext_lazy("To the customer"), "outside": gettext_lazy("To an organisation outside"), "us": gettext_lazy("To others"),
}  # fmt: skip
_SERVER = ("Connection", "SMTPServerDisconnected", "SMTPConnectError", "Timeout", "timeout", "gaierror", "OSError", "URLError", "HTTPError")


def sees_unsent(actor: Actor) -> bool:
    """Who handles cases, of these; who keeps the installation, of all."""
    return handles_cases(actor) or can_edit_mailboxes(actor)


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sees_unsent(actor))
    rows = [(each, _kind(each), str(_TO[each.to]), _why(each), _what_to_do(each)) for each in unsent(actor)]
    return render(request, "desk/staff/unsent.html", {"rows": rows, "all": can_edit_mailboxes(actor)})


@require_POST
@staff_only
def again(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(sees_unsent(actor))
    if send_now(by=actor, mail_id=pk):
        messages.success(request, _("It is being sent again. If it does not get there, it comes back to this list."))
    else:
        messages.info(request, _("It has left already."))
    return redirect("desk:unsent")


def _kind(mail: Unsent) -> str:
    """As its module calls it; a kind that there is no more has only its code."""
    known = dict(mail_kinds.items()).get(mail.kind)
    return str(known.label) if known is not None else mail.kind


def _why(mail: Unsent) -> str:
    if mail.state == MailState.BOUNCED:
        return bounce_words(mail.error)
    if mail.error.startswith("SMTPAuthenticationError"):
        return _("our mail server does not take our user name and password")
    if mail.error.startswith("SMTPRecipientsRefused"):
        return _("the address was refused")
    return _("our mail server does not answer") if mail.error.startswith(_SERVER) else _("it could not be made or sent")


def _what_to_do(mail: Unsent) -> str:
    if mail.state == MailState.QUEUED:
        return _("Nothing yet: it is tried again by itself. If you are in a hurry, call.")
    if mail.to == "us":
        return _("Check the receiver's address, or tell the customer otherwise, and send it again.")
    if mail.handover:
        return _("Correct the address on the handover's page, or call.")
    return _("Call, or correct the address on the matter's page, and send it again.")
