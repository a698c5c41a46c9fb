"""Leads from facts: what waits, taking or leaving one alone, writing notices down, and the region's rules."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import RuleBroken
from luukku.core.paging import Cursor
from luukku.core.ui.forms import acted, actor_of, attempt, chosen, day_field, form_page, saved, staff_only
from luukku.network.access import require
from luukku.network.models import Desk
from luukku.relations.access import can_answer_fact, get_fact, rule_regions, works_with_companies
from luukku.relations.actions import facts as acts
from luukku.relations.enums import ENTERED, Dismiss, FactKind
from luukku.relations.queries.choices import own_desks
from luukku.relations.queries.facts import listed, rules_of
from luukku.relations.web import fields
from luukku.relations.web.desks import desk_of
from luukku.relations.web.tabs import tabs


def _home() -> str:
    return reverse("relations:facts")


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rules = rule_regions(actor)
    require(works_with_companies(actor) or bool(rules))
    found = listed(actor, request.GET.get("laji", ""), Cursor.parse(request.GET))
    context = {"found": found, "tabs": tabs(actor, "facts"), "works": works_with_companies(actor), "sets_rules": bool(rules)}
    return render(request, "relations/leads/facts.html", context)


@require_POST
@staff_only
def take(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    fact = get_fact(actor, pk)
    try:
        lead = acts.take_fact(by=actor, fact=fact)
    except RuleBroken as broken:
        messages.error(request, str(broken.message))
        return redirect(_home())
    return saved(request, _("It is a lead in your hands now."), reverse("relations:lead", args=[lead.pk]))


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Dismiss, widget=forms.RadioSelect)


@staff_only
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    fact = get_fact(actor, pk)
    require(can_answer_fact(actor, fact))
    form = DismissForm(request.POST or None)
    if attempt(form, lambda: acts.dismiss_fact(by=actor, fact=fact, reason=form.cleaned_data["reason"])) is not None:
        return saved(request, _("It is left alone."), _home())
    title = _("Leave alone: %(name)s") % {"name": fact.company.name}
    return form_page(request, form, title=title, button=_("Leave it alone"), back=_home(), intro=str(FactKind(fact.kind).label))


class EnterForm(forms.Form):
    """One notice, or many rows at once."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=[(each.value, each.label) for each in ENTERED], required=False)
    business_id = fields.line(gettext_lazy("Business ID"), 12)
    day = day_field(gettext_lazy("Day"), required=False)
    words = fields.words(gettext_lazy("What is known of it"), 3)
    text = fields.words(
        gettext_lazy("Or many at once: rows of a table"), 4,
        help_text=gettext_lazy(
            "One row each: business ID; kind (lay-off or tender); day; words. Mended rows may be sent again with those that were taken."
        ),
    )  # fmt: skip

    def told(self) -> acts.Told:
        """Call after is_valid()."""
        return acts.Told(*(self.cleaned_data[name] for name in ("business_id", "kind", "day", "words")))


@staff_only
def enter(request: HttpRequest) -> HttpResponse:
    """A row of a table is: business ID; kind; day; words."""
    actor = actor_of(request)
    require(works_with_companies(actor))
    desk = desk_of(request, own_desks(actor))
    form = EnterForm(request.POST or None)
    made = attempt(form, lambda: _enter(actor, desk, form))
    if made is not None and not made.refused:
        words = ngettext("%(n)s new fact was proposed.", "%(n)s new facts were proposed.", made.new) % {"n": made.new}
        return saved(request, words + (" " + _("Known already: %(n)s.") % {"n": made.known} if made.known else ""), _home())
    for number, why in made.refused if made is not None else ():
        form.add_error("text", _("Row %(number)s: %(why)s") % {"number": number, "why": why})
    return form_page(request, form, title=_("Write down a fact"), button=_("Save"), back=_home())


def _enter(actor: Any, desk: Desk, form: EnterForm) -> acts.Report:
    if form.cleaned_data["text"].strip():
        return acts.import_facts(by=actor, desk=desk, text=form.cleaned_data["text"])
    made = acts.enter_fact(by=actor, desk=desk, told=form.told())
    return acts.Report(new=int(made is not None), known=int(made is None))


@staff_only
def rules(request: HttpRequest) -> HttpResponse:
    """To which desk each kind of fact is proposed in the region."""
    actor = actor_of(request)
    region = chosen(request, "region", rule_regions(actor))
    now, desks = rules_of(actor, region)
    form = _rules_form(request, now, desks)
    by_key = {str(desk.pk): desk for desk in desks}

    def work() -> None:
        for kind in FactKind.values:
            desk = by_key.get(form.cleaned_data[kind])
            if (desk.pk if desk else None) != (now[kind].pk if kind in now else None):
                acts.set_rule(by=actor, region=region, kind=kind, desk=desk)

    if acted(form, work):
        return saved(request, _("The rules are saved."), _home())
    title = _("To whom facts are proposed, %(region)s") % {"region": region.name}
    return form_page(request, form, title=title, button=_("Save"), back=_home(), intro=_("Facts of a kind without a desk are proposed to nobody."))


def _rules_form(request: HttpRequest, now: dict[str, Desk], desks: list[Desk]) -> forms.Form:
    form = forms.Form(request.POST or None, initial={kind: str(desk.pk) for kind, desk in now.items()})
    choices = [("", _("Nobody")), *((str(desk.pk), f"{desk.organisation.name}, {desk.name}") for desk in desks)]
    for kind in FactKind:
        form.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=choices, required=False)
    return form
