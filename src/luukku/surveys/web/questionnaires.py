"""Questionnaires: listed, written, tried, taken into use."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import require
from luukku.network.models import Region
from luukku.surveys.access import can_keep, get_questionnaire, keeps_surveys, survey_regions
from luukku.surveys.actions import questionnaires as actions
from luukku.surveys.models import Questionnaire, Survey
from luukku.surveys.models.questionnaires import TAKEN_OVER
from luukku.surveys.queries.lists import listed_questionnaires, newest_version
from luukku.surveys.web.answer_form import AnswerForm
from luukku.surveys.web.forms import QuestionFields, QuestionnaireFields


def url_of(pk: int) -> str:
    return reverse("surveys:questionnaire", kwargs={"pk": pk})


def own_region(request: HttpRequest) -> Region | None:
    """For whom the actor makes one: her region, or, as the national owner, all."""
    return survey_regions(actor_of(request)).first()


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(keeps_surveys(actor))
    rows = [(each, can_keep(actor, each.region_id)) for each in listed_questionnaires(actor)]
    return render(request, "surveys/questionnaires.html", {"rows": rows})


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), own_region(request)
    require(keeps_surveys(actor))
    form, key = QuestionnaireFields(request.POST or None), request.POST.get("submit_key")
    made = attempt(form, lambda: actions.create_questionnaire(by=actor, region=region, form=form.made(), submit_key=key))
    if made is not None:
        return saved(request, _("It is there. Write its questions, then take it into use."), url_of(made.pk))
    return form_page(request, form, title=_("New questionnaire"), button=_("Go on to the questions"), back=reverse("surveys:questionnaires"))


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_questionnaire(actor_of(request), pk)
    version = newest_version(found)
    context = {"questionnaire": found, "version": version, "questions": version.questions, "keeps": can_keep(actor, found.region_id)}
    return render(request, "surveys/questionnaire.html", context)


def _kept(request: HttpRequest, pk: int) -> Questionnaire:
    found = get_questionnaire(actor_of(request), pk)
    require(can_keep(actor_of(request), found.region_id))
    return found


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    form = QuestionnaireFields(request.POST or None, questionnaire=found)
    if attempt(form, lambda: actions.edit_questionnaire(by=actor, questionnaire=found, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    return form_page(request, form, title=str(found.title), button=_("Save"), back=url_of(pk))


@staff_only
def question(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """A new question, or one of those that are there."""
    actor, found = actor_of(request), _kept(request, pk)
    questions = newest_version(found).questions
    place = next((number for number, each in enumerate(questions) if each.key == key), len(questions))
    if key and place == len(questions):
        raise NotFound
    form = QuestionFields(request.POST or None, before=questions[:place], question=questions[place] if key else None)
    if attempt(form, lambda: actions.save_question(by=actor, questionnaire=found, question=form.made())) is not None:
        return saved(request, _("The question is saved."), url_of(pk))
    context = {"form": form, "questionnaire": found, "key": key, "back": url_of(pk)}
    return render(request, "surveys/question.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def question_up(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    return do_now(request, lambda: actions.move_question_up(by=actor, questionnaire=found, key=key), done=_("It has moved up."), to=url_of(pk))


@require_POST
@staff_only
def question_out(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    return do_now(request, lambda: actions.remove_question(by=actor, questionnaire=found, key=key), done=_("The question is gone."), to=url_of(pk))


@require_POST
@staff_only
def take(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    done = _("It is in use: new surveys ask this. Surveys that are out keep their questions.")
    return do_now(request, lambda: actions.take_into_use(by=actor, questionnaire=found), done=done, to=url_of(pk))


@require_POST
@staff_only
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_questionnaire(actor_of(request), pk)
    made = actions.copy_questionnaire(by=actor, questionnaire=found, region=own_region(request))
    return saved(request, _("Here is your own copy. Change it as you like, then take it into use."), url_of(made.pk))


@staff_only
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), _kept(request, pk)
    return confirm_page(
        request,
        lambda: actions.retire_questionnaire(by=actor, questionnaire=found),
        title=_("Take %(title)s out of use?") % {"title": found.title},
        text=_("No new survey is made of it. Surveys that have been made, and their answers, stay."),
        button=_("Take out of use"),
        back=url_of(pk),
        done=_("It is out of use."),
        after=reverse("surveys:questionnaires"),
    )


@require_safe
@staff_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As those see it who answer, in any language; nothing can be sent."""
    found = get_questionnaire(actor_of(request), pk)
    version = newest_version(found)
    spoken = request.GET.get("kieli", "")
    survey = Survey(version=version, **{name: getattr(found, name) for name in TAKEN_OVER})
    with translation.override(spoken if spoken in LANGUAGES else translation.get_language()):
        form = AnswerForm(None, survey=survey, asks_who=True)
        context: dict[str, Any] = {
            "survey": survey,
            "form": form,
            "questionnaire": found,
            "languages": LANGUAGES,
            "spoken": translation.get_language(),
        }
        return render(request, "surveys/preview.html", context)
