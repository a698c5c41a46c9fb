"""The customer's page of her case, and its files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luukku.core.registries import shown_panels, status_panels
from luukku.core.ui.forms import actor_of
from luukku.desk.enums import ENDED_STATES
from luukku.desk.queries.free import bookable
from luukku.desk.queries.needed import misfit_of
from luukku.desk.queries.promised import Promised, contact_promises, contacted_by, first_promises, promised_by
from luukku.desk.queries.status_page import StatusPage
from luukku.desk.web.door.forms import MessageForm, ReopenForm
from luukku.desk.web.door.keeper import what_he_may
from luukku.desk.web.door.meeting_words import open_steps
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.desk.web.door.telling import handlers, next_steps, story
from luukku.desk.web.files import download
from luukku.desk.web.waited_words import waited_words


@require_safe
@on_case
def status(request: HttpRequest, place: Place) -> Response:
    return status_of(request, place, message_form(place.page))


def message_form(page: StatusPage, request: HttpRequest | None = None) -> MessageForm:
    """The form for a message, empty or as it was sent."""
    readers = [handler.person.name for handler in handlers(page)]
    return MessageForm(request.POST, request.FILES, readers=readers) if request else MessageForm(readers=readers)


def status_of(request: HttpRequest, place: Place, form: MessageForm, reopening: ReopenForm | None = None, *, status: int = 200) -> HttpResponse:
    """The whole page, with forms that may have been sent and come back."""
    page, now = place.page, timezone.now()
    promises = contact_promises(page.case)
    context = {
        "place": place, "page": page, "case": page.case, "form": form, "reopening": reopening or ReopenForm(),
        "steps": next_steps(page), "handlers": handlers(page), "story": story(page, first_promises(promises)),
        "can_book": not page.ended and bookable(page.case.region).filter(desk_id__in=[leg.desk_id for leg in page.legs]).exists(),
        "waited": [words for leg in page.legs if leg.state not in ENDED_STATES for words in waited_words(leg, now)],
        "panels": [] if page.by_guest else shown_panels(status_panels, actor_of(request), page, place.which),
        "asides": [] if page.by_guest else shown_panels(status_panels, actor_of(request), page, place.which, aside=True),
        "agreed": open_steps(page),
        "misfit": misfit_of(page.case, page.leg, now), "keeper_may": what_he_may(page),
        "silence": _silence(page, promises, now),
        "contact": getattr(page.case.customer, "contact", None),
    }  # fmt: skip
    return render(request, "desk/door/status.html", context, status=status)


def _silence(page: StatusPage, promises: Sequence[Promised], now: datetime) -> dict[str, Any]:
    """What she is told beside "nobody has contacted me": by when she was promised it, whether that has passed, and by when if she says so now."""
    promised = promised_by(first_promises(promises) if page.not_contacted else promises)
    passed = promised is not None and promised < now
    asks = not page.ended and not page.not_contacted and (promised is None or passed)
    return {"promised": promised, "passed": passed, "by": contacted_by(page.leg, page.case.region, now) if asks else None}


@require_safe
@on_case
def attachment(request: HttpRequest, place: Place, pk: int) -> Response:
    page = place.page
    return download([*page.files, *(each for said in page.messages for each in said.files)], pk)
