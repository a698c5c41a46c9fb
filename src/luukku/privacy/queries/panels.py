"""What the desk's pages show of consents."""

from typing import Any

from luukku.core.actor import Actor
from luukku.desk.queries.agreed import agreed_of
from luukku.desk.queries.case_page import CasePage
from luukku.desk.queries.status_page import StatusPage


def status_panel(actor: Actor, page: StatusPage, which: dict[str, str]) -> dict[str, Any] | None:
    """Whether she passes her data on, and the way to her own data; nothing where nobody knows who she is."""
    if page.case.customer_id is None or actor.is_staff:
        return None
    return {"which": which, "scope": page.passes_to}


def case_panel(actor: Actor, page: CasePage) -> dict[str, Any] | None:
    """The same for those who handle the matter."""
    if page.case.customer_id is None or not page.can_handle:
        return None
    scope = page.case.passes_to  # type: ignore[attr-defined]
    return {"number": page.case.number, "scope": scope, "agreed": agreed_of(page.handovers)}
