"""What is done with a meeting: it begins, is written of, ends; it is moved and called off, and somebody else leads."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings import closing, making, running
from luukku.desk.models import CaseMeeting
from luukku.desk.queries.case_meetings.people import party_lines
from luukku.desk.web.staff.case_meetings.forms import LeadForm, MoveForm, PointForm, PresentForm
from luukku.desk.web.staff.case_meetings.show import Sent, page_of

T = TypeVar("T")


def home(pk: int, anchor: str = "") -> str:
    return reverse("desk:case_meeting", kwargs={"pk": pk}) + (f"#{anchor}" if anchor else "")


def _run(request: HttpRequest, pk: int) -> CaseMeeting:
    """The meeting, for who leads it. Raises NotFound, NotAllowed."""
    meeting = doors.get_meeting(actor_of(request), pk)
    if not doors.can_run(actor_of(request), meeting):
        raise NotAllowed
    return meeting


@require_POST
@staff_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return do_now(request, lambda: running.open_meeting(by=actor, meeting=meeting), done=_("The meeting has begun. Tick who is here."), to=home(pk))


@require_POST
@staff_only
def present(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    members = [member for line in party_lines(meeting.series) for member in line.members]
    form = PresentForm(request.POST, members=members, present=())
    if not form.is_valid():
        raise NotFound
    here = form.cleaned_data["present"]
    return do_now(request, lambda: running.open_meeting(by=actor, meeting=meeting, present=here), done=_("Noted who is here."), to=home(pk))


@require_POST
@staff_only
def point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Minutes of a point; if somebody else wrote meanwhile, both texts are shown."""
    actor = actor_of(request)
    found = doors.visible_points(actor).select_related("meeting").filter(pk=point, meeting=pk).first()
    if found is None:
        raise NotFound
    form = PointForm(request.POST, auto_id=f"id_p{point}_%s")
    theirs: list[str] = []
    if attempt(form, lambda: meanwhile(form, theirs, lambda: running.write_point(by=actor, point=found, **form.cleaned_data))):
        return saved(request, _("The minutes are saved."), home(pk, f"point-{point}"))
    return page_of(request, pk, Sent("point", point, form, "".join(theirs)))


def meanwhile(form: forms.Form, theirs: list[str], work: Callable[[], T]) -> T:
    """Run a writing; what somebody else wrote since goes to `theirs`, and the form's version to the one that stands now."""
    try:
        return work()
    except running.WrittenMeanwhile as broken:
        theirs.append(broken.theirs)
        data = QueryDict(mutable=True)
        data.update({name: form[name].value() for name in form.fields if form[name].value() not in (None, False)})
        data["version"] = str(broken.version)
        form.data = data
        raise


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return confirm_page(
        request, lambda: closing.close_meeting(by=actor, meeting=meeting), title=_("Close the meeting?"), button=_("Close and send the memo"),
        back=home(pk), done=_("The meeting is closed. Those who meet get a link to the memo, and the next meeting is made."),
        text=_("What was not discussed goes on the list of the next meeting. After this the memo is not changed any more."),
    )  # fmt: skip


@staff_only
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return confirm_page(
        request, lambda: making.call_off(by=actor, meeting=meeting), title=_("Call the meeting off?"), button=_("Call it off"), back=home(pk),
        text=_("Everybody is told, and their calendars too. Its matters wait for the next meeting."), done=_("The meeting is called off."),
        after=reverse("desk:case_meetings"),
    )  # fmt: skip


@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    form = MoveForm(request.POST or None, meeting=meeting)

    def work() -> object:
        given = form.cleaned_data
        return making.move_meeting(by=actor, meeting=meeting, starts_at=form.when, place=given["place"], video_link=given["video_link"])

    if attempt(form, work):
        return saved(request, _("The meeting has moved. Everybody is told."), home(pk))
    return form_page(request, form, title=_("Move the meeting"), button=_("Move"), back=home(pk))


@staff_only
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    form = LeadForm(request.POST or None, meeting=meeting)
    if attempt(form, lambda: making.hand_lead(by=actor, meeting=meeting, member=form.cleaned_data["member"])):
        return saved(request, _("%(name)s leads this time.") % {"name": form.cleaned_data["member"].person.name}, home(pk))
    return form_page(request, form, title=_("Somebody else leads this time"), button=_("Save"), back=home(pk))
