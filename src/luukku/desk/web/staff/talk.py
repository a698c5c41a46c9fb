"""Writing on a case."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.actor import Actor
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.access import get_case
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.models import Case
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


def _say(actor: Actor, case: Case, form: TalkForm, key: str | None) -> int:
    given = form.cleaned_data
    if given["to"] == CALL:
        return log_call(by=actor, case=case, body=given["body"], advised=given["advised"], submit_key=key).pk
    act = add_note if given["to"] == NOTE else write
    return act(by=actor, case=case, body=given["body"], files=given["files"], submit_key=key).pk
