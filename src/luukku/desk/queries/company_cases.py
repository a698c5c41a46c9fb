"""The matters of one company, on its page: those that the reader may see, by its business ID."""

from typing import Any

from django.db.models import Q

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.desk.access import visible_cases
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.nearest import NEAREST, nearest_of

MOST = 20


def company_cases(actor: Actor, company: Company) -> dict[str, Any] | None:
    """For the panel: newest first, open ones before ended ones; None for who handles no cases. One statement."""
    if not actor.is_staff or not actor.principals:
        return None
    found = visible_cases(actor).filter(Q(company=company) | Q(business_id=company.business_id)).select_related("region").order_by("-is_open", "-pk")
    cases = list(found.annotate(**NEAREST)[: MOST + 1])
    shown = [(case, case_url(case.number), nearest_of(case)) for case in cases[:MOST]]
    return {"cases": shown, "more": len(cases) > MOST}
