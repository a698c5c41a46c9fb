"""A matter that came in twice becomes one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.joining.checking import different_people, obstacles, pinned, two_customers
from luukku.desk.actions.joining.folding import fold, pairs
from luukku.desk.actions.joining.kept import Kept
from luukku.desk.actions.joining.moving import freeze, move_all, staff_readers
from luukku.desk.actions.work import Work, work_on_all
from luukku.desk.enums import ENDED_STATES, CaseState
from luukku.desk.models import Case, Joining, Leg, StatusLink
from luukku.desk.queries.reaching import Reach, reach_by

_FILLED = ("municipality_id", "sponsor_id", "needed_by")
_WHO = ("company_name", "business_id", "company_id")


def join(*, by: Actor, case: Case, into: Case, both_agree: bool = False, split: int | None = None, at: datetime | None = None) -> Joining:
    """Join `case` to `into`: parts, messages, notes, files and booked times move there, and so does the customer's link.

    The clock of the first contact goes on. Where two customers are named, both come to read it, and `both_agree` must say that they may.
    The customer is told once. Raises RuleBroken with what stands against it, NotFound, NotAllowed. `split`: the one that is undone by it.
    """
    with work_on_all([case.pk, into.pk] if case.pk != into.pk else [case.pk], by=by, at=at) as works:
        gone, stays = works[0], works[-1]
        against = obstacles(by, gone.case, gone.legs, stays.case, stays.legs)
        if against:
            raise RuleBroken(" ".join(against))
        if two_customers(gone.case, stays.case) and not both_agree:
            raise RuleBroken(
                _("The matters have two customers. Make sure that they are one person, or that both agree, and say so."), field="both_agree"
            )
        if by.person_id is None:
            raise NotAllowed
        with act_as(everybody(by, gone.case, stays.case)):
            if pinned(gone.case):  # by what others than the actor see
                raise RuleBroken(_("Something of %(number)s cannot be moved. Let it be the one that stays.") % {"number": gone.case.number})
            return _join(gone, stays, Kept(split=split), by.person_id)


def everybody(by: Actor, *cases: Case) -> Actor:
    """The actor with the eyes of all who read the cases: what is kept from her own organisation moves along unread."""
    return replace(by, principals=tuple({*by.principals, *(each for case in cases for each in case.readers)}))


def _join(gone: Work, stays: Work, kept: Kept, person_id: int) -> Joining:
    before, after = staff_readers(stays.case), staff_readers(stays.case) | {leg.desk.organisation.principal for leg in gone.legs}
    kept.strangers = sorted(staff_readers(gone.case) - before)
    freeze(kept, (gone.case.pk, stays.case.pk), after)
    ended = stays.case.state in ENDED_STATES
    if ended:  # it is open again
        kept.change(stays.case, settled_at=None)
    folded = pairs(gone.legs, stays.legs)
    _point(gone, stays)
    _fill(kept, gone.case, stays)
    _move_legs(kept, gone, stays)
    move_all(kept, gone.case, stays.case)
    for goes_on, ends in folded:
        fold(kept, goes_on, ends, stays.at)
        if stays.case.sponsor_id is None and goes_on.state != CaseState.NEW:
            kept.change(stays.case, sponsor_id=goes_on.handler_id)
    stays.save(*(leg for pair in folded for leg in pair))
    if ended:
        StatusLink.objects.filter(case=stays.case, revoked_at=None).update(expires_at=None)
    joining = Joining.objects.create(case=gone.case, into=stays.case, joined_by_id=person_id, joined_at=stays.at, kept=kept.stored())
    _record(gone, stays, kept)
    _tell(gone, stays)
    return joining


def _point(gone: Work, stays: Work) -> None:
    gone.case.state, gone.case.joined_into, gone.case.settled_at = CaseState.JOINED, stays.case, gone.at
    gone.case.save(update_fields=["state", "joined_into", "settled_at"])


def _fill(kept: Kept, gone: Case, stays: Work) -> None:
    """What only the joined case tells, and the first contact's moment: that is when the customer's clock began."""
    case = stays.case
    if gone.contacted_at < case.contacted_at:
        kept.change(case, contacted_at=gone.contacted_at)
    for name in _FILLED:
        if getattr(case, name) is None:
            kept.change(case, **{name: getattr(gone, name)})
    signed_in = gone.customer is not None and gone.customer.user_id is not None
    if case.customer is None or (signed_in and case.customer.user_id is None and not different_people(gone, case)):
        kept.change(case, customer_id=gone.customer_id)
    if gone.segment and (gone.segment_said or not case.segment) and not case.segment_said:
        kept.change(case, segment=gone.segment, segment_said=gone.segment_said)
    if not case.stage:
        kept.change(case, stage=gone.stage)
    if not any(getattr(case, name) for name in _WHO):
        kept.change(case, **{name: getattr(gone, name) for name in _WHO})
    case.save(update_fields=["contacted_at", *_FILLED, "customer_id", "segment", "segment_said", "stage", *_WHO])


def _move_legs(kept: Kept, gone: Work, stays: Work) -> None:
    last = max(leg.position for leg in stays.legs)
    key = stays.legs[0].customer_key or gone.legs[0].customer_key
    for leg in gone.legs:
        kept.positions[str(leg.pk)] = leg.position
        kept.change(leg, origin_id=leg.origin_id or gone.case.pk)
        leg.case, leg.position = stays.case, last + leg.position
    moved, gone.legs = gone.legs, []
    stays.legs += moved
    stays.waited |= gone.waited
    for leg in stays.legs:
        kept.change(leg, customer_key=key)
        leg.save(update_fields=["case", "position", "origin", "customer_key"])


def leg_of(work: Work) -> Leg | None:
    """The part in whose name the actor acts."""
    try:
        return work.leg()
    except NotAllowed:
        return None


def _record(gone: Work, stays: Work, kept: Kept) -> None:
    counts: dict[str, Any] = {f"{name}s": len(rows) for name, rows in kept.rows.items() if rows}
    mine = leg_of(stays)
    gone.record("case.joined", into=stays.case.pk, **counts)
    stays.record("case.joined_here", leg=mine, other=gone.case.pk, parts=len(kept.positions), **counts)


def _tell(gone: Work, stays: Work) -> None:
    """The customer hears it once: by mail of the number that goes, else of the one that stays. Of two customers each."""
    contact = gone.case.customer.contact if gone.case.customer is not None else None
    by_mail = reach_by(contact) == Reach.MAIL
    if by_mail:
        gone.tell("desk.joined")
    if not by_mail or different_people(gone.case, stays.case):
        stays.tell("desk.joined")
