"""The asker needs a statement no more: it is withdrawn, with the reason."""

from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.work import checked_words, work_on
from luukku.statements.access import can_ask
from luukku.statements.actions.turns import close, leave, lock, tell_customer, tell_giver
from luukku.statements.enums import OPEN, StatementState
from luukku.statements.models import Statement


def withdraw(*, by: Actor, statement: Statement, reason: str, at: datetime | None = None) -> Statement:
    """It is not asked for any more; whoever was asked sees nothing of it from now on. Raises RuleBroken when it has been answered, NotAllowed."""
    said = checked_words(reason, field="reason")
    if not can_ask(by, statement):
        raise NotAllowed
    with work_on(statement.case_id, by=by, at=at) as work:
        locked = lock(statement)
        if locked.state not in OPEN:
            raise RuleBroken(_("This statement has been given or closed already."))
        seen = locked.state != StatementState.PROPOSED
        close(work, locked, StatementState.WITHDRAWN, reason=said)
        leave(work, locked, "withdrawn", by_customer=False)
        if seen:
            tell_giver(work, locked, "withdrawn")
            tell_customer(work, "withdrawn")
        return locked
