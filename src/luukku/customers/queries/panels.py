"""What the desk's pages show of customers."""

from typing import Any

from luukku.core.actor import Actor
from luukku.customers.access.inquiring import can_ask_around


def case_panel(actor: Actor, page: Any) -> dict[str, Any] | None:
    """The way to asking whether others know the matter's customer (`page`: the desk's), for those who handle it. No statement."""
    case = page.case
    if case.customer_id is None or not page.can_handle or not can_ask_around(actor):
        return None
    return {"customer": case.customer_id, "region": case.region_id}
