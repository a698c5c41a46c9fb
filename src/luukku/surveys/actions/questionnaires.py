"""Questionnaires: written as a draft, taken into use as a version, which stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.translated import LANGUAGES
from luukku.network.access import require
from luukku.network.models import Region
from luukku.surveys.access import can_keep
from luukku.surveys.enums import CODED, LISTED, SCALED, Kind
from luukku.surveys.models import Questionnaire, Version
from luukku.surveys.models.questionnaires import FEWEST, TAKEN_OVER
from luukku.surveys.models.questions import Question, as_json

MOST_QUESTIONS, MOST_OPTIONS, LONGEST_SCALE = 80, 40, 11
SETTINGS = ("is_anonymous", "hide_below", "for_customers", "asks_organisation", "takes_needs")


@dataclass(frozen=True)
class QuestionnaireForm:
    titles: Mapping[str, str]
    intros: Mapping[str, str]
    is_anonymous: bool = True
    hide_below: int = 5
    for_customers: bool = False
    asks_organisation: bool = False
    takes_needs: bool = False


def create_questionnaire(*, by: Actor, region: Region | None, form: QuestionnaireForm, submit_key: str | None = None) -> Questionnaire:
    """An empty one, to be written. Raises NotAllowed, RuleBroken."""
    key = region.pk if region is not None else None
    require(can_keep(by, key))
    columns = _columns(form)

    def make() -> int:
        made = Questionnaire.objects.create(region=region, **columns)
        Version.objects.create(questionnaire=made, number=1)
        trail.record("questionnaire.made", made, by=by, region_id=key)
        return made.pk

    with transaction.atomic():
        return Questionnaire.objects.select_related("region").get(pk=once(submit_key, make, "questionnaire", key, form.titles.get("fi")))


def copy_questionnaire(*, by: Actor, questionnaire: Questionnaire, region: Region | None) -> Questionnaire:
    """One's own, with the questions of another, to be changed. Raises NotAllowed."""
    key = region.pk if region is not None else None
    require(can_keep(by, key) and (questionnaire.region_id is None or can_keep(by, questionnaire.region_id)))
    with transaction.atomic():
        made = Questionnaire.objects.create(region=region, **{name: getattr(questionnaire, name) for name in TAKEN_OVER})
        last = Version.objects.filter(questionnaire=questionnaire).order_by("-number").first()
        Version.objects.create(questionnaire=made, number=1, content=last.content if last is not None else [])
        trail.record("questionnaire.copied", made, by=by, region_id=key, source=questionnaire.pk)
    return made


def edit_questionnaire(*, by: Actor, questionnaire: Questionnaire, form: QuestionnaireForm) -> Questionnaire:
    """How it is asked from the next survey on. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, questionnaire.region_id))
    columns = _columns(form)
    with transaction.atomic():
        for name, value in columns.items():
            setattr(questionnaire, name, value)
        questionnaire.save(update_fields=list(columns))
        trail.record("questionnaire.edited", questionnaire, by=by, region_id=questionnaire.region_id)
    return questionnaire


def retire_questionnaire(*, by: Actor, questionnaire: Questionnaire, at: datetime | None = None) -> Questionnaire:
    """No new survey is made of it; those that were stay. Raises NotAllowed, RuleBroken for one that the product itself asks by."""
    require(can_keep(by, questionnaire.region_id))
    if questionnaire.code:
        raise RuleBroken(_("This one came with the product, and groups ask by it. Change it instead."))
    with transaction.atomic():
        questionnaire.retired_at = at or timezone.now()
        questionnaire.save(update_fields=["retired_at"])
        trail.record("questionnaire.retired", questionnaire, by=by, region_id=questionnaire.region_id, at=at)
    return questionnaire


def _columns(form: QuestionnaireForm) -> dict[str, object]:
    if not any(title.strip() for title in form.titles.values()):
        raise RuleBroken(_("Give the questionnaire a name."), field="title_fi")
    if form.hide_below < FEWEST:
        raise RuleBroken(_("At least %(n)s: of fewer answers everybody could tell whose they are.") % {"n": FEWEST}, field="hide_below")
    if form.takes_needs and form.is_anonymous:
        raise RuleBroken(_("Nobody can be contacted by an anonymous answer. Choose a named one, or leave this out."), field="takes_needs")
    texts = {f"title_{code}": form.titles.get(code, "").strip() for code in LANGUAGES}
    texts |= {f"intro_{code}": form.intros.get(code, "").strip() for code in LANGUAGES}
    return texts | {name: getattr(form, name) for name in SETTINGS}


def draft_of(*, by: Actor, questionnaire: Questionnaire) -> Version:
    """The version that is being written, locked; made from the one in use if there is none. Raises NotAllowed."""
    require(can_keep(by, questionnaire.region_id))
    Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    found = Version.objects.filter(questionnaire=questionnaire, taken_at=None).first()
    if found is not None:
        return found
    last = Version.objects.filter(questionnaire=questionnaire).order_by("-number")[0]
    return Version.objects.create(questionnaire=questionnaire, number=last.number + 1, content=last.content)


def save_question(*, by: Actor, questionnaire: Questionnaire, question: Question) -> Question:
    """A new one comes last (its key is empty); else it takes the place of the one with its key. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        draft = draft_of(by=by, questionnaire=questionnaire)
        questions = draft.questions
        places = {each.key: place for place, each in enumerate(questions)}
        if question.key:
            place = places[question.key]
        else:
            place, question = len(questions), replace(question, key=f"q{_next_number(questionnaire)}")
        check_question(question, questions[:place])
        questions[place : place + 1] = [question]
        _save(by, draft, questions, "questionnaire.asked")
    return question


