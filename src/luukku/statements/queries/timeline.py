"""Plans of a company that were shown for an opinion, on its timeline: when it was asked and when it was given."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry
from luukku.customers.models import Company
from luukku.desk.queries.company_cases import matters_of
from luukku.statements.access import visible_statements
from luukku.statements.models import Statement


def statement_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Of the matters that the reader sees, her founder's too. Two statements."""
    if not actor.is_staff or not actor.principals:
        return []
    seen = visible_statements(actor).filter(case__in=matters_of(actor, company).values("pk")).select_related("plan", "to_desk__organisation")
    asked = seen.filter(sent_at__lte=until).order_by("-sent_at", "-pk")[:most]
    given = seen.filter(given_at__lte=until).order_by("-given_at", "-pk")[:most]
    found = [_entry(each, each.sent_at, "a", _("A statement was asked for")) for each in asked if each.sent_at is not None]
    return found + [_entry(each, each.given_at, "g", _("A statement was given")) for each in given if each.given_at is not None]


def _entry(each: Statement, at: datetime, kind: str, title: str) -> TimelineEntry:
    giver = str(each.to_desk.organisation.name) if each.to_desk is not None else each.outside_name
    return TimelineEntry(at, f"{kind}{each.pk}", title, f"{each.plan.title}, {giver}", reverse("statements:statement", args=[each.pk]))
