"""Complaints for those who see to them, and for a handler with whom something was shared."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.complaints.access import can_log, get_complaint, sees_complaints, shared_with
from luukku.complaints.actions import seeing_to
from luukku.complaints.actions.making import complain
from luukku.complaints.enums import OPEN, Came, ComplaintState
from luukku.complaints.models import Correction
from luukku.complaints.queries.pages import complaint_page, listed, shared_turns
from luukku.complaints.web.forms import CorrectionForm, GiveForm, LogForm, WordsForm
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.desk.access import get_case
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.bounce_words import bounce_words
from luukku.network.access import require, visible_regions
from luukku.network.models import Region

COLOURS = {"received": "yellow", "looked-at": "blue", "answered": "green", "closed": "grey"}


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sees_complaints(actor))
    shared = shared_with(actor).exists()
    return render(request, "complaints/staff/list.html", {"found": listed(actor), "now": timezone.now(), "shared": shared, "can_log": can_log(actor)})


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = complaint_page(actor_of(request), pk)
    complaint = page.complaint
    context = {
        "page": page, "complaint": complaint, "is_open": complaint.state in OPEN, "colour": COLOURS[complaint.state],
        "is_new": complaint.state == ComplaintState.RECEIVED, "is_closed": complaint.state == ComplaintState.CLOSED,
        "case_url": case_url(complaint.case_number) if complaint.case_number else "",
        "unreached": bounce_words(page.unreached) if page.unreached else "",
    }  # fmt: skip
    return render(request, "complaints/staff/show.html", context)


@require_POST
@staff_only
def look_at(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    return do_now(request, lambda: seeing_to.look_at(by=actor, complaint=complaint), done=_("Whoever complained has been told."), to=_url(pk))


@require_POST
@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    return do_now(request, lambda: seeing_to.close(by=actor, complaint=complaint), done=_("The complaint is closed."), to=_url(pk))


def _words(request: HttpRequest, pk: int, act: Callable[..., Any], *, title: str, label: str, button: str, done: str, hint: str = "") -> HttpResponse:
    """A page with one box of words."""
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    form = WordsForm(request.POST or None, label=label, hint=hint)
    if attempt(form, lambda: act(by=actor, complaint=complaint, words=form.cleaned_data["words"])) is not None:
        return saved(request, done, _url(pk))
    return form_page(request, form, title=title, button=button, back=_url(pk))


@staff_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    hint = _("Say what you found, what is changed, and that you are sorry if we failed. The mail tells only that there is an answer.")
    title, done = _("Answer the complaint"), _("The answer can be read.")
    return _words(request, pk, seeing_to.answer, title=title, label=_("The answer"), button=_("Send the answer"), done=done, hint=hint)


@staff_only
def note(request: HttpRequest, pk: int) -> HttpResponse:
    return _words(
        request,
        pk,
        seeing_to.note,
        title=_("Internal note"),
        label=_("Note, for those who see to it"),
        button=_("Keep the note"),
        done=_("The note is kept."),
    )


@staff_only
def share(request: HttpRequest, pk: int) -> HttpResponse:
    return _words(
        request, pk, seeing_to.share, title=_("Share with the handler"), label=_("What the handler should know"), button=_("Share"),
        done=_("The handler has been told."), hint=_("The handler reads these words and nothing else of the complaint."),
    )  # fmt: skip


@staff_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _words(
        request,
        pk,
        seeing_to.reopen,
        title=_("Open again"),
        label=_("Why"),
        button=_("Open again"),
        done=_("It is open again, and the clock runs anew."),
    )


@staff_only
def give(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    form = GiveForm(request.POST or None, complaint=complaint)
    if attempt(form, lambda: seeing_to.give(by=actor, complaint=complaint, person=form.cleaned_data["person"])) is not None:
        return saved(request, _("Another answers for it now."), reverse("complaints:index"))
    return form_page(request, form, title=_("Who answers for it"), button=_("Give"), back=_url(pk))


@staff_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    form = CorrectionForm(request.POST or None, complaint=complaint, person_id=actor.person_id)
    if attempt(form, lambda: seeing_to.correct(by=actor, complaint=complaint, **form.cleaned_data)) is not None:
        return saved(request, _("The correction is written down."), _url(pk))
    return form_page(request, form, title=_("What is changed because of it"), button=_("Write down"), back=_url(pk))


@require_POST
@staff_only
def correction_done(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor = actor_of(request)
    complaint = get_complaint(actor, pk)
    correction = get_object_or_404(Correction, pk=which, complaint=complaint)
    return do_now(request, lambda: seeing_to.correction_done(by=actor, correction=correction), done=_("The correction is done."), to=_url(pk))


@require_safe
@staff_only
def shared(request: HttpRequest) -> HttpResponse:
    return render(request, "complaints/staff/shared.html", {"turns": shared_turns(actor_of(request))})


@staff_only
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    actor, back = actor_of(request), reverse("complaints:shared")
    turn = shared_with(actor).filter(pk=pk, kind="shared").first()
    if turn is None:
        raise NotFound
    form = WordsForm(request.POST or None, label=_("Your word on it"))
    if attempt(form, lambda: seeing_to.reply(by=actor, turn=turn, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("Whoever shared it reads your word."), back)
    return form_page(request, form, title=_("Reply"), button=_("Send"), back=back, intro=turn.body)


@staff_only
def log(request: HttpRequest) -> HttpResponse:
    """Staff take a complaint down for somebody. They do not read it afterwards, unless they see to it."""
    actor = actor_of(request)
    require(can_log(actor))
    regions = _own_regions(request)
    region = next((each for each in regions if each.code == request.GET.get("seutu")), regions[0])
    form = LogForm(request.POST or None, region=region)
    if attempt(form, lambda: _log(request, form, region)) is not None:
        return saved(request, _("The complaint is logged, and its owner has been told."), reverse("complaints:index"))
    context = {"form": form, "region": region, "regions": regions, "back": reverse("complaints:index")}
    return render(request, "complaints/staff/log.html", context, status=422 if form.errors else 200)


def _log(request: HttpRequest, form: LogForm, region: Region) -> int:
    actor, given = actor_of(request), form.cleaned_data
    form.case = _case_of(actor, given["number"].strip(), region)
    made = form.made(given["language"], desk=given["desk"], about_person=given["about_person"])
    return complain(by=actor, form=made, came=Came.LOGGED, submit_key=request.POST.get("submit_key"))


def _case_of(actor: Actor, number: str, region: Region) -> Case | None:
    """The matter of a number that was typed. Raises RuleBroken, so that the words that were taken down stay on the form."""
    try:
        case = get_case(actor, number) if number else None
    except NotFound:
        case = None
    if number and (case is None or case.region_id != region.pk):
        raise RuleBroken(_("No matter of yours in this region has this number. Check it, or leave it empty."), field="number")
    return case


def _own_regions(request: HttpRequest) -> list[Region]:
    """The regions of her seats, and of her organisations' desks. Raises NotFound when there are none."""
    actor = actor_of(request)
    own = {seat.region_id for seat in actor.seats if seat.region_id}
    found = visible_regions(actor).filter(pk__in=own) | visible_regions(actor).filter(desks__organisation__in=actor.organisation_ids)
    regions = list(found.distinct().order_by("code"))
    if not regions:
        raise NotFound
    return regions


def _url(pk: int) -> str:
    return reverse("complaints:complaint", kwargs={"pk": pk})
