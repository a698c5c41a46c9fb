"""Self-assessments for screens: a group's years, and one of them with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_noop as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.months import Months
from luukku.core.registries import Measure
from luukku.governance.access import can_keep, visible_meetings
from luukku.governance.enums import MeetingState, MinutesState
from luukku.governance.models import Decision, Group, Meeting, SelfAssessment, Task
from luukku.surveys.access import turnout_of
from luukku.surveys.queries.frozen import thaw
from luukku.surveys.queries.results import Results

EARLIER = 4


@dataclass(frozen=True)
class AssessmentPage:
    """`results` once opened; `answered` of `invited` for who keeps the group, until then; the meetings at which it can be opened."""

    assessment: SelfAssessment
    results: Results | None
    decisions: Sequence[Decision]
    tasks: Sequence[Task]
    invited: int
    answered: int
    meetings: Sequence[Meeting]
    keeps: bool


def years_of(group: Group) -> list[SelfAssessment]:
    """The latest first. One statement."""
    return list(SelfAssessment.objects.filter(group=group).select_related("survey", "meeting").order_by("-year"))


def assessment_page(actor: Actor, group: Group, year: int) -> AssessmentPage:
    """Some six statements. Raises NotFound."""
    rows = SelfAssessment.objects.filter(group=group).select_related("survey__version", "survey__region", "meeting", "item", "group__region")
    found = {each.year: each for each in rows}
    mine = found.get(year)
    if mine is None:
        raise NotFound
    keeps = can_keep(actor, group)
    if mine.opened_at is None:
        invited, answered = turnout_of([mine.survey_id]).get(mine.survey_id, (0, 0)) if keeps else (0, 0)
        return AssessmentPage(mine, None, (), (), invited, answered, openable(actor, group) if keeps else (), keeps)
    return AssessmentPage(mine, opened(mine, list(found.values())), *_came_of(mine), 0, 0, (), keeps)


def opened(mine: SelfAssessment, all_years: Sequence[SelfAssessment]) -> Results:
    """With the group's earlier years beside it."""
    before = sorted((each for each in all_years if each.year < mine.year and each.opened_at is not None), key=lambda each: -each.year)[:EARLIER]
    return thaw(mine.survey, mine.results, [(str(each.year), each.results) for each in before])


def _came_of(assessment: SelfAssessment) -> tuple[list[Decision], list[Task]]:
    """Decisions and tasks under its point of the meeting. Two statements."""
    if assessment.item_id is None:
        return [], []
    decisions = list(Decision.objects.filter(item=assessment.item_id).order_by("number"))
    return decisions, list(Task.objects.filter(item=assessment.item_id).select_related("membership__person").order_by("due_day", "id"))


def openable(actor: Actor, group: Group) -> list[Meeting]:
    """Meetings of the group whose agenda can still be changed, the next first. One statement."""
    rows = visible_meetings(actor).filter(group=group, minutes_state__in=(MinutesState.NONE, MinutesState.DRAFT))
    return list(rows.exclude(state=MeetingState.CANCELLED).order_by("starts_at")[:20])


def _assessed(region_id: int, months: Months) -> tuple[float | None, int]:
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.governance_assessed(%s, %s, %s)", [region_id, months.first, months.until])
        mean, answers = cursor.fetchone()
    return mean, int(answers)


MEASURES = {"governance.assessed": Measure(_("How groups see their own work (1–7)"), "mean", _assessed)}
