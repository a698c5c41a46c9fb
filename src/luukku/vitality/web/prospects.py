"""Prospects: the list, the board, one, and what is done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from luukku.core.paging import Cursor
from luukku.core.ui.forms import acted, actor_of, attempt, form_page, saved, staff_only
from luukku.core.ui.sought import sought
from luukku.core.ui.tables import table_file
from luukku.desk.access import visible_cases
from luukku.desk.queries.addresses import case_url
from luukku.development.queries.choices import people_of
from luukku.network.access import require
from luukku.vitality.access import get_prospect, sells, sells_for
from luukku.vitality.actions import prospects as acts
from luukku.vitality.enums import OPEN_STAGES, TONES, Stage
from luukku.vitality.models import Prospect
from luukku.vitality.queries import prospects as reads
from luukku.vitality.web import forms
from luukku.vitality.web.shared import desk_of, tabs


def url(pk: int) -> str:
    return reverse("vitality:prospect", args=[pk])


def _wanted(request: HttpRequest) -> reads.Wanted:
    mine = actor_of(request).person_id if request.GET.get("minun") else None
    tab, stage = request.GET.get("tila", reads.Tab.OPEN)[:20], request.GET.get("vaihe", "")[:20]
    return reads.Wanted(tab, stage, mine, sought(request, "q")[:100])


def _shown(rows: list[Prospect]) -> list[tuple[Prospect, str, str]]:
    return [(each, str(Stage(each.stage).label), TONES[Stage(each.stage)]) for each in rows]


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), _wanted(request)
    require(sells(actor))
    found = reads.listed(actor, wanted, Cursor.parse(request.GET))
    words = (
        (reads.Tab.OPEN, pgettext("prospects", "Open")),
        (reads.Tab.WON, pgettext("prospect", "Located here")),
        (reads.Tab.LOST, pgettext("prospect", "Did not come")),
    )
    context = {
        "found": found, "wanted": wanted, "rows": _shown(found.page.rows), "tabs": tabs(actor, "prospects"), "today": timezone.localdate(),
        "states": [(name, each, found.counts[name]) for name, each in words], "stages": [(each.value, each.label) for each in OPEN_STAGES],
    }  # fmt: skip
    return render(request, "vitality/prospects.html", context)


@require_safe
@staff_only
def board(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), _wanted(request)
    require(sells(actor))
    columns = reads.board(actor, wanted)
    context = {"columns": columns, "wanted": wanted, "tabs": tabs(actor, "board"), "today": timezone.localdate()}
    return render(request, "vitality/board.html", context)


@require_safe
@staff_only
def table(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed; whom to contact stays inside."""
    actor = actor_of(request)
    require(sells(actor))
    heads = [
        _("Company"), _("Where it is from: town or country"), _("What it does"), pgettext("prospect", "Stage"), _("Jobs"), _("Per cent"),
        _("Square metres"), _("Investment, euros"), _("Next step"), _("When"), _("Who is responsible"), _("Why"),
    ]  # fmt: skip
    rows = (
        [
            each.name, each.home, each.field, str(Stage(each.stage).label), str(each.jobs if each.jobs_came is None else each.jobs_came),
            str(each.likely), str(each.area or ""), str(each.investment or ""), each.next_step, each.next_on.isoformat(), each.responsible.name,
            str(each.get_reason_display()) if each.reason else "",
        ]
        for each in reads.narrowed(actor, _wanted(request)).order_by("next_on", "id").iterator(chunk_size=2000)
    )  # fmt: skip
    return table_file(request, f"sijoittumiset-{timezone.localdate().isoformat()}", heads, rows)


