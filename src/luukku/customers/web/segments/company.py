"""A company's segment: why it is what it is, since when, and what people say and mark."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.customers import access
from luukku.customers.actions import segmenting as actions
from luukku.customers.enums import Mark
from luukku.customers.models import Company
from luukku.customers.queries.segments.books import rule_of
from luukku.customers.queries.segments.company import segment_page
from luukku.customers.queries.segments.words import facts_in_words, rule_in_words, segment_name
from luukku.customers.web.segments.forms import EndForm, MarkForm, SayForm
from luukku.network.access import require


def address(company: Company) -> str:
    return reverse("customers:company-segment", args=[company.business_id])


def shown(actor: Actor, company: Company) -> dict[str, Any]:
    """The part on the company's page, and the head of the page of its segment."""
    page = segment_page(company)
    spell = next((each for each in page.spells if each.end_day is None), None)
    return {
        "company": company, "segment": segment_name(page.segment) if page.segment else "", "facts": facts_in_words(page.facts), "page": page,
        "rule": rule_in_words(page.proposed.rule) if page.proposed else "", "number": page.proposed.number if page.proposed else 0,
        "proposed": segment_name(page.proposed.segment) if page.proposed else "", "since": spell.first_day if spell else None,
        "marks": [each for each in page.marks if each.ended_at is None], "can_edit": access.can_edit_companies(actor),
        "can_mark": any(access.can_mark(actor, mark) for mark in Mark),
    }  # fmt: skip


@require_safe
@staff_only
def segment(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    context = shown(actor, access.get_company(actor, business_id))
    page = context["page"]
    context["spells"] = [
        (segment_name(each.segment), each, rule_in_words(rule_of(each.rule)) if each.rule else "") for each in page.spells if each.segment
    ]  # fmt: skip
    context["ended"] = [each for each in (*page.marks, *page.sayings) if each.ended_at is not None]
    context["may_end"] = {each.mark for each in context["marks"] if access.can_mark(actor, Mark(each.mark))}
    return render(request, "customers/segments/company.html", context)


@staff_only
def say(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = access.get_company(actor, business_id)
    require(access.can_edit_companies(actor))
    form = SayForm(request.POST or None)
    if attempt(form, lambda: actions.say_segment(by=actor, company=company, **form.cleaned_data)):
        return saved(request, _("Written down. It holds until somebody lets the rules decide again."), address(company))
    return form_page(request, form, title=_("Another segment for %(name)s") % {"name": company.name}, button=_("Save"), back=address(company))


@staff_only
def by_rules(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = access.get_company(actor, business_id)
    require(access.can_edit_companies(actor))
    form = EndForm(request.POST or None)
    if attempt(form, lambda: actions.let_rules_say(by=actor, company=company, **form.cleaned_data)):
        return saved(request, _("The rules decide again."), address(company))
    return form_page(request, form, title=_("Let the rules decide again"), button=_("Let the rules decide"), back=address(company))


@staff_only
def mark(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = access.get_company(actor, business_id)
    require(any(access.can_mark(actor, each) for each in Mark))
    form = MarkForm(request.POST or None, actor=actor)
    if attempt(form, lambda: actions.mark_company(by=actor, company=company, **form.cleaned_data)):
        return saved(request, _("The company is marked."), address(company))
    return form_page(request, form, title=_("Mark %(name)s") % {"name": company.name}, button=_("Mark"), back=address(company))


@staff_only
def end_mark(request: HttpRequest, business_id: str, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = access.get_company(actor, business_id)
    require(code in Mark.values and access.can_mark(actor, Mark(code)))
    form = EndForm(request.POST or None)
    if attempt(form, lambda: actions.end_mark(by=actor, company=company, mark=code, **form.cleaned_data)):
        return saved(request, _("The mark is ended."), address(company))
    title = _("End the mark: %(name)s") % {"name": Mark(code).label}
    return form_page(request, form, title=title, button=_("End the mark"), back=address(company))
