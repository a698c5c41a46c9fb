"""Two matters that were joined are two again."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import can_handle_leg
from luukku.desk.actions.clocks import show_nearest
from luukku.desk.actions.ending import close_link
from luukku.desk.actions.joining.folding import unfold_clocks
from luukku.desk.actions.joining.join import everybody, leg_of
from luukku.desk.actions.joining.kept import Kept
from luukku.desk.actions.joining.moving import move_back
from luukku.desk.actions.work import Work, work_on_all
from luukku.desk.enums import ENDED_STATES, CaseState, ClockKind, HandoverState
from luukku.desk.models import Case, Clock, Handover, Joining, Leg, Message, NewsCall, Note, Proposal

_CAME_TO_NOTHING = (HandoverState.DECLINED, HandoverState.WITHDRAWN)


def undo(*, by: Actor, joining: Joining, at: datetime | None = None) -> Case:
    """Everything that was moved goes back; what has come since stays where it came. The customer is told.

    Raises RuleBroken with what has happened since that stands against it, NotFound, NotAllowed.
    """
    with work_on_all([joining.case_id, joining.into_id], by=by, at=at) as (gone, stays):
        joining = Joining.objects.select_for_update(of=("self",)).get(pk=joining.pk)
        kept = Kept.of(joining.kept)
        require_undoable(by, joining, kept, gone.case, stays.case, stays.legs)
        with act_as(everybody(by, gone.case, stays.case)):
            _undo(gone, stays, kept)
            joining.undone_at, joining.undone_by_id = gone.at, by.person_id
            joining.save(update_fields=["undone_at", "undone_by"])
            gone.record("case.parted", leg=leg_of(gone), into=stays.case.pk)
            stays.record("case.parted_here", leg=leg_of(stays), other=gone.case.pk)
            gone.tell("desk.parted")
        return gone.case


def require_undoable(by: Actor, joining: Joining, kept: Kept, gone: Case, stays: Case, legs: list[Leg]) -> None:
    """Raises RuleBroken, or NotAllowed for those who do not handle both."""
    moved = [leg for leg in legs if str(leg.pk) in kept.positions]
    if joining.undone_at is not None:
        raise RuleBroken(_("The joining has been undone already."))
    if gone.joined_into_id != stays.pk:
        raise RuleBroken(_("%(number)s has been joined to another matter since. Undo that first.") % {"number": stays.number})
    if not all(any(can_handle_leg(by, leg) for leg in side) for side in (moved, [leg for leg in legs if leg not in moved])):
        raise NotAllowed
    if kept.split is not None:
        raise RuleBroken(_("This joining undid a split. Split the matter again instead."))
    if Joining.objects.filter(into=stays, undone_at=None, pk__gt=joining.pk).exists():
        raise RuleBroken(_("Another matter has been joined here since. Undo that first."))
    since = Q(created_at__gte=joining.joined_at) | Q(accepted_at__gte=joining.joined_at)
    if Handover.objects.filter(since, case=stays).exclude(state__in=_CAME_TO_NOTHING).exists():
        raise RuleBroken(_("The matter has been handed over since. The joining stands."))
    if any(leg.settled_at is not None and leg.settled_at >= joining.joined_at and leg.state != CaseState.JOINED for leg in legs):
        raise RuleBroken(_("The matter, or a part of it, has ended since. Open it again first."))
    keys = {leg.pk for leg in moved}
    if any(leg.waits_for_leg_id is not None and (leg.pk in keys) is not (leg.waits_for_leg_id in keys) for leg in legs):
        raise RuleBroken(_("A part of the one matter waits for a part of the other. Let it go on first."))


def _undo(gone: Work, stays: Work, kept: Kept) -> None:
    case = gone.case
    case.state, case.joined_into, case.settled_at = CaseState.NEW, None, None
    case.save(update_fields=["state", "joined_into", "settled_at"])
    back = set(kept.put_back(stays.case)) - {"settled_at"}  # that is written with the state
    if back:
        stays.case.save(update_fields=back)
    _legs_back(gone, stays, kept)
    move_back(kept, case, stays.case)
    _hang_up(gone, stays)
    unfold_clocks(kept)
    for work in (gone, stays):
        for leg in work.legs:
            _see_to_clocks(work, leg)
        answers = [leg.handler_id for leg in work.legs if leg.state not in (*ENDED_STATES, CaseState.NEW)]
        if work.case.sponsor_id is None and answers:
            work.case.sponsor_id = answers[0]
        work.save(*work.legs)
    if stays.case.state in ENDED_STATES:
        close_link(stays)


def _legs_back(gone: Work, stays: Work, kept: Kept) -> None:
    for leg in stays.legs:
        kept.put_back(leg)
        if str(leg.pk) in kept.positions:
            leg.case, leg.position = gone.case, kept.positions[str(leg.pk)]
            gone.legs.append(leg)
        leg.save(update_fields=["case", "position", "origin", "customer_key"])
    gone.waited = {leg.pk: stays.waited.pop(leg.pk) for leg in gone.legs}
    stays.legs = [leg for leg in stays.legs if leg not in gone.legs]
    gone.legs.sort(key=lambda leg: leg.position)


def _hang_up(gone: Work, stays: Work) -> None:
    """What has come since to a part that goes back stays with the case, at its first part; what was proposed for the part goes along."""
    Proposal.objects.filter(leg__in=gone.legs, case=stays.case).update(case=gone.case)
    for rows in (Message.objects, Note.objects, NewsCall.objects):
        rows.filter(leg__in=gone.legs, case=stays.case).update(leg=stays.legs[0])
        rows.filter(leg__in=stays.legs, case=gone.case).update(leg=gone.legs[0])


def _see_to_clocks(work: Work, leg: Leg) -> None:
    """An open part has a clock: a new one where its own has ended since."""
    if leg.state in ENDED_STATES:
        return
    running = list(Clock.objects.filter(leg=leg, ended_at=None))
    show_nearest(leg, running)
    if not running:
        work.clocks(leg).start(ClockKind.TAKEN_UP if leg.state == CaseState.NEW else ClockKind.INFORMED)
