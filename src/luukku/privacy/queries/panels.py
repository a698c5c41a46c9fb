"""What the desk's pages show of consents."""

from typing import Any

from luukku.core.actor import Actor
from luukku.customers.access import visible_consents
from luukku.customers.enums import ConsentKind
from luukku.customers.models import Consent
from luukku.desk.queries.case_page import CasePage
from luukku.desk.queries.status_page import StatusPage


def status_panel(actor: Actor, page: StatusPage, which: dict[str, str]) -> dict[str, Any] | None:
    """Whether she passes her data on, and the way to her own data; nothing where nobody knows who she is."""
    if page.case.customer_id is None or actor.is_staff:
        return None
    return {"which": which, "scope": page.passes_to}


def case_panel(actor: Actor, page: CasePage) -> dict[str, Any] | None:
    """The same for those who handle the matter. One statement."""
    if page.case.customer_id is None or not page.can_handle:
        return None
    return {"number": page.case.number, "passing": _passing(actor, page.case.customer_id, page.case.region_id, page.case.pk)}


def _passing(actor: Actor, customer_id: int, region_id: int, matter: int) -> Consent | None:
    """The consent in force that reaches furthest."""
    given = visible_consents(actor).in_force().filter(customer_id=customer_id, region=region_id, kind=ConsentKind.PASSING)
    return next(iter(sorted((each for each in given if each.matter in (None, matter)), key=lambda each: each.matter is not None)), None)
