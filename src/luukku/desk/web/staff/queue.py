"""The queue: what is promised next, to whom."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, do_now
from luukku.core.ui.tables import sheet_file, wants_sheet
from luukku.desk.access import get_leg
from luukku.desk.actions.handling import take_up
from luukku.desk.queries.after import my_follow_ups
from luukku.desk.queries.marks import recent_marks
from luukku.desk.queries.queue import COUNT_CAP, SORTS, Queue, QueueFilters, queue
from luukku.desk.queries.week import booked_today
from luukku.desk.web.staff.frame import back_to, desk_only, heard
from luukku.desk.web.staff.lines import groups
from luukku.desk.web.staff.queue_choices import filter_choices, tabs
from luukku.desk.web.staff.queue_export import cells_of, heads, rows_of
from luukku.network.enums import Right


@require_safe
@desk_only
def show(request: HttpRequest) -> HttpResponse:
    """The page, or only its list when a script asks for it."""
    actor, now = actor_of(request), timezone.now()
    filters = QueueFilters.parse(request.GET.dict())
    found, here = queue(actor, filters, now=now), request.get_full_path()
    context = {
        "queue": found, "filters": filters, "groups": groups(found, actor, now, here), "tabs": tabs(found, request.GET), "now": now,
        "choices": filter_choices(found), "sorts": _sorts(found, request.GET), "total": found.counts[filters.scope], "cap": COUNT_CAP,
        "next_url": _page_url(request.GET, after=found.next), "previous_url": _page_url(request.GET, before=found.previous),
        "export_url": f"{reverse('desk:queue_export')}?{_without_page(request.GET).urlencode()}", "here_url": here,
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "desk/staff/queue.html#list", context)
    above = {
        "incoming": found.counts["incoming"],
        "on_their_way": found.counts["sent"],
        "marks": recent_marks(actor, now) if filters.scope == "mine" else [],
        "today": booked_today(actor, now) if filters.scope == "mine" else [],
        "low": my_follow_ups(actor) if filters.scope == "mine" else [],
    }
    return render(request, "desk/staff/queue.html", context | above)


@require_POST
@desk_only
def take(request: HttpRequest) -> HttpResponse:
    """Take up the leg whose button was pressed, and stay on the queue."""
    actor = actor_of(request)
    leg = get_leg(actor, key_of(request.POST.get("leg")) or 0, need=Right.HANDLE_CASES)
    done = heard(leg.case, _("You handle %(number)s now.") % {"number": leg.case.number})
    return do_now(request, lambda: take_up(by=actor, leg=leg), done=done, to=back_to(request, leg.case.number))


@require_safe
@desk_only
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole filtered list as a table. It streams after the view, so it becomes the actor itself."""
    filters = QueueFilters.parse({name: str(value) for name, value in _without_page(request.GET).items()})
    name = f"jono-{timezone.localdate().isoformat()}"
    if wants_sheet(request):
        return sheet_file(name, heads(), cells_of(actor_of(request), filters))
    rows = rows_of(actor_of(request), filters, request.LANGUAGE_CODE)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def _without_page(query: QueryDict) -> QueryDict:
    plain = query.copy()
    for name in ("after", "before"):
        plain.pop(name, None)
    return plain


def _page_url(query: QueryDict, *, after: int | None = None, before: int | None = None) -> str:
    """The address of a neighbouring page; empty at the end."""
    if after is None and before is None:
        return ""
    plain = _without_page(query)
    plain["before" if after is None else "after"] = str(after or before)
    return f"?{plain.urlencode()}"


def _sorts(found: Queue, query: QueryDict) -> dict[str, dict[str, str]]:
    """For each way to sort: its address, and what a screen reader says of it."""
    shown = {}
    for name in SORTS:
        plain = _without_page(query)
        plain["sort"] = name
        shown[name] = {"url": f"?{plain.urlencode()}", "sorted": "ascending" if found.filters.sort == name else ""}
    return shown
