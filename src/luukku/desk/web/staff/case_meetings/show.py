"""One meeting on one screen: the agenda before it, minutes and next steps while it goes on, the memo after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luukku.core.ui.forms import actor_of, staff_only
from luukku.desk.models.meeting_kinds import CaseMeetingState
from luukku.desk.queries.case_meetings.agenda import Line, MeetingPage, PointLine, cases_point, meeting_page, services_named
from luukku.desk.queries.case_meetings.companies import own_desks
from luukku.desk.queries.case_meetings.proposing import suggestions
from luukku.desk.web.staff.case_meetings.figures import FigureLine, figure_lines, source_of
from luukku.desk.web.staff.case_meetings.forms import ItemForm, PointForm, PresentForm, StepForm
from luukku.desk.web.staff.case_meetings.phrases import MEETING_COLOURS, reason_words, rhythm_words

PLANNED, RUNNING, CLOSED = CaseMeetingState.PLANNED, CaseMeetingState.RUNNING, CaseMeetingState.CLOSED


@dataclass
class Sent:
    """A form that has come back: which, of what, and what somebody else wrote meanwhile."""

    kind: str = ""  # item, step, point
    pk: int = 0
    form: Any = None
    theirs: str = ""


@dataclass
class PointView:
    line: PointLine
    figures: Sequence[FigureLine]
    source: str
    has_cases: bool
    form: PointForm | None
    theirs: str = ""


@dataclass
class ItemView:
    line: Line
    is_current: bool
    form: ItemForm | None = None
    step_form: StepForm | None = None
    theirs: str = ""
    organisations: list[str] = field(default_factory=list)  # those who may know, by the customer's word


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, pk)


def page_of(request: HttpRequest, pk: int, sent: Sent | None = None) -> HttpResponse:
    """The whole page, with a form that has come back if one did."""
    actor, back = actor_of(request), sent or Sent()
    page = meeting_page(actor, pk)
    writes = page.is_running and (page.takes_part or page.can_run)
    items = _items(request, page, back, writes)
    context = {
        "page": page, "meeting": page.meeting, "points": _points(page, back, writes), "items": items, "writes": writes,
        "colour": MEETING_COLOURS[CaseMeetingState(page.meeting.state)], "rhythm": rhythm_words(page.meeting.series),
        "present_form": PresentForm(members=page.members, present=page.meeting.present) if page.can_run and page.is_running else None,
        "suggested": [(each.case, reason_words(each.reasons), each.due) for each in suggestions(actor, page.meeting)]
        if page.takes_part and page.meeting.state == PLANNED else [],
        "brings": page.takes_part and page.meeting.state in (PLANNED, RUNNING) and bool(own_desks(actor, page.meeting)),
        "present": page.present, "back_form": back.form, "is_closed": page.meeting.state == CLOSED,
    }  # fmt: skip
    return render(request, "desk/staff/case_meetings/show.html", context, status=422 if back.form is not None else 200)


@require_safe
@staff_only
def memo(request: HttpRequest, pk: int) -> HttpResponse:
    """The memo as it is printed: what was written, as far as the reader may know it."""
    page = meeting_page(actor_of(request), pk)
    items = _items(request, page, Sent(), writes=False)
    context = {"page": page, "meeting": page.meeting, "points": _points(page, Sent(), writes=False), "items": items, "present": page.present}
    return render(request, "desk/staff/case_meetings/memo.html", context)


def _points(page: MeetingPage, back: Sent, writes: bool) -> list[PointView]:
    services, under = services_named(page.points), cases_point(page.points)
    return [_point(line, services, line.point.pk == under, back, writes) for line in page.points]


def _point(line: PointLine, services: dict[str, str], has_cases: bool, back: Sent, writes: bool) -> PointView:
    point = line.point
    came_back = back.kind == "point" and back.pk == point.pk
    fresh = PointForm(initial={"minutes": point.minutes, "is_open": point.is_open, "version": point.version}, auto_id=f"id_p{point.pk}_%s")
    form = (back.form if came_back else fresh) if writes else None
    return PointView(line, figure_lines(line.figures, services), source_of(point.kind), has_cases, form, back.theirs if came_back else "")


def _items(request: HttpRequest, page: MeetingPage, back: Sent, writes: bool) -> list[ItemView]:
    """The matter that is discussed now is open to write in: the one asked for, else the first that has not been."""
    asked = request.GET.get("item", "")
    current = back.pk if back.kind in ("item", "step") else int(asked) if asked.isdecimal() else 0
    if writes and not current:
        current = next((line.item.pk for line in page.lines if line.item.state == "listed" and line.written is not None), 0)
    return [_item(page, line, back, writes and line.item.pk == current) for line in page.lines]


def _item(page: MeetingPage, line: Line, back: Sent, is_current: bool) -> ItemView:
    allowed = line.consent.allowed if line.consent is not None and line.named else []
    view = ItemView(line, is_current, organisations=[name for pk, name in page.names.items() if pk in allowed])
    if not is_current or line.written is None:
        return view
    written, mine = line.written, back.pk == line.item.pk
    fresh = ItemForm(initial={"minutes": written.minutes, "decision": written.decision, "version": written.version})
    view.form = back.form if mine and back.kind == "item" else fresh
    view.step_form = back.form if mine and back.kind == "step" else StepForm(organisations=list(page.names), series_id=page.meeting.series_id)
    view.theirs = back.theirs if mine else ""
    return view