def _next_number(questionnaire: Questionnaire) -> int:
    """Higher than any of its versions has used: a key means the same question for ever."""
    used = [each.key for version in Version.objects.filter(questionnaire=questionnaire) for each in version.questions]
    return max((int(key[1:]) for key in used if key[1:].isdigit()), default=0) + 1


def check_question(question: Question, before: Sequence[Question]) -> None:
    """Raises RuleBroken with the field to mend."""
    if question.kind not in Kind.values:
        raise RuleBroken(_("Choose what kind of answer it asks for."), field="kind")
    if not any(text.strip() for text in question.text.values()):
        raise RuleBroken(_("Write the question."), field="text_fi")
    if len(before) >= MOST_QUESTIONS:
        raise RuleBroken(_("A questionnaire has at most %(n)s questions.") % {"n": MOST_QUESTIONS})
    if question.kind in LISTED:
        _check_list(question.options, 2, "options")
    if question.kind == Kind.MATRIX:
        _check_list(question.rows, 1, "rows")
    if question.kind in SCALED and not 2 <= question.high - question.low + 1 <= LONGEST_SCALE:
        raise RuleBroken(_("A scale has from 2 to %(n)s steps.") % {"n": LONGEST_SCALE}, field="high")
    if question.rule is not None:
        asked = next((each for each in before if each.key == question.rule.question), None)
        if asked is None or asked.kind not in CODED:
            raise RuleBroken(_("The rule looks at an earlier question with a scale or a list."), field="rule_question")
        if not question.rule.codes or not set(question.rule.codes) <= set(asked.codes):
            raise RuleBroken(_("Name answers of that question by their codes: %(codes)s.") % {"codes": ", ".join(asked.codes)}, field="rule_codes")


def _check_list(options: Sequence[object], fewest: int, field: str) -> None:
    codes = [getattr(each, "code", "") for each in options]
    if not fewest <= len(options) <= MOST_OPTIONS or len(set(codes)) != len(codes):
        raise RuleBroken(_("Write from %(a)s to %(b)s lines, each with a code of its own.") % {"a": fewest, "b": MOST_OPTIONS}, field=field)


def move_question_up(*, by: Actor, questionnaire: Questionnaire, key: str) -> None:
    """Raises NotAllowed, RuleBroken when a rule would come before what it looks at."""
    with transaction.atomic():
        draft = draft_of(by=by, questionnaire=questionnaire)
        questions = draft.questions
        place = next((number for number, each in enumerate(questions) if each.key == key), 0)
        if place:
            questions[place - 1], questions[place] = questions[place], questions[place - 1]
            _keep_rules(questions)
            _save(by, draft, questions, "questionnaire.ordered")


def remove_question(*, by: Actor, questionnaire: Questionnaire, key: str) -> None:
    """Raises NotAllowed, RuleBroken when a rule looks at it."""
    with transaction.atomic():
        draft = draft_of(by=by, questionnaire=questionnaire)
        left = [each for each in draft.questions if each.key != key]
        _keep_rules(left)
        _save(by, draft, left, "questionnaire.shortened")


def _keep_rules(questions: Sequence[Question]) -> None:
    for place, each in enumerate(questions):
        if each.rule is not None and each.rule.question not in {earlier.key for earlier in questions[:place]}:
            raise RuleBroken(_("“%(question)s” is shown by what is answered to it, so it must stay before it.") % {"question": each.words})


def _save(by: Actor, draft: Version, questions: Sequence[Question], event: str) -> None:
    draft.content = [as_json(each) for each in questions]
    draft.save(update_fields=["content"])
    trail.record(event, draft.questionnaire, by=by, region_id=draft.questionnaire.region_id, version=draft.number, questions=len(questions))


def take_into_use(*, by: Actor, questionnaire: Questionnaire, at: datetime | None = None) -> Version:
    """Surveys that are made from now on ask this; those that are out keep theirs. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, questionnaire.region_id))
    with transaction.atomic():
        draft = Version.objects.select_for_update().filter(questionnaire=questionnaire, taken_at=None).first()
        if draft is None or not draft.content:
            raise RuleBroken(_("There is nothing new to take into use: write a question first."))
        draft.taken_at = at or timezone.now()
        draft.save(update_fields=["taken_at"])
        trail.record("questionnaire.taken", questionnaire, by=by, region_id=questionnaire.region_id, at=at, version=draft.number)
    return draft
