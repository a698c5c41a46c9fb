"""The page of one case for those who handle it, and its files."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luukku.core.registries import case_panels, shown_panels
from luukku.core.ui.forms import actor_of
from luukku.customers.actions.looking import looked
from luukku.desk.enums import ENDED_STATES, CaseState, Channel
from luukku.desk.models import Case, Leg
from luukku.desk.queries.bounce_words import bounce_words
from luukku.desk.queries.case_meetings.front import meeting_of_case
from luukku.desk.queries.case_page import CasePage, case_page
from luukku.desk.queries.e_services import helps_of
from luukku.desk.queries.joined import joinings_of, kept_words
from luukku.desk.queries.needed import misfit_of
from luukku.desk.queries.package import sees_her_page
from luukku.desk.queries.reaching import Reach, reach_by
from luukku.desk.queries.texts import texts_for
from luukku.desk.web.files import download
from luukku.desk.web.staff.call_phrases import news_words
from luukku.desk.web.staff.case_parts import LegLine, kind_of, leg_lines, outcome_lines, talk_of
from luukku.desk.web.staff.frame import desk_only
from luukku.desk.web.staff.handover.on_case import bands
from luukku.desk.web.staff.joining import same_lines
from luukku.desk.web.staff.mail_lines import case_mails
from luukku.desk.web.staff.phrases import CHANNELS, STATE_COLOURS
from luukku.desk.web.staff.story import story
from luukku.desk.web.staff.talk_form import TalkForm


@require_safe
@desk_only
def show(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, number)


def page_of(request: HttpRequest, number: str, form: TalkForm | None = None, *, status: int = 200) -> HttpResponse:
    """The whole page, with the message that came back if one did."""
    actor, now = actor_of(request), timezone.now()
    page = case_page(actor, number)
    if page.case.joined_into_id is not None:
        return _joined(request, page)
    case, legs = page.case, leg_lines(page, actor, now)
    looked(by=actor, customer_id=case.customer_id, matter=case.pk)
    told, mails, on_way = story(page), case_mails(actor, page), bands(page)
    mine = next((line for line in legs if line.part.can_handle and line.is_open), next((line for line in legs if line.part.can_handle), None))
    shown = request.GET.get("talk") if request.GET.get("talk") in ("messages", "inside") else "all"
    context = {
        "page": page, "case": case, "legs": legs, "mine": mine, "form": form or TalkForm(case=case), "now": now,
        "texts": _texts(case, [line.part.leg for line in legs if line.part.can_handle]),
        "organisations": len({line.part.leg.desk.organisation_id for line in legs}),
        "contact": case.customer.contact if case.customer else None, "ended": case.state in ENDED_STATES, "shown": shown,
        "talk": talk_of(page, str(shown), mails), "told": told, "loud": [each for each in told if not each.quiet], "channel": CHANNELS[case.channel],
        "state_colour": STATE_COLOURS[CaseState(case.state)], "outcomes": outcome_lines(page),
        "bands": on_way, "passes": any(each.passes_to for each in on_way), "panels": shown_panels(case_panels, actor, page),
        "asides": shown_panels(case_panels, actor, page, aside=True),
        "mails": mails, "unreached": bounce_words(page.mail_failed) if page.mail_failed else "",
        "earlier": page.other_cases, "misfit": misfit_of(case, (mine or legs[0]).part.leg, now), "feedback": page.feedback, "kind": kind_of(case),
        "listed": meeting_of_case(actor, case.pk) if case.was_listed else [],  # type: ignore[attr-defined]
        "same": same_lines(case.number, page.same), "fresh": case.state in (CaseState.NEW, CaseState.TAKEN_UP), "ties": page.ties,
        "tells_by_phone": case.state in ENDED_STATES and page.feedback is None and _is_called(case),
        "shepherd": page.shepherd, "meetings": page.meetings,
        "helps": helps_of(actor, case) if case.has_helps else [],  # type: ignore[attr-defined]
        "hers": {line.part.leg.pk for line in legs if line.part.can_handle}, "can_show_link": _can_show_link(case, mine),
        "calls": [(call, news_words(call.news)) for call in page.news_calls],
        "to_call_back": case.channel == Channel.MISSED_CALL and not case.own_words, "can_book": mine is not None and mine.is_open and page.can_handle,
    }  # fmt: skip
    return render(request, "desk/staff/case.html", context, status=status)


def _texts(case: Case, mine: list[Leg]) -> list[tuple[int, str]]:
    """Ready texts of the desks that write here. A statement only where there are any."""
    having = {leg.desk_id for leg in mine if leg.has_texts}  # type: ignore[attr-defined]
    return texts_for(case, having) if having and case.customer_id else []


def _is_called(case: Case) -> bool:
    """Whether the customer hears on the phone, so that she is asked there too."""
    return case.customer is not None and reach_by(case.customer.contact) == Reach.CALL


def _can_show_link(case: Case, mine: LegLine | None) -> bool:
    """Where no mail can bring the customer her link, its handler shows it."""
    contact = case.customer.contact if case.customer else None
    return contact is not None and not contact.email and mine is not None and mine.part.can_handle and sees_her_page(mine.part.leg)


def _joined(request: HttpRequest, page: CasePage) -> HttpResponse:
    """What is left of a case that goes on in another one."""
    found = joinings_of(page.case)
    context = {
        "case": page.case, "joining": found[-1] if found else None, "told": story(page), "channel": CHANNELS[page.case.channel],
        "kept_words": kept_words(actor_of(request), page.case),
    }  # fmt: skip
    return render(request, "desk/staff/joined.html", context)


@require_safe
@desk_only
def file(request: HttpRequest, number: str, pk: int) -> FileResponse:
    page = case_page(actor_of(request), number)
    return download([*page.files, *(each for said in page.talk for each in said.files)], pk)
