"""The customer's word on what is passed, given on her own page."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers.enums import ConsentWay
from luukku.desk.access.links import require_customer
from luukku.desk.actions.handover.passing import withdraw
from luukku.desk.actions.handover.receiving import lock
from luukku.desk.actions.handover.sending import send
from luukku.desk.actions.handover.turns import leave, tell_passer, tell_receiver
from luukku.desk.actions.work import work_on
from luukku.desk.enums import ALWAYS_PASSED, WITH_RECEIVER, HandoverState
from luukku.desk.models import Handover, HandoverPart


def agree(*, by: Actor, handover: Handover, leave_out: Collection[int] = (), at: datetime | None = None) -> Handover:
    """She agrees, and leaves out the parts with these keys; contact data and subject always go along. Raises RuleBroken, NotAllowed."""
    with work_on(handover.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked = lock(handover)
        if locked.state != HandoverState.PROPOSED:
            raise RuleBroken(_("You have answered this already."))
        _trim(locked, leave_out)
        leg = next(each for each in work.legs if each.pk == locked.leg_id)
        send(work, leg, locked, way=ConsentWay.PAGE)
        tell_passer(work, locked, "agreed")
        return locked


def trim(*, by: Actor, handover: Handover, leave_out: Collection[int], at: datetime | None = None) -> Handover:
    """She takes parts back (or gives them) while nobody has accepted: the receiver sees only what is left. Raises RuleBroken, NotAllowed."""
    with work_on(handover.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked = lock(handover)
        if locked.state not in WITH_RECEIVER:
            raise RuleBroken(_("This can be changed only until the receiver has accepted."))
        _trim(locked, leave_out)
        leave(work, locked, "trimmed", left_out=len(set(leave_out)))
        return locked


def refuse(*, by: Actor, handover: Handover, at: datetime | None = None) -> Handover:
    """She does not want it, or takes her word back before anybody has accepted: nothing goes, and the matter stays where it is."""
    with work_on(handover.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        locked = lock(handover)
        if locked.state not in (HandoverState.PROPOSED, *WITH_RECEIVER):
            raise RuleBroken(_("This can be changed only until the receiver has accepted."))
        seen = locked.state != HandoverState.PROPOSED
        withdraw(work, locked)
        leave(work, locked, "withdrawn", by_customer=True)
        tell_passer(work, locked, "refused")
        if seen:
            tell_receiver(work, locked, "withdrawn")
        return locked


def _trim(handover: Handover, leave_out: Collection[int]) -> None:
    free = HandoverPart.objects.filter(handover=handover).exclude(kind__in=ALWAYS_PASSED)
    free.filter(pk__in=list(leave_out)).update(included=False)
    free.exclude(pk__in=list(leave_out)).update(included=True)
