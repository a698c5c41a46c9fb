"""Somebody without a sign-in stands before one meeting by her personal link: she answers, reads, approves, says what she has done."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.pdf import pdf_response
from luukku.core.ratelimit import limited
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of, do_now
from luukku.core.ui.private import private, speak
from luukku.governance.access import get_task, link_actor
from luukku.governance.actions import approving
from luukku.governance.actions.meetings import answer as say
from luukku.governance.actions.tasks import finish_task
from luukku.governance.enums import MinutesState
from luukku.governance.models import Attendance
from luukku.governance.queries.assessments import assessment_page
from luukku.governance.queries.pages import meeting_page
from luukku.governance.web.meetings import context_of, download
from luukku.governance.web.minutes import amended, approved
from luukku.governance.web.protocol import paper_of
from luukku.governance.web.tasks import task_page

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Attendance, str, P], HttpResponseBase]


def register_links() -> None:
    """Called once at start."""
    links.register("governance /k/", LinkOpener("/k/", "governance", link_actor))


def on_meeting(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the one meeting of a link, in its holder's language and out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        token, actor = str(kwargs.pop("token", "")), actor_of(request)
        rows = Attendance.objects.select_related("meeting__group__region", "meeting__group__area", "meeting__group__kind", "membership__person__user")
        mine = rows.filter(principal__in=actor.principals).first() if actor.kind == "link" else None
        if mine is None:
            return private(render(request, "governance/door/dead.html", status=404))
        person = mine.membership.person
        speak(request, person.mail_language if person is not None else mine.membership.language, mine.meeting.group.region)
        return private(view(request, mine, token, *args, **kwargs))

    return found


def _url(token: str) -> str:
    return reverse("governance:link", kwargs={"token": token})


@require_safe
@on_meeting
def show(request: HttpRequest, mine: Attendance, token: str) -> HttpResponse:
    page = meeting_page(actor_of(request), mine.meeting_id)
    tasks = [task for section in page.sections for task in section.tasks if task.membership_id == mine.membership_id and task.done_at is None]
    return render(request, "governance/door/meeting.html", context_of(page) | {"token": token, "mine": mine, "my_tasks": tasks})


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_meeting
def answer(request: HttpRequest, mine: Attendance, token: str) -> HttpResponse:
    given = request.POST.get("answer", "")
    return do_now(
        request, lambda: say(by=actor_of(request), attendance=mine, answer=given), done=_("Thank you, your answer is known."), to=_url(token)
    )


@require_safe
@on_meeting
def minutes_paper(request: HttpRequest, mine: Attendance, token: str) -> HttpResponse:
    """The minutes as a paper: hers to keep once they are out to be read."""
    page = meeting_page(actor_of(request), mine.meeting_id)
    if page.meeting.minutes_state not in (MinutesState.OUT, MinutesState.APPROVED):
        raise NotFound
    return pdf_response(paper_of(page))


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_meeting
def approve(request: HttpRequest, mine: Attendance, token: str) -> HttpResponse:
    return approved(request, lambda digest: approving.approve(by=actor_of(request), meeting=mine.meeting, digest=digest), _url(token))


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_meeting
def amend(request: HttpRequest, mine: Attendance, token: str) -> HttpResponse:
    actor, meeting = actor_of(request), mine.meeting
    return amended(request, meeting, lambda **said: approving.amend(by=actor, meeting=meeting, **said), _url(token), "luukku/public.html")


@require_safe
@on_meeting
def paper(request: HttpRequest, mine: Attendance, token: str, which: int) -> FileResponse:
    return download(mine.meeting, which)


@require_safe
@on_meeting
def assessment(request: HttpRequest, mine: Attendance, token: str, year: int) -> HttpResponse:
    """Opened at this meeting; another one is not hers to read."""
    page = assessment_page(actor_of(request), mine.meeting.group, year)
    return render(request, "governance/assessment.html", {"page": page, "group": mine.meeting.group, "base": "luukku/public.html"})


@limited("outside", limit=60, seconds=3600)
@on_meeting
def task(request: HttpRequest, mine: Attendance, token: str, pk: int) -> HttpResponse:
    which = {"token": token, "pk": pk}
    to, finish = reverse("governance:link_task", kwargs=which), reverse("governance:link_task_done", kwargs=which)
    return task_page(request, pk, base="luukku/public.html", to=to, finish=finish)


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_meeting
def task_done(request: HttpRequest, mine: Attendance, token: str, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_task(actor_of(request), pk)
    said = request.POST.get("outcome", "")
    to = reverse("governance:link_task", kwargs={"token": token, "pk": pk})
    return do_now(request, lambda: finish_task(by=actor, task=found, outcome=said), done=_("Thank you. The task is done."), to=to)
