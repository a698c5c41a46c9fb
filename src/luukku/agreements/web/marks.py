"""The right to the common mark: the public register, applications step by step, where the mark is shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.agreements import access
from luukku.agreements.actions import marking
from luukku.agreements.models import MarkApplication, MarkUse
from luukku.agreements.queries.marks import mark_page, register
from luukku.agreements.web.agreements import kept
from luukku.agreements.web.mark_forms import DecisionFields, JudgementFields, RuleFields, StepWordsFields, UseFields, WordsFields
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, base_of, do_now, form_page, saved, staff_only
from luukku.network.access import require

COLOURS = {"applied": "blue", "prepared": "blue", "presented": "blue", "granted": "green", "conditional": "yellow", "returned": "red"}


def _url(pk: int) -> str:
    return reverse("agreements:mark", kwargs={"pk": pk})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who holds the mark, until when, and where it is shown; and the agreements that are public."""
    actor = actor_of(request)
    found = register(actor)
    context = {"register": found, "base": base_of(actor), "can_edit": access.can_edit_template(actor), "colours": COLOURS}
    return render(request, "agreements/marks.html", context)


@staff_only
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = WordsFields(request.POST or None)
    made = attempt(form, lambda: marking.apply(by=actor, agreement=agreement, words=form.cleaned_data["words"]))
    if made is not None:
        return saved(request, _("The right is applied for. What the system sees of each criterion stands beside it."), _url(made.pk))
    intro = _("Eight criteria are looked at. Most of them the system sees by itself; tell here what it cannot see.")
    back = reverse("agreements:agreement", kwargs={"pk": pk})
    return form_page(request, form, title=_("Apply for the common mark"), button=_("Send the application"), back=back, intro=intro)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = mark_page(actor_of(request), pk)
    context = {"page": page, "mark": page.mark, "agreement": page.mark.agreement, "colour": COLOURS[page.mark.state]}
    return render(request, "agreements/mark.html", context)


@staff_only
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = mark_page(actor, pk)
    require(page.can_judge)
    form = JudgementFields(request.POST or None, criteria=page.criteria)
    if attempt(form, lambda: marking.judge(by=actor, application=page.mark, judgements=form.made())) is not None:
        return saved(request, _("The judgement is saved."), _url(pk))
    context = {"form": form, "page": page, "mark": page.mark, "agreement": page.mark.agreement, "rows": form.rows()}
    return render(request, "agreements/judge.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, pk: int) -> MarkApplication:
    return access.get_mark(actor_of(request), pk)


@staff_only
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mark = actor_of(request), _open(request, pk)
    form = StepWordsFields(request.POST or None)
    if attempt(form, lambda: marking.prepare(by=actor, application=mark, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("It is prepared, and goes to be presented."), _url(pk))
    return form_page(request, form, title=_("Preparation"), button=_("It is prepared"), back=_url(pk))


@staff_only
def present(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mark = actor_of(request), _open(request, pk)
    form = StepWordsFields(request.POST or None)
    if attempt(form, lambda: marking.present(by=actor, application=mark, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("It is presented, and waits for its decision."), _url(pk))
    return form_page(request, form, title=_("Presentation"), button=_("Present it"), back=_url(pk))


@staff_only
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mark = actor_of(request), _open(request, pk)
    form = DecisionFields(request.POST or None)
    if attempt(form, lambda: marking.decide(by=actor, application=mark, **form.cleaned_data)) is not None:
        return saved(request, _("The decision is made."), _url(pk))
    return form_page(request, form, title=_("Decision on the common mark"), button=_("Decide"), back=_url(pk))


@staff_only
def conditions_met(request: HttpRequest, pk: int) -> HttpResponse:
    actor, mark = actor_of(request), _open(request, pk)
    require(mark_page(actor, pk).can_see_met)
    form = StepWordsFields(request.POST or None)
    if attempt(form, lambda: marking.meet_conditions(by=actor, application=mark, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("The conditions are met, and the right is granted."), _url(pk))
    intro = mark.conditions
    return form_page(request, form, title=_("The conditions of the mark are met"), button=_("They are met"), back=_url(pk), intro=intro)


@staff_only
def add_use(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """Where a party (`which`) shows the mark."""
    actor = actor_of(request)
    agreement = access.get_agreement(actor, pk)
    party = agreement.partys.select_related("organisation", "agreement").filter(pk=which).first()
    if party is None:
        raise NotFound
    require(access.can_note_use(actor, party))
    form = UseFields(request.POST or None, guide=access.rule_of_today().guide)
    if attempt(form, lambda: marking.note_use(by=actor, party=party, **form.cleaned_data)) is not None:
        return saved(request, _("It is written down where the mark is shown."), reverse("agreements:marks"))
    title = _("Where does %(name)s show the mark?") % {"name": party.organisation}
    return form_page(request, form, title=title, button=_("Add"), back=reverse("agreements:marks"))


@require_POST
@staff_only
def end_use(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.visible_uses(actor).select_related("party__agreement", "agreement").filter(pk=pk).first()
    if found is None:
        raise NotFound
    use: MarkUse = found
    return do_now(request, lambda: marking.end_use(by=actor, use=use), done=_("It is shown there no more."), to=reverse("agreements:marks"))


@staff_only
def rule(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(access.can_edit_template(actor))
    form = RuleFields(request.POST or None, rule=access.rule_of_today())
    if attempt(form, lambda: marking.set_rule(by=actor, **form.cleaned_data)) is not None:
        return saved(request, _("The rule is saved. Applications that have begun keep theirs."), reverse("agreements:marks"))
    return form_page(request, form, title=_("Who prepares, presents and decides"), button=_("Save"), back=reverse("agreements:marks"))
