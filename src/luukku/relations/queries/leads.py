"""Leads for screens: got and given, open ones by when they are to be answered."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.paging import Cursor, Page, capped_counts, paged
from luukku.customers.models import Company
from luukku.relations.access import LEAD_RELATED, visible_leads
from luukku.relations.enums import OPEN_LEADS
from luukku.relations.models import Lead

SIZE = 50


class Tab:
    GOT, GIVEN, ENDED = "tulleet", "annetut", "paattyneet"


@dataclass(frozen=True)
class Listed:
    """One page of one tab: what waits for the reader's organisations or for others' by when it is due, what is over newest first."""

    tab: str
    page: Page[Lead]
    counts: dict[str, int]


def listed(actor: Actor, tab: str, cursor: Cursor, *, size: int = SIZE) -> Listed:
    """Two statements, three past the first page. A lead from one of the actor's organisations to another of hers is got."""
    own, leads = actor.organisation_ids, visible_leads(actor)
    waiting = leads.filter(state__in=OPEN_LEADS)
    tabs = {
        Tab.GOT: waiting.filter(to_organisation__in=own),
        Tab.GIVEN: waiting.exclude(to_organisation__in=own),
        Tab.ENDED: leads.filter(ended_at__isnull=False),
    }
    chosen = tab if tab in tabs else Tab.GOT
    rows, over = tabs[chosen].select_related(*LEAD_RELATED), chosen == Tab.ENDED
    return Listed(chosen, paged(rows, "ended_at" if over else "due_at", cursor, size, newest_first=over), capped_counts(tabs))


def leads_of_company(actor: Actor, company: Company) -> list[Lead]:
    """Those that the actor reads, the newest first. One statement."""
    return list(visible_leads(actor).filter(company=company).select_related(*LEAD_RELATED).order_by("-id")[:20])
