"""What the customer does on her status page."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.registries import case_watchers
from luukku.core.submissions import once
from luukku.customers.access import keeping
from luukku.customers.enums import Mandate
from luukku.desk.access.links import require_customer, require_party
from luukku.desk.actions.appointments.calling_off import end_times
from luukku.desk.actions.ending import close_link
from luukku.desk.actions.handover.closing import close_all
from luukku.desk.actions.legs import end_leg
from luukku.desk.actions.waiting import go_on
from luukku.desk.actions.work import Work, attach, checked_words, work_on
from luukku.desk.enums import ENDED_STATES, Canceller, CaseState, Channel, ClockEnd, ClockKind, WaitingFor
from luukku.desk.models import Case, Leg, Message
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Seat

_LEADS = roles_with(Right.LEAD_DESK)


def customer_writes(
    *,
    by: Actor,
    case: Case,
    body: str,
    files: "Sequence[UploadedFile[bytes]]" = (),
    channel: str = Channel.WEB,
    ended_too: bool = False,
    submit_key: str | None = None,
    at: datetime | None = None,
) -> Message:
    """A message from the customer, or from her shepherd for her. What waited for her goes on, and our answer is due.

    Files alone are enough. Raises RuleBroken for neither words nor files or an ended case, NotAllowed.
    `ended_too`: an ended case takes it and stays ended (thanks by mail).
    """
    words = _("I send you a file.") if files and not body.strip() else checked_words(body, field="body")

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            if not acts_for_customer(by, work.case):
                require_party(by, work.case)
            if work.case.state in ENDED_STATES and not ended_too:
                raise RuleBroken(_("This matter has ended. Reopen it first, then write."), field="body")
            mine = next((leg for leg in work.legs if leg.state not in ENDED_STATES), work.legs[0])
            message = work.say(mine, words, channel=channel, hers=True)
            count = attach(work.case, files, at=work.at, message=message)
            changed = {mine.pk: mine}
            for leg in work.legs:
                if leg.state == CaseState.WAITING and leg.waiting_for == WaitingFor.CUSTOMER:
                    go_on(work, leg)
                    changed[leg.pk] = leg
            for leg in changed.values():
                leg.answer_awaited = leg.state not in ENDED_STATES
                if leg.answer_awaited:
                    work.clocks(leg).answer_due()
            work.save(*changed.values())
            work.record("case.message_in", leg=mine, message=message.pk, files=count)
            return message.pk

    with transaction.atomic():
        return Message.objects.get(pk=once(submit_key, work_once, "customer_writes", case.pk, words))


def acts_for_customer(by: Actor, case: Case) -> bool:
    """Whether she keeps the customer and may write on her behalf."""
    return by.is_staff and keeping(by, case.customer_id, case.business_id, Mandate.ACT) is not None


def withdraw(*, by: Actor, case: Case, at: datetime | None = None) -> Case:
    """The customer needs it no more: every open leg ends, and booked times to come are off. Doing it twice does nothing more. Raises NotAllowed."""
    with work_on(case.pk, by=by, at=at) as work:
        require_customer(by, work.case)
        still = [leg for leg in work.legs if leg.state not in ENDED_STATES]
        if not still:
            return work.case
        close_all(work)
        for watcher in case_watchers.all():
            watcher.withdrawn(work)
        for leg in still:
            end_leg(work, leg, CaseState.WITHDRAWN, ClockEnd.STOPPED)
        work.save(*still)
        close_link(work)
        end_times(work, still[0], Canceller.CUSTOMER)
        work.record("case.withdrawn", leg=still[0])
        return work.case


def nobody_contacted(*, by: Actor, case: Case, at: datetime | None = None) -> Case:
    """The customer says that nobody has contacted them.

    The first clock is armed again from now, never later than what was promised and is still to come. The desk lead is told the number, the
    coordinator number, desk and lateness: never the customer or her words. Pressing it again before she has heard from us changes nothing.
    Raises RuleBroken for an ended case, NotAllowed.
    """
    with work_on(case.pk, by=by, at=at) as work:
        require_party(by, work.case)
        still = [leg for leg in work.legs if leg.state not in ENDED_STATES]
        if not still:
            raise RuleBroken(_("This matter has ended. Reopen it if you still need help."))
        for leg in still:
            if leg.not_contacted:
                continue
            late = int((work.at - leg.due_at).total_seconds() // 60) if leg.due_at and leg.due_at < work.at else 0
            work.clocks(leg).rearm(ClockKind.TAKEN_UP)
            leg.not_contacted = True
            leg.save(update_fields=["not_contacted", "due_at", "due_kind"])
            work.record("case.not_contacted", leg=leg, late_minutes=late)
            _alarm(work, leg, late)
        return work.case


def _alarm(work: Work, leg: Leg, late_minutes: int) -> None:
    """A mail to each lead of the desk and each coordinator of the region."""
    today = timezone.localdate()
    leads = Q(role__in=_LEADS, organisation_id=leg.desk.organisation_id)
    coordinators = Q(role=Role.COORDINATOR, region_id=work.case.region_id)
    seats = Seat.objects.on(today).filter(leads | coordinators, person__deactivated_at=None)
    told: set[tuple[str, int]] = set()
    for role, person_id in seats.order_by("id").values_list("role", "person_id"):
        kind = "desk.nobody_contacted_coordinator" if role == Role.COORDINATOR else "desk.nobody_contacted_lead"
        if (kind, person_id) not in told:
            told.add((kind, person_id))
            mail.queue(kind, work.case, person=person_id, desk=leg.desk_id, late_minutes=late_minutes)
