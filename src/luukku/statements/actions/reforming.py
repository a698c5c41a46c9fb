"""Statements under way go along when organisations merge or split: who asks, and who is asked."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.desk.actions.work import work_on
from luukku.network.actions.reforms.moving import Mover
from luukku.statements.actions.turns import close, leave, lock, tell_asker
from luukku.statements.enums import AWAITED, OPEN, StatementState
from luukku.statements.models import Plan, Statement, StatementForm


def carry_statements(mover: Mover) -> None:
    """Those that hold a part of a matter; the organisation's own forms when everything goes."""
    if not mover.is_legal:
        mover.tell("statements.back", _give_back(mover))
    under_way = Statement.objects.filter(state__in=OPEN)
    for old, new in mover.desks.items():
        asked = under_way.filter(from_desk=old, leg__desk=new)
        plans = list(asked.order_by().values_list("plan", flat=True).distinct())
        mover.change(Plan.objects.filter(pk__in=plans, desk=old), desk_id=new.pk)
        mover.change(asked, what="statements.open", from_desk_id=new.pk)
        mine = under_way.filter(mover.within(region="region", person="to_person"), to_desk=old)
        mover.change(mine, what="statements.open", to_desk_id=new.pk)
    if mover.everything:
        forms = StatementForm.objects.in_use().filter(organisation=mover.source)
        mover.change(forms, what="statements.forms", organisation_id=mover.target.pk)


def _give_back(mover: Mover) -> int:
    """A customer showed her plan to whom was asked: who is not its successor in law is asked anew. Returns how many go back to their askers."""
    asked = Statement.objects.filter(mover.within(region="region", person="to_person"), to_desk__in=mover.desks, state__in=AWAITED)
    found = list(asked.order_by("case_id", "pk"))
    for each in found:
        with work_on(each.case_id, by=mover.by, at=mover.at) as work:
            locked = lock(each)
            locked.next_words = str(mover.target.name)
            reason = gettext("The organisation that was asked has become part of another one. Ask that one anew.")
            close(work, locked, StatementState.DECLINED, reason=reason)
            leave(work, locked, "declined")
            tell_asker(work, locked, "declined")
    return len(found)


PARTS: Final = {
    "statements.open": ReformPart(
        240,
        ("statements.Statement.from_desk", "statements.Statement.to_desk", "statements.Plan.desk", "statements.StatementForm.organisation"),
        carry_statements,
        {"statements.open": _("Statements under way"), "statements.forms": _("Forms of statements")},
        {"statements.back": _("Statements that are awaited go back to their askers: the plans were shown to the old one only")},
    ),
}
