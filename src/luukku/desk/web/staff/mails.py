"""Mails that came: the original, those set aside, and mails of ours that are sent again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core import files as file_store
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.ui.forms import actor_of, do_now, staff_only
from luukku.desk.access import can_handle, can_log, can_route, get_case
from luukku.desk.actions.mail_bounces import send_mails_again
from luukku.desk.actions.mail_by_hand import make_case_of
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.case_page import case_page
from luukku.desk.queries.mailed import get_mail, set_aside, set_aside_line
from luukku.desk.web.mail_phrases import fate_words
from luukku.desk.web.staff.frame import desk_only
from luukku.network.enums import Right

_ROWS = 20


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """Mails that made no matter, for those who log contacts at a desk or at the nation's door."""
    actor = actor_of(request)
    if not can_log(actor) and not can_route(actor):
        raise NotAllowed
    page = Paginator(set_aside(actor), _ROWS).get_page(request.GET.get("page"))
    rows = [(set_aside_line(mail), fate_words(mail.fate)) for mail in page.object_list]
    return render(request, "desk/staff/set_aside.html", {"page": page, "rows": rows})


@require_POST
@desk_only
def make_case(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        with transaction.atomic():
            case = make_case_of(by=actor_of(request), mail_id=pk)
    except RuleBroken as broken:
        messages.error(request, broken.message)
        return redirect(reverse("desk:set_aside"))
    messages.success(request, _("The mail is a matter now, and its sender has been told."))
    return redirect(case_url(case.number))


@require_safe
@staff_only
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The whole mail as it came, always as a download."""
    actor = actor_of(request)
    mail = get_mail(actor, pk)
    if not (can_handle(actor, mail.case) if mail.case is not None else can_log(actor) or can_route(actor)):
        raise NotAllowed
    if mail.case is not None and case_page(actor, mail.case.number).words_hidden:
        raise NotAllowed
    if mail.original is None:
        raise NotFound
    name = f"{mail.case.number if mail.case is not None else 'mail'}-{mail.pk}.eml"
    return FileResponse(file_store.path_of(mail.original).open("rb"), as_attachment=True, filename=name, content_type="message/rfc822")


@require_POST
@desk_only
def again(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    words = _("The mail is sent again, to the address that is on the matter now.")
    return do_now(request, lambda: send_mails_again(by=actor, case=case), done=words, to=case_url(number))
