"""What a case's pages show of statements."""

from typing import Any

from luukku.core.actor import Actor
from luukku.desk.enums import ENDED_STATES
from luukku.desk.queries.case_page import CasePage
from luukku.desk.queries.status_page import StatusPage
from luukku.statements.enums import OPEN, StatementState
from luukku.statements.queries.on_case import statements_of_case


def case_panel(actor: Actor, page: CasePage) -> dict[str, Any] | None:
    """For the staff: each statement in a line, and the way to ask for one. One statement where any was asked for, else none."""
    mine = next(
        (each.leg for each in page.legs if each.can_handle and each.leg.state not in ENDED_STATES and each.leg.waiting_for != "statement"), None
    )
    any_asked = any(event.action.startswith("statement.") for event in page.history)
    found = statements_of_case(actor, page.case.pk) if any_asked else []
    if not found and mine is None:
        return None
    return {"statements": found, "leg": mine, "number": page.case.number, "open": [each for each in found if each.state in OPEN]}


def status_panel(actor: Actor, page: StatusPage, which: dict[str, str]) -> dict[str, Any] | None:
    """For the customer: of whom, by when, and that it came. One statement where her case has several parts, else none."""
    found = statements_of_case(actor, page.case.pk) if len(page.legs) > 1 else []
    shown = [each for each in found if each.state not in (StatementState.DECLINED, StatementState.WITHDRAWN)]
    if not found:
        return None
    return {
        "statements": shown,
        "which": which,
        "asked": [each for each in shown if each.state == StatementState.PROPOSED],
        "plans": sorted({each.plan_id for each in found}),
    }
