"""Whoever answers may need something now: what she tells becomes a matter at the region's door, by whoever keeps doors (registered above)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.registries import Registry
from luukku.network.models import Municipality, Region
from luukku.surveys.enums import LISTED, SCALED, Kind
from luukku.surveys.models import Survey
from luukku.surveys.models.questions import Content, Question, shown


@dataclass(frozen=True)
class NeedTold:
    """What she needs and how she is reached, as she wrote it. `along`: what she answered may go with it. `answers` are added here."""

    words: str
    name: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    municipality: Municipality | None = None
    along: bool = False
    answers: str = ""


NeedTaker = Callable[[Actor, Region, NeedTold], str]  # gives the address of the receipt; raises RuleBroken by the names of the fields above
need_takers: Registry[NeedTaker] = Registry("who takes a need that was told in a survey")


def takes_needs(survey: Survey) -> bool:
    """Whether whoever answers this survey may ask to be contacted: somebody takes it, and the region's door is open."""
    return survey.takes_needs and survey.region is not None and survey.region.is_live and bool(need_takers.all())


def take_need(*, by: Actor, survey: Survey, told: NeedTold, content: Content) -> str:
    """Hand a need on with the survey's name and, if she lets it, what she answered; returns where the receipt stands; empty where the survey
    asks for no needs. Raises RuleBroken, also when the region's door was closed meanwhile."""
    if not survey.takes_needs or survey.region is None:
        return ""
    if not takes_needs(survey):
        raise RuleBroken(
            _("The door has been closed meanwhile, so what you need cannot be taken here. Take the tick away to send your answers alone."),
            field="wants",
        )
    told = replace(
        told,
        answers="\n".join(
            [_("Told in the survey: %(title)s") % {"title": survey.title}, *(_lines(survey.version.questions, content) if told.along else ())]
        ),
    )
    try:
        receipt = need_takers.all()[0](by, survey.region, told)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field=f"need_{broken.field}" if broken.field else None) from broken
    trail.record("survey.need_told", survey, by=by, region_id=survey.region_id)
    return receipt


def _lines(questions: list[Question], content: Content) -> list[str]:
    return [f"– {words}: {answer}" for question in shown(questions, content) for words, answer in _answers(question, content)]


def _answers(question: Question, content: Content) -> list[tuple[str, str]]:
    """The question with what was answered to it, in words; a row of a matrix each."""
    named = dict(question.codes_and_words)
    if question.kind == Kind.MATRIX:
        rows = [(f"{question.words}, {row.words}", content.get(f"{question.key}.{row.code}")) for row in question.rows]
        return [(words, f"{value}/{question.high}") for words, value in rows if value is not None]
    value = content.get(question.key)
    if value is None:
        return []
    if isinstance(value, list):
        return [(str(question.words), ", ".join(named.get(code, code) for code in value))]
    if question.kind in SCALED:
        return [(str(question.words), f"{value}/{question.high}")]
    return [(str(question.words), named.get(str(value), str(value)) if question.kind in LISTED else str(value))]
