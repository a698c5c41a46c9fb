"""What lies with whom: statements that we are asked for, and those that we wait for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.desk.access.desks import handling_organisations
from luukku.statements.access import RELATED, visible_statements
from luukku.statements.enums import AWAITED, OPEN, StatementState
from luukku.statements.models import Statement

MOST = 200
GIVEN_DAYS = 60


@dataclass(frozen=True)
class Statements:
    """`asked` of us, `awaited` by us, and what has been `given` lately, by us or to us."""

    asked: list[Statement]
    awaited: list[Statement]
    given: list[Statement]


def statements_of(actor: Actor, *, now: datetime | None = None) -> Statements:
    """The most urgent first. One statement."""
    ours = handling_organisations(actor)
    since = (now or timezone.now()) - timedelta(days=GIVEN_DAYS)
    to_us, from_us = Q(to_desk__organisation__in=ours), Q(from_desk__organisation__in=ours)
    wanted = Q(to_us, state__in=AWAITED) | Q(from_us, state__in=OPEN) | Q(to_us | from_us, state=StatementState.GIVEN, given_at__gte=since)
    rows = visible_statements(actor).filter(wanted).select_related(*RELATED).order_by(F("due_at").asc(nulls_last=True), "id")[:MOST]
    asked, awaited, given = [], [], []
    for row in rows:
        if row.state == StatementState.GIVEN:
            given.append(row)
        elif row.to_desk is not None and row.to_desk.organisation_id in ours and row.state in AWAITED:
            asked.append(row)
        else:
            awaited.append(row)
    return Statements(asked, awaited, sorted(given, key=lambda each: each.given_at or since, reverse=True))
