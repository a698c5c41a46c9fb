"""Needs are mapped on a matter: while the customer is on the phone, or right after a contact was logged."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, do_now, saved, staff_only
from luukku.desk.access import get_case
from luukku.network.access import require
from luukku.relations.access import organisation_on, visible_talks
from luukku.relations.actions.talks import give_answer, make_case_of_answer, map_needs
from luukku.relations.models import TalkAnswer
from luukku.relations.queries.choices import desks_for_leads, own_desks
from luukku.relations.queries.talks import TalkPage, talk_page
from luukku.relations.web.needs.answers import AnswerForm


class TalkForm(AnswerForm):
    """The questions of one map, and whether the customer's name goes along with a need."""

    may_pass = forms.BooleanField(label=gettext_lazy("Agreed that we pass the name and contact data on with a need"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, page: TalkPage) -> None:
        own = page.own
        super().__init__(data, initial={"may_pass": own.may_pass if own else False})
        self.ask(page.questions, own.answers.all() if own else ())


def url(number: str, code: str = "") -> str:
    return reverse("relations:talk", args=[number]) + (f"?kartta={code}" if code else "")


@staff_only
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """One map's questions; what was found stands above with what becomes of it."""
    actor = actor_of(request)
    case = get_case(actor, number)
    require(organisation_on(actor, case) is not None)
    page = talk_page(actor, case, request.GET.get("kartta", ""))
    chosen = page.chosen
    form = TalkForm(request.POST or None, page)
    if chosen is not None:
        code = chosen.code
        made = attempt(form, lambda: map_needs(by=actor, case=case, need_map=chosen, answers=form.answered(), may_pass=form.cleaned_data["may_pass"]))
        if made is not None:
            return saved(request, _("The answers are saved."), url(case.number, code))
    return render(request, "relations/needs/talk.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
@staff_only
def give(request: HttpRequest, number: str, answer: int) -> HttpResponse:
    """A need becomes a lead for the chosen desk, or a matter at one's own."""
    actor = actor_of(request)
    case = get_case(actor, number)
    found = TalkAnswer.objects.filter(pk=answer, talk__case=case, talk__in=visible_talks(actor)).select_related("talk__need_map").first()
    here = next((each for each in own_desks(actor) if each.region_id == case.region_id), None)
    if found is None or here is None:
        raise NotFound
    to = url(case.number, found.talk.need_map.code)
    if "oma" in request.POST:
        return do_now(request, lambda: make_case_of_answer(by=actor, answer=found, own_desk=here), done=_("It is a matter at your desk now."), to=to)
    desk = next((each for each in desks_for_leads(actor, case.region_id) if each.pk == key_of(request.POST.get("desk"))), None)
    if desk is None:
        raise NotFound
    return do_now(request, lambda: give_answer(by=actor, answer=found, own_desk=here, to_desk=desk), done=_("The lead has been given."), to=to)
