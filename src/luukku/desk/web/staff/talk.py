"""Writing on a case."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.actor import Actor
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.access import get_case, own_leg
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.models import Case
from luukku.desk.queries.texts import filled, get_text
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.staff.case import page_of
from luukku.desk.web.staff.frame import desk_only, done, heard
from luukku.desk.web.staff.talk_form import CALL, CUSTOMER, NOTE, TalkForm
from luukku.network.enums import Right


@require_POST
@desk_only
def say(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    if "insert" in request.POST:
        return page_of(request, number, _with_text(request, case))
    form = TalkForm(request.POST, request.FILES, case=case)
    if attempt(form, lambda: _say(actor, case, form, request.POST.get("submit_key"))) is None:
        keep_files(form)
        return page_of(request, number, form, status=422)
    told = {
        CUSTOMER: heard(case, _("The message is on the customer's page.")),
        NOTE: _("The note is kept inside."),
        CALL: _("The call is logged. The customer has heard from us."),
    }
    return done(request, case.number, told[form.cleaned_data["to"]])


def _with_text(request: HttpRequest, case: Case) -> TalkForm:
    """The form as it was typed, with the chosen ready text after its words."""
    actor, data = actor_of(request), request.POST.copy()
    leg = own_leg(actor, case)
    text = get_text(key_of(data.get("ready")) or 0, [leg.desk_id])
    if text is not None:
        data["body"] = "\n\n".join(filter(None, (data.get("body", "").strip(), filled(text, leg, actor.label))))
    form = TalkForm(data, request.FILES, case=case)
    form.is_valid()  # reads the files
    keep_files(form)
    return form


def _say(actor: Actor, case: Case, form: TalkForm, key: str | None) -> int:
    given = form.cleaned_data
    if given["to"] == CALL:
        return log_call(by=actor, case=case, body=given["body"], advised=given["advised"], submit_key=key).pk
    act = add_note if given["to"] == NOTE else write
    return act(by=actor, case=case, body=given["body"], files=given["files"], submit_key=key).pk
