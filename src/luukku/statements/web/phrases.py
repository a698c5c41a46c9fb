"""A statement's state in words and colours."""

from django.utils.translation import gettext as _

from luukku.statements.enums import StatementState
from luukku.statements.queries.statement_page import StatementPage

COLOURS = {
    StatementState.PROPOSED: "yellow", StatementState.SENT: "yellow", StatementState.ACCEPTED: "blue", StatementState.GIVEN: "green",
    StatementState.DECLINED: "red", StatementState.WITHDRAWN: "grey",
}  # fmt: skip


def whose_turn(page: StatementPage) -> str:
    """What happens next, and by whom."""
    words = _giver_turn(page) if page.is_giver else _asker_turn(page)
    return words % {"giver": page.statement.giver_name}


def _giver_turn(page: StatementPage) -> str:
    correcting = page.statement.state == StatementState.GIVEN and page.draft is not None
    return {
        StatementState.SENT: _("Say whether you give the statement"),
        StatementState.ACCEPTED: _("Write the statement and sign it"),
        StatementState.GIVEN: _("Finish the correction and sign it") if correcting else _("The statement has been given"),
    }.get(StatementState(page.statement.state), _("The statement is not awaited any more"))


def _asker_turn(page: StatementPage) -> str:
    return {
        StatementState.PROPOSED: _("The customer says on their page whether their plan may be shown"),
        StatementState.SENT: _("%(giver)s says whether it gives the statement"),
        StatementState.ACCEPTED: _("%(giver)s writes the statement"),
        StatementState.GIVEN: _("Go through the statement with the customer"),
        StatementState.DECLINED: _("%(giver)s does not give the statement. Ask somebody else, or go on without it"),
    }.get(StatementState(page.statement.state), _("The statement is not awaited any more"))
