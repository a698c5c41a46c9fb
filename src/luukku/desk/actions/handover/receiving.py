"""The receiver's answer: she accepts, asks, or declines and names the next door. She does not read the case yet, only what was passed.

Each answer locks the case first, then its legs, then the handover, like everything else that changes a case: of two at once the second sees
what the first did. For the length of the answer the action acts as the case's readers (window `desk_handover_door`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db.models import F, Func, QuerySet, Value
from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import HANDOVER_RELATED, can_answer, can_pass, handover_door
from luukku.desk.actions.handover.meeting import meeting_ends
from luukku.desk.actions.handover.turns import leave, tell_customer, tell_passer
from luukku.desk.actions.legs import new_leg, waiters
from luukku.desk.actions.work import Work, checked_words, work_on
from luukku.desk.enums import WITH_RECEIVER, ClockEnd, ClockKind, HandoverState, PartKind, TurnKind
from luukku.desk.models import Attachment, Handover, HandoverPart, HandoverTurn, Leg, Message, Note
from luukku.network.models import Desk


def accept(*, by: Actor, handover: Handover, name: str = "", phone: str = "", at: datetime | None = None) -> Handover:
    """The receiver takes it: she reads the case from now on, but of what was said before only what was passed.

    The passer stays responsible until the receiver has contacted the customer; the third promise's clock goes on at the receiver's part.
    An organisation outside says who takes it (`name`, `phone`). Raises RuleBroken when it has been answered already, NotAllowed.
    """
    with _answering(by, handover, at) as (work, locked):
        if locked.to_desk is None:
            locked.outside_person, locked.outside_phone = checked_words(name, field="name")[:120], phone.strip()[:40]
        else:
            if by.person_id is None:
                raise NotAllowed
            locked.received_leg = _receive(work, locked, locked.to_desk, by.person_id)
        locked.state, locked.accepted_at, locked.accepted_by_id = HandoverState.ACCEPTED, work.at, by.person_id
        locked.save(update_fields=["state", "accepted_at", "accepted_by", "received_leg", "outside_person", "outside_phone"])
        leave(work, locked, "accepted")
        tell_passer(work, locked, "accepted")
        tell_customer(work, "accepted", locked)
        return locked


def ask(*, by: Actor, handover: Handover, words: str, at: datetime | None = None) -> Handover:
    """A question back to the passer before answering; the promise's clock goes on. Raises RuleBroken, NotAllowed."""
    said = checked_words(words, field="words")
    with _answering(by, handover, at) as (work, locked):
        _turn(work, locked, TurnKind.ASKED, said)
        locked.state = HandoverState.ASKED
        locked.save(update_fields=["state"])
        leave(work, locked, "asked")
        tell_passer(work, locked, "asked")
        return locked


def decline(
    *, by: Actor, handover: Handover, reason: str, next_desk: Desk | None = None, next_words: str = "", at: datetime | None = None
) -> Handover:
    """Not here, and why, and the next door to try: never without one. It is the passer's alone again at once.

    The receiver sees no more of it. Raises RuleBroken, NotAllowed.
    """
    said, words = checked_words(reason, field="reason"), " ".join(next_words.split())[:300]
    if next_desk is None and not words:
        raise RuleBroken(_("Say which door to try next: choose a desk, or write it in words."), field="next_desk")
    with _answering(by, handover, at) as (work, locked):
        if next_desk is not None and next_desk.pk in (locked.to_desk_id, locked.from_desk_id):
            raise RuleBroken(_("Choose another door than your own or the one it came from."), field="next_desk")
        _turn(work, locked, TurnKind.DECLINED, said)
        locked.state, locked.closed_at, locked.next_desk, locked.next_words = HandoverState.DECLINED, work.at, next_desk, words
        locked.save(update_fields=["state", "closed_at", "next_desk", "next_words"])
        meeting_ends(work, locked)
        stop_clock(work, locked)
        leave(work, locked, "declined", next_org=next_desk.organisation_id if next_desk else None)
        tell_passer(work, locked, "declined")
        tell_customer(work, "returned", locked)
        return locked


