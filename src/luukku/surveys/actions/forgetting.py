"""Who was asked, and who said what by name, is forgotten when its time is over; what figures stand on stays."""

from datetime import datetime

from django.db.models import QuerySet

from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.surveys.enums import Kind
from luukku.surveys.models import Invitation, Response


def invitations_due(before: datetime) -> "QuerySet[Invitation]":
    """Of surveys that were settled before the moment."""
    return Invitation.objects.filter(survey__settled_at__lt=before)


def forget_invitations(before: datetime, most: int) -> int:
    """At most so many, with the names that named answers have by them alone; as the house. Returns how many."""
    found = list(invitations_due(before).select_related("survey").order_by("id")[:most])
    for survey in {each.survey for each in found}:
        trail.record("survey.invitations_forgotten", survey, by=HOUSE, region_id=survey.region_id)
    Invitation.objects.filter(pk__in=[each.pk for each in found]).delete()
    return len(found)


def responses_due(before: datetime) -> "QuerySet[Response]":
    """Named answers of surveys that were settled before the moment, and still tell who gave them or what she wrote."""
    return Response.objects.filter(survey__settled_at__lt=before, is_anonymous=False, sent_at__isnull=False)


def forget_responses(before: datetime, most: int) -> int:
    """Name, address, time and own words go; the rest is counted on. At most so many; as the house. Returns how many."""
    found = list(responses_due(before).select_related("survey__version").order_by("id")[:most])
    for each in found:
        texts = {question.key for question in each.survey.version.questions if question.kind == Kind.TEXT}
        each.content = {name: value for name, value in each.content.items() if name not in texts}
        each.name = each.email = each.way = ""
        each.invitation = each.typed_by = each.sent_at = None
    Response.objects.bulk_update(found, ["content", "name", "email", "way", "invitation", "typed_by", "sent_at"])
    for survey in {each.survey for each in found}:
        trail.record("survey.answers_forgotten", survey, by=HOUSE, region_id=survey.region_id)
    return len(found)