@staff_only
def begin(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sells(actor))
    desk, desks = desk_of(request, actor)
    form = forms.EditProspectForm(request.POST or None, people=people_of(desk.organisation_id), person_id=actor.person_id)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: acts.begin_prospect(by=actor, desk=desk, form=form.form(), submit_key=key))
    if made is not None:
        return saved(request, _("The prospect is written down."), url(made.pk))
    context = {"form": form, "desk": desk, "desks": desks, "back": reverse("vitality:prospects")}
    return render(request, "vitality/begin.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = reads.prospect_page(actor, pk)
    found = page.prospect
    case = visible_cases(actor).filter(pk=found.case_id).first() if found.case_id else None
    context = {
        "page": page, "prospect": found, "stage": Stage(found.stage).label, "tone": TONES[Stage(found.stage)], "today": timezone.localdate(),
        "case": case, "case_url": case_url(case.number) if case else "", "notes": [(each, Stage(each.stage).label) for each in page.notes],
    }  # fmt: skip
    return render(request, "vitality/prospect.html", context)


def _own(request: HttpRequest, pk: int) -> Prospect:
    found = get_prospect(actor_of(request), pk)
    require(sells_for(actor_of(request), found.organisation_id))
    return found


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    people = {each.pk: each for each in [*people_of(found.organisation_id), found.responsible]}
    form = forms.EditProspectForm(request.POST or None, people=list(people.values()), prospect=found)
    if attempt(form, lambda: acts.change_prospect(by=actor, prospect=found, form=form.form())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Change the prospect"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    form = forms.TakeOnForm(request.POST or None, initial={"stage": found.stage})
    if attempt(form, lambda: acts.take_on(by=actor, prospect=found, **form.cleaned_data)) is not None:
        return saved(request, _("Written down. The next step is in the tasks of whoever is responsible."), url(pk))
    return form_page(request, form, title=_("What happened, and what next"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def share(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    form = forms.ShareForm(request.POST or None, found, reads.sharable(found))
    if acted(form, lambda: acts.share_prospect(by=actor, prospect=found, **form.cleaned_data)):
        return saved(request, _("Saved. Those who were named anew have been told."), url(pk))
    intro = _("They read all of it, also whom to contact, and write down what they hear. You alone change it and close it.")
    return form_page(request, form, title=_("Share the prospect"), button=_("Save"), back=url(pk), intro=intro)


@staff_only
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_prospect(actor_of(request), pk)
    require(sells(actor))
    form = forms.HeardForm(request.POST or None)
    if attempt(form, lambda: acts.note_prospect(by=actor, prospect=found, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("It is in the history."), url(pk))
    return form_page(request, form, title=_("What you have heard"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def win(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    known = found.company.business_id if found.company else ""
    form = forms.WinForm(request.POST or None, initial={"came_on": timezone.localdate(), "jobs": found.jobs, "business_id": known})
    if attempt(form, lambda: acts.win_prospect(by=actor, prospect=found, **form.cleaned_data)) is not None:
        return saved(request, _("Located in the region. It counts in this year’s figures."), url(pk))
    return form_page(request, form, title=_("It comes to the region"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def lose(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    form = forms.LoseForm(request.POST or None)
    if attempt(form, lambda: acts.lose_prospect(by=actor, prospect=found, **form.cleaned_data)) is not None:
        return saved(request, _("Closed. What was reserved for it is free again."), url(pk))
    return form_page(request, form, title=_("It does not come"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def again(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    form = forms.AgainForm(request.POST or None)
    if attempt(form, lambda: acts.open_again(by=actor, prospect=found, **form.cleaned_data)) is not None:
        return saved(request, _("It is open again."), url(pk))
    return form_page(request, form, title=_("Open the prospect again"), button=_("Open again"), back=url(pk), intro=found.name)


@staff_only
def make_case(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _own(request, pk)
    desk, _desks = desk_of(request, actor, organisation_id=found.organisation_id)
    form = forms.CaseForm(request.POST or None, initial={"words": found.words})
    case = attempt(form, lambda: acts.make_case_of_prospect(by=actor, prospect=found, desk=desk, words=form.cleaned_data["words"]))
    if case is not None:
        return saved(request, _("It is a matter in your hands now."), case_url(case.number))
    return form_page(request, form, title=_("Make it a matter"), button=_("Make it a matter"), back=url(pk), intro=found.name)
