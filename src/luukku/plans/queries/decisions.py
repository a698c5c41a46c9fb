"""Recorded decisions of a region's groups, as far as the reader reads their meetings: offered in forms, and shown where a plan comes from them."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.governance.access import visible_meetings
from luukku.governance.models import Decision

MOST = 60  # that are offered, the newest


def visible_decisions(actor: Actor) -> "QuerySet[Decision]":
    """Those of meetings that she reads."""
    return Decision.objects.filter(meeting__in=visible_meetings(actor).values("pk")).select_related("meeting__group", "group")


def decision_choices(actor: Actor, region_id: int, since: date, keep: int | None = None) -> list[tuple[str, str]]:
    """The region's decisions since a day, the newest first, as a form offers them; the one that is chosen now (`keep`) stays, however old it is. One
    statement, or two."""
    own = visible_decisions(actor).filter(meeting__group__region=region_id)
    found = list(own.filter(meeting__starts_at__date__gte=since).order_by("-meeting__starts_at", "number")[:MOST])
    if keep is not None and all(each.pk != keep for each in found):
        found += own.filter(pk=keep)
    return [(f"d{each.pk}", f"{timezone.localdate(each.meeting.starts_at):%d.%m.%Y} § {each.number}: {each.words[:90]}") for each in found]


def decision_chosen(actor: Actor, region_id: int, value: str) -> Decision | None:
    """The decision that a form sent as `d17`; None for none, and for one that the reader does not know."""
    if not value.startswith("d") or not value[1:].isdecimal():
        return None
    return visible_decisions(actor).filter(pk=int(value[1:]), meeting__group__region=region_id).first()


def decision_of(actor: Actor, pk: int | None) -> Decision | None:
    """With its meeting; None for one that the reader does not know. One statement."""
    return visible_decisions(actor).filter(pk=pk).first() if pk is not None else None
