"""Rounds of reporting: asked, answered on one page, compiled on screen, as a paper and as a sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.keys import key_of
from luukku.core.pdf import pdf_response
from luukku.core.ui.forms import actor_of, attempt, base_of, confirm_page, form_page, saved, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import require
from luukku.plans.access import can_answer, can_approve, get_part, get_plan, get_round
from luukku.plans.actions import rounds as actions
from luukku.plans.models import Note, Plan, Round
from luukku.plans.queries.due import SOON
from luukku.plans.queries.figures_due import unasked
from luukku.plans.queries.pages import rows_of
from luukku.plans.queries.round_paper import report_of
from luukku.plans.queries.rounds import round_page, table
from luukku.plans.queries.seats import by_key
from luukku.plans.web.plans import url_of as plan_url
from luukku.plans.web.round_forms import AnswerFields, CloseFields, RoundFields


def url_of(pk: int) -> str:
    return reverse("plans:round", kwargs={"pk": pk})


def _name(plan: Plan) -> str:
    return f"{plan.name or plan.kind.name} {plan.years}"


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_approve(actor, plan))
    meeting = key_of(request.GET.get("kokous"))
    waits = unasked([plan.region_id], timezone.localdate() + SOON) if meeting is not None else []
    before = next((each for each in waits if (each.plan.pk, each.meeting.pk) == (plan.pk, meeting)), None)
    form, key = RoundFields(request.POST or None, before=before), request.POST.get("submit_key")
    made = attempt(form, lambda: actions.plan_round(by=actor, plan=plan, form=form.made(), submit_key=key))
    if made is not None:
        done = _("The round is asked: each seat got a mail.") if made.opened_at else _("The round is planned. It is asked on its first day.")
        return saved(request, done, url_of(made.pk))
    intro = _("Every seat that leads a measure is asked to say of each of its measures how far it is, on one page.")
    return form_page(request, form, title=_("New round of reporting"), button=_("Ask for reports"), back=plan_url(pk), intro=intro)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered and the report; for everybody else the report alone, once it has been made public."""
    actor = actor_of(request)
    page = round_page(actor, pk)
    context = {"page": page, "round": page.round, "plan": page.plan, "base": base_of(actor), "inside": actor.is_staff, "today": timezone.localdate()}
    return render(request, "plans/round.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    return pdf_response(report_of(round_page(actor_of(request), pk)))


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Comma-separated, or as a workbook when the address says `as=xlsx`."""
    page = round_page(actor_of(request), pk)
    return table_file(request, f"raportti-{page.plan.region.code}-{page.round.pk}", *table(page))


def _run(request: HttpRequest, pk: int) -> Round:
    round_ = get_round(actor_of(request), pk)
    require(can_approve(actor_of(request), round_.plan))
    return round_


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, round_ = actor_of(request), _run(request, pk)
    form = RoundFields(request.POST or None, round_=round_)
    if attempt(form, lambda: actions.edit_round(by=actor, round_=round_, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    return form_page(request, form, title=round_.name, button=_("Save"), back=url_of(pk))


@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, round_ = actor_of(request), _run(request, pk)
    return confirm_page(
        request, lambda: actions.remove_round(by=actor, round_=round_), title=_("Call the round off?"),
        text=_("It has not been asked yet, so nobody has written anything."), button=_("Call the round off"), back=url_of(pk),
        done=_("The round is called off."), after=plan_url(round_.plan_id),
    )  # fmt: skip


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, round_ = actor_of(request), _run(request, pk)
    form = CloseFields(request.POST or None, initial={"is_public": round_.plan.is_public})
    if attempt(form, lambda: actions.close_round(by=actor, round_=round_, **form.cleaned_data)) is not None:
        return saved(request, _("The report is ready, and the plan is kept as it is now."), url_of(pk))
    intro = _("Nobody adds to the report after this. Write what the whole looks like; what the seats have said stands below it.")
    title = _("Close the round: %(name)s") % {"name": round_.name}
    return form_page(request, form, title=title, button=_("Close and compile"), back=url_of(pk), intro=intro)


@staff_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """All measures of one seat on one page."""
    actor = actor_of(request)
    part = get_part(actor, pk)
    require(can_answer(actor, part))
    plan, back = part.round.plan, url_of(part.round_id)
    keys = set(actions.asked(part).values_list("pk", flat=True))
    rows = [row for pk, row in rows_of(plan).items() if pk in keys]
    said = {note.measure_id: note for note in Note.objects.filter(round_part=part).order_by("id")}
    form = AnswerFields(request.POST or None, rows=rows, words=part.words, said=said)
    if attempt(form, lambda: actions.answer_part(by=actor, part=part, words=form.cleaned_data["words"], said=form.made())) is not None:
        return saved(request, _("Thank you. Your report is in; you may change it until the round is closed."), back)
    seat = by_key(plan.region, {part.key}).get(part.key)
    context: dict[str, Any] = {"form": form, "part": part, "round": part.round, "plan": plan, "name": _name(plan), "seat": seat, "back": back}
    return render(request, "plans/report.html", context, status=422 if form.errors else 200)
