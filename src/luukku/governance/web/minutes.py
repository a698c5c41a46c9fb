"""Minutes: written section by section while the meeting goes on, read and approved by those who were present."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import RuleBroken
from luukku.core.keys import key_of
from luukku.core.pdf import pdf_response
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.governance.access import can_run, get_meeting
from luukku.governance.actions import approving
from luukku.governance.actions import minutes as actions
from luukku.governance.enums import MinutesState, TextState
from luukku.governance.models import Amendment, Decision, Meeting, SectionText, Task
from luukku.governance.queries.pages import meeting_page
from luukku.governance.web.forms import AmendmentFields, DecisionFields, ReplyFields, TaskFields
from luukku.governance.web.meetings import context_of, item_of, url_of
from luukku.governance.web.protocol import paper_of
from luukku.network.access import require


def _run(request: HttpRequest, pk: int) -> Meeting:
    meeting = get_meeting(actor_of(request), pk)
    require(can_run(actor_of(request), meeting.group))
    return meeting


def minutes_url(pk: int, item: int | None = None) -> str:
    return reverse("governance:minutes", kwargs={"pk": pk}) + (f"#p{item}" if item is not None else "")


def _writing_url(meeting: Meeting, item: int | None = None) -> str:
    """Where its sections are open to write: while the text is out, one asks for that."""
    mark = f"#p{item}" if item is not None else ""
    return minutes_url(meeting.pk) + ("?muokkaa=1" if meeting.minutes_state == MinutesState.OUT else "") + mark


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """For who runs the group: the sections open to write; once they are out, to read first, and to write when asked. For others: to read."""
    page = meeting_page(actor_of(request), pk)
    may_write = page.can_run and page.meeting.minutes_state in actions.WRITABLE
    writes = may_write and (page.meeting.minutes_state == MinutesState.DRAFT or page.beside or "muokkaa" in request.GET)
    told = {"writes": writes, "may_write": may_write, "words": "", "failed": None}
    return render(request, "governance/minutes.html", context_of(page) | told)


@require_POST
@staff_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    done = _("The minutes are begun. What the system knows is filled in.")
    return do_now(request, lambda: actions.begin(by=actor, meeting=meeting), done=done, to=minutes_url(pk))


@require_POST
@staff_only
def write(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """One section. What was written meanwhile by somebody else stays, and so does this."""
    actor, item = actor_of(request), item_of(_run(request, pk), which)
    body, based_on = request.POST.get("body", ""), key_of(request.POST.get("version")) or 0
    beside = [number for each in request.POST.getlist("beside") if (number := key_of(each)) is not None]
    kept: list[SectionText] = []

    def work() -> None:
        if beside:
            kept.append(actions.settle_section(by=actor, item=item, body=body, based_on=based_on, beside=beside))
        else:
            kept.append(actions.write_section(by=actor, item=item, body=body, based_on=based_on))

    try:
        work()
    except RuleBroken as broken:
        page = meeting_page(actor, pk)
        context = context_of(page) | {"writes": True, "may_write": True, "failed": which, "words": body, "error": str(broken.message)}
        return render(request, "governance/minutes.html", context, status=422)
    if kept[0].state == TextState.BESIDE:
        messages.warning(request, _("Somebody else saved this section while you wrote. Both texts are kept: put them together."))
    else:
        messages.success(request, _("The section is saved."))
    return redirect(_writing_url(item.meeting, which))


@require_POST
@staff_only
def decide(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, item = actor_of(request), item_of(_run(request, pk), which)
    form, back = DecisionFields(request.POST), _writing_url(item.meeting, which)
    if attempt(form, lambda: actions.decide(by=actor, meeting=item.meeting, item=item, **form.cleaned_data)) is not None:
        return saved(request, _("The decision is written down."), back)
    return form_page(request, form, title=_("Decision"), button=_("Write the decision down"), back=back, intro=str(item.title))


@staff_only
def task(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    item = item_of(meeting, which)
    form, back = TaskFields(request.POST or None, group=meeting.group), _writing_url(meeting, which)
    if attempt(form, lambda: actions.give_task(by=actor, meeting=meeting, item=item, **form.cleaned_data)) is not None:
        return saved(request, _("The task is given."), back)
    return form_page(request, form, title=_("New task"), button=_("Give the task"), back=back, intro=str(item.title))


@staff_only
def reword(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), get_object_or_404(Decision.objects.select_related("meeting__group"), pk=which, meeting=_run(request, pk))
    form, back = DecisionFields(request.POST or None, initial={"words": found.words}), _writing_url(found.meeting, found.item_id)
    if attempt(form, lambda: actions.reword_decision(by=actor, decision=found, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("The decision is written down."), back)
    title = _("Decision %(number)s") % {"number": found.number}
    return form_page(request, form, title=title, button=_("Save"), back=back)


@staff_only
def strike_decision(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), get_object_or_404(Decision.objects.select_related("meeting__group"), pk=which, meeting=_run(request, pk))
    to = _writing_url(found.meeting, found.item_id)
    return confirm_page(
        request, lambda: actions.strike_decision(by=actor, decision=found), title=_("Take this decision out of the minutes?"), text=found.words,
        button=_("Take the decision out"), back=to, done=_("The decision is taken out."),
    )  # fmt: skip


@staff_only
def edit_task(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    found = _task_of(meeting, which)
    form, back = TaskFields(request.POST or None, group=meeting.group, task=found), _writing_url(meeting, found.item_id)
    if attempt(form, lambda: actions.edit_task(by=actor, task=found, **form.cleaned_data)) is not None:
        return saved(request, _("The task is saved."), back)
    return form_page(request, form, title=_("Task"), button=_("Save"), back=back)


@staff_only
def strike_task(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    found = _task_of(meeting, which)
    to = _writing_url(meeting, found.item_id)
    return confirm_page(
        request, lambda: actions.strike_task(by=actor, task=found), title=_("Take this task out of the minutes?"), text=found.words,
        button=_("Take the task out"), back=to, done=_("The task is taken out."),
    )  # fmt: skip


def _task_of(meeting: Meeting, which: int) -> Task:
    return get_object_or_404(Task.objects.select_related("meeting__group", "membership__person"), pk=which, meeting=meeting)


@require_POST
@staff_only
def send(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    return do_now(
        request, lambda: approving.send_out(by=actor, meeting=meeting), done=_("Those who were present get the minutes to read."), to=url_of(pk)
    )


@require_POST
@staff_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), get_meeting(actor_of(request), pk)
    return approved(request, lambda digest: approving.approve(by=actor, meeting=meeting, digest=digest), minutes_url(pk))


def approved(request: HttpRequest, act: Callable[[str], object], to: str) -> HttpResponse:
    """She approves the text whose digest stood on her page."""
    return do_now(request, lambda: act(request.POST.get("digest", "")), done=_("Thank you. You have approved the minutes."), to=to)


@require_POST
@staff_only
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    actor, meeting = actor_of(request), get_meeting(actor_of(request), pk)
    return amended(request, meeting, lambda **said: approving.amend(by=actor, meeting=meeting, **said), minutes_url(pk))


def amended(request: HttpRequest, meeting: Meeting, act: Callable[..., object], to: str, base: str = "luukku/staff.html") -> HttpResponse:
    """What somebody who was present wants changed: words, and under which point."""
    form = AmendmentFields(request.POST, meeting=meeting)
    if attempt(form, lambda: act(**form.cleaned_data)) is not None:
        return saved(request, _("Thank you. Whoever writes the minutes sees it and answers."), to)
    return form_page(request, form, title=_("Something should be changed"), button=_("Send"), back=to, base=base)


@require_POST
@staff_only
def settle(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, meeting = actor_of(request), _run(request, pk)
    found = get_object_or_404(Amendment.objects.select_related("meeting__group"), pk=which, meeting=meeting)
    form, taken = ReplyFields(request.POST), request.POST.get("do") == "take"
    back = _writing_url(meeting, found.item_id) if taken else minutes_url(pk, found.item_id)

    def work() -> Amendment:
        return approving.settle_amendment(by=actor, amendment=found, taken=taken, reply=form.cleaned_data["reply"])

    if attempt(form, work) is not None:
        return saved(request, _("Whoever asked sees your answer."), back)
    return form_page(request, form, title=_("It is taken in") if taken else _("It is not taken in"), button=_("Send"), back=back, intro=found.words)


@require_safe
@staff_only
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a paper to print, send or file."""
    return pdf_response(paper_of(meeting_page(actor_of(request), pk)))