def stop_clock(work: Work, handover: Handover) -> None:
    """The third promise of a handover that came to nothing: broken only if it was late by now."""
    leg = next(each for each in work.legs if each.pk == handover.leg_id)
    work.clocks(leg).end(ClockKind.GUIDED, ClockEnd.STOPPED)
    work.save(leg)


def lock(handover: Handover) -> Handover:
    """The row as it is now, locked until the end of the transaction. Its case is locked already."""
    return Handover.objects.select_for_update(of=("self",)).select_related(*HANDOVER_RELATED).get(pk=handover.pk)


def lock_own(by: Actor, handover: Handover) -> Handover:
    """The same for the passer. Raises NotAllowed for everybody else."""
    if not can_pass(by, handover):
        raise NotAllowed
    return lock(handover)


@contextmanager
def through_door(by: Actor, handover: Handover, at: datetime | None, gone: str) -> Iterator[tuple[Work, Handover]]:
    """The case and the handover, locked, in the hands of her who may answer it. Raises NotAllowed; RuleBroken with `gone` if that time is over."""
    if not can_answer(by, handover):
        raise NotAllowed
    door = handover_door(by, handover)
    if door is None:
        raise RuleBroken(gone)
    case_id, principals = door
    with act_as(replace(by, principals=tuple({*by.principals, *principals}))) as acting, work_on(case_id, by=acting, at=at) as work:
        yield work, lock(handover)


@contextmanager
def _answering(by: Actor, handover: Handover, at: datetime | None) -> Iterator[tuple[Work, Handover]]:
    gone = _("This handover has been answered or taken back already.")
    with through_door(by, handover, at, gone) as (work, locked):
        if locked.state == HandoverState.ACCEPTED and locked.accepted_by is not None:
            raise RuleBroken(_("%(name)s has accepted it already.") % {"name": locked.accepted_by.name})
        if locked.state not in WITH_RECEIVER:
            raise RuleBroken(gone)
        yield work, locked


def _turn(work: Work, handover: Handover, kind: TurnKind, words: str) -> None:
    HandoverTurn.objects.create(handover=handover, kind=kind, person_id=work.by.person_id, body=words, created_at=work.at)


def _receive(work: Work, handover: Handover, desk: Desk, person_id: int) -> Leg:
    """The receiver's part, with the clock that came along; parts that waited for the passer's now wait for this one."""
    passed = next(leg for leg in work.legs if leg.pk == handover.leg_id)
    if desk.organisation.principal not in work.case.readers:
        _withhold(handover, desk.organisation.principal)
    waiting = waiters(work, passed)
    leg = new_leg(
        work, desk=desk, need=handover.need or passed.need, need_texts={} if handover.need else passed.need_texts, service=handover.service,
        handler_id=person_id, received_at=handover.sent_at,
    )  # fmt: skip
    work.clocks(passed).pass_on(ClockKind.GUIDED, work.clocks(leg))
    for each in waiting:
        each.waits_for_leg = leg
    work.save(passed, leg, *waiting)
    return leg


def _withhold(handover: Handover, principal: int) -> None:
    """What was said before and was not passed stays unread by the receiver, inside notes always."""
    passed = HandoverPart.objects.filter(handover=handover, included=True)
    messages = passed.filter(kind=PartKind.MESSAGE).values("message_id")
    files = passed.filter(kind=PartKind.FILE).values("attachment_id")
    hidden: tuple[QuerySet[Message] | QuerySet[Note] | QuerySet[Attachment], ...] = (
        Message.objects.filter(case=handover.case_id).exclude(pk__in=messages),
        Note.objects.filter(case=handover.case_id),
        Attachment.objects.filter(case=handover.case_id).exclude(pk__in=files),
    )
    for rows in hidden:
        rows.update(withheld=Func(F("withheld"), Value(principal), function="array_append"))
