"""What a customer's page of her case shows of complaints."""

from typing import Any

from luukku.complaints.access import complaint_token, visible_complaints
from luukku.core.actor import Actor
from luukku.desk.queries.status_page import StatusPage


def status_panel(actor: Actor, page: StatusPage, which: dict[str, str]) -> dict[str, Any] | None:
    """The way to complain, and those that she has made of this case. One statement."""
    made = visible_complaints(actor).filter(case=page.case).order_by("id")
    return {"which": which, "made": [(each, complaint_token(each.door_principal)) for each in made]}
