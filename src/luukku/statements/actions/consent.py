"""The customer's word on who sees her plan: given, refused, taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.customers.enums import ConsentWay
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.statements.access import RELATED, can_ask, visible_plans
from luukku.statements.actions.asking import check_answers, send
from luukku.statements.actions.turns import close, leave, tell_asker, tell_customer, tell_giver
from luukku.statements.enums import StatementState
from luukku.statements.models import Consent, Plan, Statement


def agree(*, by: Actor, plan: Plan, leave_out: Collection[int] = (), answers: Mapping[str, Any] | None = None, at: datetime | None = None) -> Plan:
    """She agrees, leaves out the statements with these keys, and answers what the form asks of her. Raises RuleBroken, NotAllowed."""
    with work_on(plan.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked, proposed = _lock(by, plan), _proposed(plan)
        if not proposed:
            raise RuleBroken(_("You have answered this already."))
        kept = [each for each in proposed if each.pk not in set(leave_out)]
        if not kept:
            raise RuleBroken(_("Choose at least one, or say that nothing may be shown."))
        if locked.frozen_at is None:
            locked.answers = check_answers(locked.form, {**locked.answers, **(answers or {})}, whole=True)
            locked.save(update_fields=["answers"])
        send(work, locked, kept, way=ConsentWay.PAGE)
        for each in proposed:
            if each in kept:
                tell_asker(work, each, "agreed")
            else:
                _stop(work, each)
        return locked


def refuse(*, by: Actor, plan: Plan, at: datetime | None = None) -> Plan:
    """She does not want it shown to those who wait for her word: nothing leaves, and nobody is asked. Raises RuleBroken, NotAllowed."""
    with work_on(plan.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked, proposed = _lock(by, plan), _proposed(plan)
        if not proposed:
            raise RuleBroken(_("You have answered this already."))
        for each in proposed:
            _stop(work, each)
        return locked


def take_back(*, by: Actor, consent: Consent, at: datetime | None = None) -> Consent:
    """The consent ends, at once: those who were asked see the plan no more, and what has not been given is not awaited any more.

    By the customer, or by whoever asked, as she told them. What has been signed stays with the case. Raises RuleBroken, NotAllowed.
    """
    plan = visible_plans(by).filter(pk=consent.plan_id).first()
    if plan is None:
        raise NotFound
    with work_on(plan.case_id, by=by, at=at) as work:
        resting = _statements(plan, consent=consent)
        if not by.is_staff:
            require_customer(by, work.case)
        elif not resting or not can_ask(by, resting[0]):
            raise NotAllowed
        locked = Consent.objects.select_for_update().get(pk=consent.pk)
        if locked.withdrawn_at is not None:
            raise RuleBroken(_("This consent has been taken back already."))
        for each in resting:
            if each.state in (StatementState.SENT, StatementState.ACCEPTED):
                _stop(work, each)
                tell_giver(work, each, "withdrawn")
        locked.withdrawn_at, locked.withdrawal_by_id = max(work.at, locked.given_at), by.person_id
        locked.save(update_fields=["withdrawn_at", "withdrawal_by"])
        if resting:
            leave(work, resting[0], "consent_ended", by_customer=not by.is_staff, receivers=len(locked.receivers))
        if by.is_staff:
            tell_customer(work, "consent_ended")
        return locked


def _stop(work: Work, statement: Statement) -> None:
    close(work, statement, StatementState.WITHDRAWN, by_customer=True)
    leave(work, statement, "withdrawn", by_customer=True)
    tell_asker(work, statement, "refused")


def end_all(work: Work) -> None:
    """The customer needs no more help: whatever is asked on her case is withdrawn before its parts end."""
    for each in _lock_rows(Statement.objects.open().filter(case=work.case)):
        seen = each.state != StatementState.PROPOSED
        close(work, each, StatementState.WITHDRAWN, by_customer=True)
        leave(work, each, "withdrawn", by_customer=True)
        if seen:
            tell_giver(work, each, "withdrawn")


def _lock(by: Actor, plan: Plan) -> Plan:
    found = visible_plans(by).select_for_update(of=("self",)).select_related("form").filter(pk=plan.pk).first()
    if found is None:
        raise NotFound
    return found


def _proposed(plan: Plan) -> list[Statement]:
    return [each for each in _statements(plan) if each.state == StatementState.PROPOSED]


def _statements(plan: Plan, **only: Any) -> list[Statement]:
    return _lock_rows(Statement.objects.filter(plan=plan, **only))


def _lock_rows(rows: Any) -> list[Statement]:
    return list(rows.select_for_update(of=("self",)).select_related(*RELATED).order_by("id"))
