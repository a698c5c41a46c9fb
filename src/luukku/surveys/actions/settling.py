"""The end of a survey: its box is opened once, and its answers written down in no order. As the house."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.core.suppression import told_apart
from luukku.surveys.actions.surveys import close_survey
from luukku.surveys.enums import ResponseState, SurveyState
from luukku.surveys.models import Box, Invitation, Receipt, Response, Survey
from luukku.surveys.queries.boxes import Entry, opened


def settle(survey_id: int, at: datetime | None = None) -> int:
    """Take the answers of a closed survey out of their box; who has answered is known no more. Once only. Returns how many."""
    with transaction.atomic():
        survey = Survey.objects.select_for_update().filter(pk=survey_id, state=SurveyState.CLOSED, settled_at=None).first()
        if survey is None:
            return 0
        invited = Invitation.objects.filter(survey=survey, is_resting=False).count()
        if survey.is_anonymous:
            _empty(survey)
        Response.objects.filter(survey=survey, state=ResponseState.DRAFT).delete()
        survey.invited_count, survey.answered_count = invited, Response.objects.filter(survey=survey).count()
        survey.settled_at = at or timezone.now()
        survey.save(update_fields=["invited_count", "answered_count", "settled_at"])
        trail.record("survey.settled", survey, by=HOUSE, region_id=survey.region_id, at=at, answers=survey.answered_count)
        return survey.answered_count


def _empty(survey: Survey) -> None:
    """All in one statement, in an order drawn by lot."""
    entries = [entry for box in Box.objects.filter(survey=survey).order_by("number") for entry in opened(box.sealed)]
    secrets.SystemRandom().shuffle(entries)
    known = _known_organisations(entries, survey.hide_below)
    Response.objects.bulk_create(
        Response(survey=survey, content=each.content, organisation_id=each.organisation_id if each.organisation_id in known else None)
        for each in entries
    )
    Box.objects.filter(survey=survey).delete()
    Receipt.objects.filter(invitation__survey=survey).delete()


def _known_organisations(entries: Sequence[Entry], fewest: int) -> set[int]:
    """Those from which so many have answered that the name of the organisation tells of nobody."""
    counts = Counter(each.organisation_id for each in entries if each.organisation_id is not None)
    keys = sorted(counts)
    shown = told_apart(len(entries), *(counts[key] for key in keys))
    return {key for key, count in zip(keys, shown, strict=True) if count is not None and count >= fewest}


def close_due(now: datetime | None = None) -> int:
    """Surveys whose day has passed are closed, and those that a lost job left behind are settled. Returns how many answers were taken out."""
    moment = now or timezone.now()
    for survey in Survey.objects.filter(state=SurveyState.OPEN, closes_at__lte=moment).order_by("id"):
        close_survey(by=HOUSE, survey=survey, at=moment)
    waiting = list(Survey.objects.filter(state=SurveyState.CLOSED, settled_at=None).order_by("id").values_list("pk", flat=True))
    return sum(settle(pk) for pk in waiting)
