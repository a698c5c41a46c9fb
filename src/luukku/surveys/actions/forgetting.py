"""Who was asked, and who said what by name, is forgotten when its time is over; what figures stand on stays."""

from datetime import datetime

from django.db.models import QuerySet

from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.surveys.enums import Kind
from luukku.surveys.models import Invitation, Response
from luukku.surveys.models.questions import Content
from luukku.surveys.queries.themes import kept_under, under


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
    found = list(responses_due(before).select_related("survey__version").prefetch_related("survey__themes").order_by("id")[:most])
    for each in found:
        each.content = _without_words(each)
        each.name = each.email = each.way = ""
        each.invitation = each.typed_by = each.sent_at = None
    Response.objects.bulk_update(found, ["content", "name", "email", "way", "invitation", "typed_by", "sent_at"])
    for survey in {each.survey for each in found}:
        trail.record("survey.answers_forgotten", survey, by=HOUSE, region_id=survey.region_id)
    return len(found)


def _without_words(response: Response) -> Content:
    """What is left of an answer whose own words are forgotten: under which themes they stood is counted on."""
    survey, left = response.survey, dict(response.content)
    for key in (each.key for each in survey.version.questions if each.kind == Kind.TEXT and left.get(each.key)):
        themes = [each for each in survey.themes.all() if each.variable == key]
        left |= {kept_under(key): [str(each.pk) for each in under(survey.pk, key, response.content, themes)]} if themes else {}
        del left[key]
    return left
