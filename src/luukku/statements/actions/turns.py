"""What every turn of a statement leaves behind: an event of the case, its part set going or ended, and mails to those whom it concerns."""

from django.utils import translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.trail import Fact
from luukku.desk.actions.handover.turns import told_at
from luukku.desk.actions.legs import end_leg
from luukku.desk.actions.waiting import go_on
from luukku.desk.actions.work import Work
from luukku.desk.enums import ENDED_STATES, CaseState, ClockEnd, ClockKind
from luukku.desk.models import Leg
from luukku.desk.queries.reaching import language_of
from luukku.statements.access import RELATED
from luukku.statements.enums import StatementState
from luukku.statements.models import Statement


def leg_of(work: Work, statement: Statement) -> Leg:
    """The locked part that waits for it."""
    return next(leg for leg in work.legs if leg.pk == statement.leg_id)


def lock(statement: Statement) -> Statement:
    """The row as it is now, locked until the end of the transaction. Its case is locked already."""
    return Statement.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=statement.pk)


def leave(work: Work, statement: Statement, action: str, **more: Fact) -> None:
    """An event of the case: who asked whom on which form, and minutes since it was asked."""
    since = int((work.at - statement.sent_at).total_seconds() // 60) if statement.sent_at else None
    work.record(
        f"statement.{action}", leg=leg_of(work, statement), statement=statement.pk, form=statement.form.form_id,
        from_org=statement.from_desk.organisation_id, to_org=statement.to_desk.organisation_id if statement.to_desk else None,
        outside=statement.to_desk_id is None, minutes=since, **more,
    )  # fmt: skip


def close(work: Work, statement: Statement, state: StatementState, *, reason: str = "", by_customer: bool = False) -> None:
    """It is awaited no more. Its part ends with it, unless it is the last open one or somebody must decide what next: then work on it goes on."""
    statement.state, statement.closed_at = state, work.at
    statement.reason, statement.by_customer = reason, by_customer
    if state == StatementState.GIVEN:
        statement.given_at = work.at
    statement.save(update_fields=["state", "closed_at", "given_at", "reason", "by_customer", "next_words"])
    leg = leg_of(work, statement)
    clocks = work.clocks(leg)
    clocks.end(ClockKind.STATEMENT, ClockEnd.MET if state == StatementState.GIVEN else ClockEnd.STOPPED)
    others = any(each.state not in ENDED_STATES and each.pk != leg.pk for each in work.legs)
    if others and state != StatementState.DECLINED:
        end_leg(work, leg, CaseState.SETTLED if state == StatementState.GIVEN else CaseState.WITHDRAWN, ClockEnd.STOPPED)
    else:
        go_on(work, leg)
        clocks.start(ClockKind.INFORMED)
        with translation.override(language_of(work.case)):  # the customer reads it
            leg.next_step, leg.next_step_at = _next_step(state), None
    work.save(leg)


def _next_step(state: StatementState) -> str:
    return {
        StatementState.GIVEN: _("We go through the statement with you"),
        StatementState.DECLINED: _("We look for somebody else to give the statement"),
    }.get(state, _("We go on without the statement"))


def tell_asker(work: Work, statement: Statement, turn: str) -> None:
    """Whoever has the part now; she who asked if nobody has."""
    leg = leg_of(work, statement)
    person_id = leg.handler_id or statement.from_person_id
    if person_id != work.by.person_id:
        mail.queue("statements.turn", work.case, person=person_id, turn=turn, statement=statement.pk)


def tell_giver(work: Work, statement: Statement, turn: str) -> None:
    """The person who was asked or has accepted; else the desk's leads, else all who handle its cases; an organisation outside by its link."""
    if statement.to_desk is None:
        if turn == "asked":
            mail.queue("statements.outside", work.case, statement=statement.pk)
        return
    for person_id in told_at(statement.to_desk, statement.accepted_by_id or statement.to_person_id):
        if person_id != work.by.person_id:
            mail.queue("statements.turn", work.case, person=person_id, turn=turn, statement=statement.pk)


def tell_customer(work: Work, turn: str) -> None:
    work.tell("statements.news", turn=turn)
