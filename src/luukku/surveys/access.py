"""The one door to questionnaires, surveys and answers: the region's coordinator keeps hers, the national owner those of all; whoever is asked has a
link; results that are shared are read by the network of the region."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, secret_of
from luukku.network.access import is_inside
from luukku.network.access.working import coordinated
from luukku.network.enums import Role
from luukku.network.models import Region
from luukku.surveys.models import Invitation, Questionnaire, Survey, Theme
from luukku.surveys.models.questionnaires import QuestionnaireQuerySet
from luukku.surveys.models.questions import Content
from luukku.surveys.models.surveys import SurveyQuerySet


def _owns_templates(actor: Actor) -> bool:
    return any(seat.role == Role.NATIONAL_OWNER for seat in actor.seats)


def keeps_surveys(actor: Actor) -> bool:
    """Whether surveys are hers to make: she coordinates a region, or owns the common templates."""
    return actor.is_staff and (bool(coordinated(actor)) or _owns_templates(actor))


def can_keep(actor: Actor, region_id: int | None) -> bool:
    """Questionnaires and surveys of a region are its coordinator's, those of all the national owner's."""
    if actor.kind == "house":
        return True
    return _owns_templates(actor) if region_id is None else region_id in coordinated(actor)


def visible_questionnaires(actor: Actor) -> QuestionnaireQuerySet:
    """The common ones, and those of her regions; for those who make surveys."""
    if actor.kind == "house":
        return Questionnaire.objects.all()
    if not keeps_surveys(actor):
        return Questionnaire.objects.none()
    return Questionnaire.objects.filter(Q(region=None) | Q(region__in=coordinated(actor)))


def get_questionnaire(actor: Actor, pk: int) -> Questionnaire:
    """Raises NotFound."""
    found = visible_questionnaires(actor).select_related("region").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_surveys(actor: Actor) -> SurveyQuerySet:
    """Those that the actor keeps, and those whose results are shared with her."""
    if actor.kind == "house":
        return Survey.objects.all()
    if not actor.is_staff or not is_inside(actor):
        return Survey.objects.none()
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.surveys_read()")
        return Survey.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()])


def get_survey(actor: Actor, pk: int) -> Survey:
    """Raises NotFound."""
    found = visible_surveys(actor).select_related("version__questionnaire", "region").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def survey_regions(actor: Actor) -> "QuerySet[Region]":
    """For which regions the actor may ask."""
    return Region.objects.on(timezone.localdate()).filter(pk__in=coordinated(actor)).order_by("code")


def token_of(invitation: Invitation) -> str:
    """The secret of somebody's own link."""
    return secret_of(f"survey:{invitation.seed}")


def open_token(survey: Survey) -> str:
    """The secret of the link that everybody may use; there must be one."""
    return secret_of(f"survey for all:{survey.link_seed}")


@dataclass(frozen=True)
class Door:
    """What a link opens: a survey for whoever holds it, or for one who is invited. `answered`: it has been used up."""

    survey_id: int
    digest: bytes
    invitation_id: int | None = None
    language: str = ""
    answered: bool = False


def door_of(token: str) -> Door | None:
    """None for a link that opens nothing. One statement."""
    return door_by(digest_of(token))


def door_by(digest: bytes) -> Door | None:
    """As it is now, by the digest of its link."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.surveys_open(%s)", [digest])
        row = cursor.fetchone()
    return Door(row[0], digest, row[1], row[2], row[3]) if row else None


def survey_of(door: Door) -> Survey:
    """What the link opens. One statement."""
    return Survey.objects.select_related("version", "region").get(pk=door.survey_id)


def own_draft(door: Door) -> tuple[Content, str]:
    """What the holder of the link has saved under her name, and how far she has come; empty for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select content, state from wall.surveys_own(%s)", [door.digest])
        row = cursor.fetchone()
    return (_read(row[0]), row[1]) if row else ({}, "")


def invited(door: Door) -> tuple[str, str]:
    """Name and address by which the holder of a link was invited to a survey that takes needs; empty for the open link. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select name, email from wall.surveys_invited(%s)", [door.digest])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else ("", "")


def _read(given: Any) -> Content:
    found: Content = json.loads(given) if isinstance(given, str) else given
    return found


def invitations_of(survey: Survey) -> "QuerySet[Invitation]":
    """Who is invited by name, as the wall lets one read it: all of them to who keeps the survey."""
    return Invitation.objects.filter(survey=survey).select_related("person").order_by("id")


def themes_of(survey: Survey) -> "QuerySet[Theme]":
    """Under which answers in own words have been put, as the wall lets one read them: with the results."""
    return Theme.objects.filter(survey=survey)


def get_theme(survey: Survey, pk: int) -> Theme:
    """Raises NotFound."""
    found = themes_of(survey).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def answer_rows(surveys: "Mapping[int, Survey]") -> list[tuple[int, Content, int | None]]:
    """Survey, answers and organisation of each response that the actor may see counted: none of a survey with too few. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select survey_id, content, organisation_id from wall.surveys_rows(%s)", [list(surveys)])
        return [(row[0], _read(row[1]), row[2]) for row in cursor.fetchall()]


def turnout_of(keys: "list[int]") -> dict[int, tuple[int, int]]:
    """How many are invited and have answered, by the key of the survey. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.surveys_turnout(%s)", [keys])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def waiting_for(actor: Actor) -> "QuerySet[Invitation]":
    """The actor's own invitations that she has not answered."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.surveys_waiting()")
        return Invitation.objects.filter(pk__in=[pk for (pk,) in cursor.fetchall()]).select_related("survey").order_by("survey__closes_at", "id")
