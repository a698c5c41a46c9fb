"""Waiting has a cause, and the customer is told it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.handling import hold
from luukku.desk.actions.work import Work, checked_words, not_awaiting_statement, require_open, work_on
from luukku.desk.enums import CaseState, WaitingFor
from luukku.desk.models import Leg


def wait(*, by: Actor, leg: Leg, waiting_for: str, until: date | None = None, words_to_customer: str = "", at: datetime | None = None) -> Leg:
    """Put a leg to wait for somebody, until a day if one is known, and tell the customer for what.

    Waiting for the customer pauses the kept-informed clock; she must be told what we wait for. Raises RuleBroken.
    """
    if waiting_for not in WaitingFor.values or waiting_for in (WaitingFor.PART, WaitingFor.STATEMENT):
        raise RuleBroken(_("Choose what the matter waits for."), field="waiting_for")
    for_customer = waiting_for == WaitingFor.CUSTOMER
    words = checked_words(words_to_customer, field="words_to_customer") if for_customer or words_to_customer.strip() else ""
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        not_awaiting_statement(mine)
        if until is not None and until < timezone.localdate(work.at):
            raise RuleBroken(_("The day has passed already. Choose a day to come, or leave it empty."), field="until")
        if mine.state == CaseState.NEW:
            hold(work, mine, mine.handler_id or by.person_id)
        mine.state, mine.waiting_for, mine.waiting_until, mine.waits_for_leg = CaseState.WAITING, waiting_for, until, None
        mine.answer_awaited = False
        if not work.must_call:
            mine.not_contacted = False
        if words:
            work.say(mine, words)
        _count(work, mine, for_customer)
        work.save(mine)
        work.record("case.waiting", leg=mine, cause=waiting_for, until=until.isoformat() if until else None)
        work.tell("desk.waiting", leg=mine.pk)
        return mine


def _count(work: Work, leg: Leg, for_customer: bool) -> None:
    clocks = work.clocks(leg)
    clocks.resume()
    if not work.must_call:
        clocks.contacted()
    if for_customer:
        clocks.pause()


def resume(*, by: Actor, leg: Leg, at: datetime | None = None) -> Leg:
    """The wait is over: the leg goes on, and a paused clock with it."""
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        if mine.state != CaseState.WAITING:
            return mine
        not_awaiting_statement(mine)
        go_on(work, mine)
        work.save(mine)
        work.record("case.resumed", leg=mine)
        return mine


def go_on(work: Work, leg: Leg) -> None:
    """From waiting back to work, in memory and on the clocks."""
    leg.state, leg.waiting_for, leg.waiting_until, leg.waits_for_leg = CaseState.IN_PROGRESS, "", None, None
    work.clocks(leg).resume()
