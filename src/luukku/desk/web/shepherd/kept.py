"""A shepherd's own customers: what they have under way, as they themselves see it, and what he does for them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, saved
from luukku.customers.access import keeping
from luukku.customers.enums import Mandate
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.shepherding.chasing import chase, is_late
from luukku.desk.actions.shepherding.giving import end_shepherd
from luukku.desk.enums import ENDED_STATES
from luukku.desk.queries.my_customers import KeptCase, KeptCustomer, my_customers
from luukku.desk.queries.promised import contact_promises, first_promises
from luukku.desk.queries.shepherds import WARN_DAYS
from luukku.desk.queries.standing_in import away_today
from luukku.desk.queries.status_page import StatusPage, kept_page
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.door.forms import MessageForm
from luukku.desk.web.door.telling import handlers, next_steps, story
from luukku.desk.web.files import download
from luukku.desk.web.shepherd.frame import keepers_only
from luukku.desk.web.staff.phrases import Clocks


@require_safe
@keepers_only
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    clocks = Clocks(now)
    actor = actor_of(request)
    kept = my_customers(actor)
    away = away_today({row.shepherd.person_id for row in kept} - {actor.person_id or 0})
    rows = [_customer(row, now, clocks) | {"instead_of": away.get(row.shepherd.person_id)} for row in kept]
    return render(request, "desk/shepherd/customers.html", {"rows": rows})


def _customer(row: KeptCustomer, now: datetime, clocks: Clocks) -> dict[str, Any]:
    contract = row.shepherd.contract
    left = (contract.last - timezone.localdate(now)).days if contract else None
    return {
        "row": row, "mandates": [each.get_kind_display() for each in row.shepherd.mandates.all() if each.ended_at is None],
        "cases": [_case(row, each, now, clocks) for each in row.open], "hours": row.minutes / 60,
        "ends": contract.last if contract and left is not None and left <= WARN_DAYS else None,
    }  # fmt: skip


def _case(row: KeptCustomer, each: KeptCase, now: datetime, clocks: Clocks) -> dict[str, Any]:
    late = is_late(each.leg, now)
    return {
        "case": each.case, "leg": each.leg, "clock": clocks.clock(each.leg), "under": clocks.under(each.leg), "late": late,
        "chased": each.chased, "can_chase": late and not each.chased and row.shepherd.may(Mandate.CHASE),
    }  # fmt: skip


@require_safe
@keepers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    page = kept_page(actor_of(request), number)
    return _page(request, page, _form(page))


def _form(page: StatusPage, request: HttpRequest | None = None) -> MessageForm:
    readers = [handler.person.name for handler in handlers(page)]
    return MessageForm(request.POST, request.FILES, readers=readers) if request else MessageForm(readers=readers)


def _page(request: HttpRequest, page: StatusPage, form: MessageForm, *, status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    mine = page.case
    context = {
        "page": page, "case": mine, "form": form, "steps": next_steps(page), "handlers": handlers(page),
        # What was passed in a handover is between her, the passer and the receiver.
        "story": [replace(entry, handover=None) for entry in story(page, first_promises(contact_promises(mine)))],
        "place": {"urls": {"status": reverse("desk:kept_case", args=[mine.number])}},
        "can_write": not page.ended and _may(actor, page, Mandate.ACT),
        "late": any(is_late(leg, now) for leg in page.legs if leg.state not in ENDED_STATES), "can_chase": _may(actor, page, Mandate.CHASE),
        "chased": mine.chases.filter(day=timezone.localdate(now)).exists(),
        "contact": mine.customer.contact if mine.customer else None,
        "kept": keeping(actor, mine.customer_id, mine.business_id, Mandate.SEE),
    }  # fmt: skip
    return render(request, "desk/shepherd/case.html", context, status=status)


def _may(actor: Actor, page: StatusPage, what: str) -> bool:
    return keeping(actor, page.case.customer_id, page.case.business_id, what) is not None


@require_POST
@keepers_only
def write(request: HttpRequest, number: str) -> HttpResponse:
    """A message on the customer's behalf."""
    actor, page = actor_of(request), kept_page(actor_of(request), number)
    form = _form(page, request)
    given = form.cleaned_data if form.is_valid() else {}
    key = request.POST.get("submit_key")
    sent = attempt(form, lambda: customer_writes(by=actor, case=page.case, body=given["body"], files=given["files"], submit_key=key))
    if sent is None:
        keep_files(form)
        return _page(request, page, form, status=422)
    return saved(request, _("The message has been sent in the customer’s name, with yours beside it."), _address(number))


@require_POST
@keepers_only
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """How does this late matter stand? The handler and the desk lead hear of it."""
    page = kept_page(actor_of(request), number)
    back = reverse("desk:my_customers") if request.POST.get("next") == "list" else _address(number)
    words = _("The handler and the desk lead have been told that you wait for an answer on the customer’s behalf.")
    return do_now(request, lambda: chase(by=actor_of(request), case=page.case), done=words, to=back)


@keepers_only
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """He keeps this customer no more; she is told."""
    actor, page = actor_of(request), kept_page(actor_of(request), number)
    kept = keeping(actor, page.case.customer_id, page.case.business_id, Mandate.SEE)
    if kept is None:
        raise NotAllowed
    return confirm_page(
        request, lambda: end_shepherd(by=actor, case=page.case, shepherd=kept),
        title=_("Keep this customer no more?"),
        text=_("You see the customer's matters no more, at once. The customer is told, and those who handle the matters see it."),
        button=_("End it"), back=_address(number), done=_("You keep this customer no more."), after=reverse("desk:my_customers"),
    )  # fmt: skip


@require_safe
@keepers_only
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    page = kept_page(actor_of(request), number)
    return download([*page.files, *(each for said in page.messages for each in said.files)], pk)


def _address(number: str) -> str:
    return reverse("desk:kept_case", args=[number])
