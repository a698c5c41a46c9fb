"""Leads from facts for screens: the list with counts by kind, and the rules of a region."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.paging import Cursor, Page, paged
from luukku.network.models import Desk, Region
from luukku.relations.access import visible_facts
from luukku.relations.enums import FactKind, FactState
from luukku.relations.models import FactLead, FactRule
from luukku.relations.queries.choices import desks_for_leads

SIZE = 50
CHANGES = (FactKind.LAYOFF, FactKind.GROWTH, FactKind.SUCCESSION, FactKind.MOVED, FactKind.CLOSED)


def counted_changes(actor: Actor, region_id: int, since: datetime) -> dict[str, int]:
    """What has happened to companies since then, as far as the actor's organisations know, by kind. One statement."""
    found = visible_facts(actor).filter(region=region_id, kind__in=CHANGES, day__gte=timezone.localdate(since))
    return dict(found.order_by("kind").values_list("kind").annotate(n=Count("company", distinct=True)))


@dataclass(frozen=True)
class Counted:
    """Of the last year, of what the reader reads: by kind how many wait, were taken and were left alone."""

    kind: str
    label: str
    waits: int
    taken: int
    dismissed: int


@dataclass(frozen=True)
class Listed:
    page: Page[FactLead]
    counts: list[Counted]
    chosen: str


def listed(actor: Actor, kind: str, cursor: Cursor, *, size: int = SIZE) -> Listed:
    """What waits for an answer, the newest first. Three statements at most."""
    seen = visible_facts(actor)
    waiting = seen.filter(state=FactState.WAITS, organisation__in=actor.organisation_ids)
    if kind in FactKind.values:
        waiting = waiting.filter(kind=kind)
    page = paged(waiting.select_related("company__municipality", "organisation"), "day", cursor, size, newest_first=True)
    year = seen.filter(made_at__gt=timezone.now() - timedelta(days=365)).order_by().values("kind")
    states = {state.value: Count("pk", filter=Q(state=state)) for state in FactState}
    rows: dict[str, dict[str, Any]] = {row["kind"]: dict(row) for row in year.annotate(**states)}
    counts = [Counted(each.value, str(each.label), *(rows[each][state] for state in FactState.values)) for each in FactKind if each in rows]
    return Listed(page, counts, kind if kind in FactKind.values else "")


def waiting_by_kind(actor: Actor, desk_id: int) -> list[tuple[str, int]]:
    """How many wait at a desk, by kind in the order of the kinds. One statement."""
    waiting = visible_facts(actor).filter(desk=desk_id, state=FactState.WAITS).order_by()
    counts = dict(waiting.values_list("kind").annotate(Count("pk")))
    return [(each.value, counts[each.value]) for each in FactKind if each.value in counts]


def rules_of(actor: Actor, region: Region) -> tuple[dict[str, Desk], list[Desk]]:
    """The desk of each kind that has one, and the desks to choose from. Two statements."""
    found = FactRule.objects.filter(region=region).select_related("desk__organisation")
    return {each.kind: each.desk for each in found}, desks_for_leads(actor, region.pk)
