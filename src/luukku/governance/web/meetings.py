"""A meeting: calling it, its agenda and papers, who comes."""

from datetime import timedelta

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core import files as file_store
from luukku.core.errors import NotFound
from luukku.core.ical import calendar_of
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.governance.access import can_run, get_group, get_meeting
from luukku.governance.actions import agenda
from luukku.governance.actions import meetings as actions
from luukku.governance.enums import Answer, TookPart
from luukku.governance.models import AgendaItem, Meeting, Paper
from luukku.governance.queries.calendar import event_of
from luukku.governance.queries.pages import MeetingPage, meeting_page
from luukku.governance.web.forms import ItemFields, MeetingFields, PaperFields
from luukku.network.access import require

COLOURS = {"planned": "grey", "invited": "blue", "held": "green", "cancelled": "red"}


def url_of(pk: int) -> str:
    return reverse("governance:meeting", kwargs={"pk": pk})


def context_of(page: MeetingPage) -> dict[str, object]:
    """What every page of a meeting shows, by sign-in or by link."""
    meeting = page.meeting
    return {
        "page": page, "meeting": meeting, "group": meeting.group, "colour": COLOURS[meeting.state], "answers": Answer.choices,
        "has_begun": timezone.now() >= meeting.starts_at - timedelta(hours=1), "parts": TookPart.choices,
        "can_change": page.can_run and meeting.minutes_state in ("none", "draft") and meeting.state != "cancelled",
        "can_move": page.can_run and meeting.state in ("planned", "invited"),
    }  # fmt: skip


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/meeting.html", context_of(meeting_page(actor_of(request), pk)))


@staff_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    group = get_group(actor, pk)
    require(can_run(actor, group))
    form = MeetingFields(request.POST or None, group=group)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: actions.plan_meeting(by=actor, group=group, form=form.made(), submit_key=key))
    if made is not None:
        return saved(request, _("The meeting is planned, with its agenda. Nobody has been told yet."), url_of(made.pk))
    back = reverse("governance:group", kwargs={"pk": pk})
    return form_page(request, form, title=_("New meeting: %(name)s") % {"name": group.name}, button=_("Plan the meeting"), back=back)


def _run(request: HttpRequest, pk: int) -> Meeting:
    meeting = get_meeting(actor_of(request), pk)
    require(can_run(actor_of(request), meeting.group))
    return meeting


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    form = MeetingFields(request.POST or None, group=meeting.group, meeting=meeting)
    if attempt(form, lambda: actions.change_meeting(by=actor, meeting=meeting, form=form.made())) is not None:
        return saved(request, _("The changes are saved. Whoever was invited is told."), url_of(pk))
    return form_page(request, form, title=_("Time and place"), button=_("Save"), back=url_of(pk))


@require_POST
@staff_only
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return do_now(request, lambda: actions.invite(by=actor, meeting=meeting), done=_("The invitations leave now."), to=url_of(pk))


@staff_only
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return confirm_page(
        request, lambda: actions.cancel_meeting(by=actor, meeting=meeting), title=_("Cancel the meeting?"),
        text=_("Whoever was invited is told, and it leaves their calendar."), button=_("Cancel the meeting"), back=url_of(pk),
        done=_("The meeting is cancelled."),
    )  # fmt: skip


@require_POST
@staff_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    mine = meeting_page(actor, pk).mine
    if mine is None:
        raise NotFound
    given = request.POST.get("answer", "")
    return do_now(request, lambda: actions.answer(by=actor, attendance=mine, answer=given), done=_("Thank you, your answer is known."), to=url_of(pk))


@staff_only
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who took part and how: one press for each."""
    actor, meeting = actor_of(request), _run(request, pk)
    if request.method == "POST":
        marks = {int(name[2:]): str(value) for name, value in request.POST.items() if name.startswith("a-") and name[2:].isdigit()}
        return do_now(
            request, lambda: actions.mark_present(by=actor, meeting=meeting, marks=marks), done=_("Those who took part are marked."),
            to=reverse("governance:minutes", kwargs={"pk": pk}),
        )  # fmt: skip
    return render(request, "governance/attendance.html", context_of(meeting_page(actor, pk)))


def item_of(meeting: Meeting, which: int) -> AgendaItem:
    """A point of this meeting. Raises Http404."""
    items = AgendaItem.objects.select_related("meeting__group__region", "meeting__group__area", "meeting__group__kind")
    return get_object_or_404(items, pk=which, meeting=meeting)


@staff_only
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    form = ItemFields(request.POST or None)
    if attempt(form, lambda: agenda.add_item(by=actor, meeting=meeting, **form.made())) is not None:
        return saved(request, _("The point is on the agenda."), url_of(pk))
    return form_page(request, form, title=_("New point"), button=_("Add"), back=url_of(pk))


@staff_only
def edit_item(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, item = actor_of(request), item_of(_run(request, pk), which)
    form = ItemFields(request.POST or None, item=item)
    if attempt(form, lambda: agenda.edit_item(by=actor, item=item, **form.made())) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    return form_page(request, form, title=str(item.title), button=_("Save"), back=url_of(pk))


@require_POST
@staff_only
def item_up(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, item = actor_of(request), item_of(_run(request, pk), which)
    return do_now(request, lambda: agenda.move_up(by=actor, item=item), done=_("The agenda is in its new order."), to=url_of(pk))


@staff_only
def item_out(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, item = actor_of(request), item_of(_run(request, pk), which)
    return confirm_page(
        request, lambda: agenda.remove_item(by=actor, item=item), title=_("Take this point off the agenda?"), text=str(item.title),
        button=_("Take it off the agenda"), back=url_of(pk), done=_("The point is off the agenda."),
    )  # fmt: skip


@staff_only
def add_paper(request: HttpRequest, pk: int, which: int | None = None) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    item = item_of(meeting, which) if which is not None else None
    form = PaperFields(request.POST or None, request.FILES or None)
    if attempt(form, lambda: agenda.add_paper(by=actor, meeting=meeting, upload=form.cleaned_data["file"], item=item)) is not None:
        return saved(request, _("The paper is with the agenda."), url_of(pk))
    context = {"form": form, "back": url_of(pk), "item": item}
    return render(request, "governance/paper.html", context, status=422 if form.errors else 200)


@staff_only
def paper_out(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    paper = get_object_or_404(Paper.objects.select_related("meeting__group__region", "meeting__group__area"), pk=which, meeting=meeting)
    return confirm_page(
        request, lambda: agenda.remove_paper(by=actor, paper=paper), title=_("Take this paper away from the meeting?"), text=paper.file.name,
        button=_("Take the paper away"), back=url_of(pk), done=_("The paper is taken away."),
    )  # fmt: skip


def download(meeting: Meeting, which: int) -> FileResponse:
    """Always as a download: nothing that somebody brought is shown as a page of ours. Raises Http404."""
    file = get_object_or_404(Paper.objects.select_related("file"), pk=which, meeting=meeting).file
    return FileResponse(file_store.path_of(file).open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type)


@require_safe
@staff_only
def paper(request: HttpRequest, pk: int, which: int) -> FileResponse:
    return download(get_meeting(actor_of(request), pk), which)


@require_safe
@staff_only
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    meeting = get_meeting(actor_of(request), pk)
    event = event_of(meeting, language=request.LANGUAGE_CODE or "fi", url=request.build_absolute_uri(url_of(pk)), agreed=True)
    _method, text = calendar_of(event, method="PUBLISH")
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="kokous.ics"'})
