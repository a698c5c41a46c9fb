"""Surveys and questionnaires for lists, and what of them waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.network.enums import Role
from luukku.network.models import Participation, Person, Seat
from luukku.surveys.access import can_keep, keeps_surveys, token_of, turnout_of, visible_questionnaires, visible_surveys, waiting_for
from luukku.surveys.models import Questionnaire, Survey, Version

MOST = 200


@dataclass(frozen=True)
class SurveyRow:
    """A survey with how many are invited and have answered; `invited` 0 when nobody was invited by name."""

    survey: Survey
    invited: int
    answered: int

    @property
    def share(self) -> float | None:
        return min(1.0, self.answered / self.invited) if self.invited else None


def listed_surveys(actor: Actor) -> list[SurveyRow]:
    """The open ones first, then those that closed last. Three statements."""
    found = list(visible_surveys(actor).select_related("region", "version__questionnaire").order_by("-closes_at", "id")[:MOST])
    turnout = turnout_of([each.pk for each in found])
    rows = [SurveyRow(each, *turnout.get(each.pk, (0, 0))) for each in found]
    return sorted(rows, key=lambda row: ("draft", "open", "closed").index(row.survey.state))


def survey_row(survey: Survey) -> SurveyRow:
    """One statement."""
    return SurveyRow(survey, *turnout_of([survey.pk]).get(survey.pk, (0, 0)))


def listed_questionnaires(actor: Actor) -> "QuerySet[Questionnaire]":
    """Each with the number of its version in use, whether one is being written, and how many surveys have asked it. One statement."""
    found = visible_questionnaires(actor).in_use().select_related("region")
    return found.annotate(
        in_use_number=Max("versions__number", filter=Q(versions__taken_at__isnull=False)),
        drafts=Count("versions", filter=Q(versions__taken_at=None), distinct=True),
        asked=Count("versions__surveys", distinct=True),
    ).order_by("region__code", "id")[:MOST]


def askable(actor: Actor, region_id: int | None) -> "QuerySet[Questionnaire]":
    """Those that can be asked in the region: with a version in use."""
    taken = Version.objects.exclude(taken_at=None).values("questionnaire_id")
    return visible_questionnaires(actor).in_use().filter(Q(region=None) | Q(region=region_id), pk__in=taken).order_by("id")


def people_of(region_id: int | None) -> "QuerySet[Person]":
    """Everybody with a seat in the region today, or in an organisation that takes part in it; without a region, in the whole network."""
    seats = Seat.objects.on(timezone.localdate()).exclude(role=Role.SHEPHERD)
    if region_id is not None:
        parts = Participation.objects.on(timezone.localdate()).filter(region=region_id)
        seats = seats.filter(Q(region=region_id) | Q(organisation__in=parts.values("organisation")))
    return Person.objects.active().filter(pk__in=seats.values("person_id")).order_by("id")


def newest_version(questionnaire: Questionnaire) -> Version:
    """The one that is being written, else the one in use."""
    return Version.objects.filter(questionnaire=questionnaire).order_by("-number")[0]


def my_due(actor: Actor) -> Sequence[DueThing]:
    """Surveys that wait for the actor's answer, and hers that close within a week. Three statements at most."""
    if not actor.is_staff:
        return []
    waiting = waiting_for(actor)
    found = [
        DueThing(each.survey.last_day, str(each.survey.title), _("Survey"), reverse("surveys:answer", kwargs={"token": token_of(each)}))
        for each in waiting
    ]
    if keeps_surveys(actor):
        soon = timezone.now() + timedelta(days=7)
        for survey in visible_surveys(actor).open().filter(closes_at__lte=soon):
            if can_keep(actor, survey.region_id):
                words = _("Closes: %(title)s") % {"title": survey.title}
                found.append(DueThing(survey.last_day, words, _("Survey"), reverse("surveys:survey", kwargs={"pk": survey.pk})))
    return found
