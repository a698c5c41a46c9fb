"""Leads for screens: got and given, open ones by when they are to be answered."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.relations.access import LEAD_RELATED, visible_leads
from luukku.relations.enums import OPEN_LEADS
from luukku.relations.models import Lead

MOST = 100


@dataclass(frozen=True)
class Listed:
    """`got` wait for the reader's organisations, `given` wait for others', `ended` are over, the newest first."""

    got: list[Lead]
    given: list[Lead]
    ended: list[Lead]


def listed(actor: Actor) -> Listed:
    """Two statements. A lead from one of the actor's organisations to another of hers is got."""
    own = actor.organisation_ids
    leads = visible_leads(actor).select_related(*LEAD_RELATED)
    waiting = list(leads.filter(state__in=OPEN_LEADS).order_by("due_at", "id")[: 2 * MOST])
    ended = list(leads.exclude(state__in=OPEN_LEADS).order_by("-ended_at", "-id")[:MOST])
    got = [each for each in waiting if each.to_organisation_id in own]
    return Listed(got, [each for each in waiting if each.to_organisation_id not in own], ended)


def leads_of_company(actor: Actor, company: Company) -> list[Lead]:
    """Those that the actor reads, the newest first. One statement."""
    return list(visible_leads(actor).filter(company=company).select_related(*LEAD_RELATED).order_by("-id")[:20])
