"""Two open parts of the same desk become one: the one that is in hand, else the one that came first, goes on with the customer's first clock."""

from datetime import datetime

from luukku.desk.actions.clocks import show_nearest
from luukku.desk.actions.joining.kept import Kept
from luukku.desk.enums import ENDED_STATES, CaseState, ClockEnd, ClockKind
from luukku.desk.models import Clock, Leg

_FLAGS = ("not_contacted", "answer_awaited", "mail_failed", "call_waits")


def pairs(gone: list[Leg], stays: list[Leg]) -> list[tuple[Leg, Leg]]:
    """Open parts that are one: of the same desk, and not for two different services. First the one that goes on, then the one that ends."""
    free = [leg for leg in stays if leg.state not in ENDED_STATES]
    found = []
    for leg in gone:
        twin = next((each for each in free if _same(each, leg)), None)
        if leg.state not in ENDED_STATES and twin is not None:
            free.remove(twin)
            first, second = sorted((leg, twin), key=lambda each: (each.state == CaseState.NEW, each.received_at, each.pk))
            found.append((first, second))
    return found


def _same(one: Leg, other: Leg) -> bool:
    return one.desk_id == other.desk_id and (None in (one.service_id, other.service_id) or one.service_id == other.service_id)


def fold(kept: Kept, goes_on: Leg, ends: Leg, at: datetime) -> None:
    """The one part takes what only the other has, and the clocks; the other ends as joined. Legs in memory, clocks written."""
    for flag in _FLAGS:
        if getattr(ends, flag):
            kept.change(goes_on, **{flag: True})
    if goes_on.service_id is None:
        kept.change(goes_on, service_id=ends.service_id)
    if goes_on.handler_id is None:  # a new one that a rule has given to somebody
        kept.change(goes_on, handler_id=ends.handler_id)
    if not goes_on.next_step:
        kept.change(goes_on, next_step=ends.next_step, next_step_at=ends.next_step_at)
    _fold_clocks(kept, goes_on, ends, at)
    kept.change(
        ends, state=CaseState.JOINED.value, settled_at=at, waiting_for="", waiting_until=None, next_step="", next_step_at=None, not_contacted=False,
        answer_awaited=False, mail_failed=False, call_waits=False,
    )  # fmt: skip


def _fold_clocks(kept: Kept, goes_on: Leg, ends: Leg, at: datetime) -> None:
    clocks = list(Clock.objects.select_for_update().filter(leg__in=(goes_on, ends)).order_by("id"))
    kept.keep_clocks(clocks)
    running = {leg.pk: {clock.kind: clock for clock in clocks if clock.leg_id == leg.pk and clock.ended_at is None} for leg in (goes_on, ends)}
    for kind, clock in running[ends.pk].items():
        mine = running[goes_on.pk].get(kind)
        if mine is not None:
            if _is_stricter(clock, mine):
                _end(mine, ClockEnd.JOINED, at)
                _pass(clock, goes_on)
            else:
                _end(clock, ClockEnd.JOINED, at)
        elif kind == ClockKind.TAKEN_UP and not ends.not_contacted and goes_on.taken_up_at is not None:
            _taken_up_already(kept, clock, clocks, goes_on, ends, at)
        else:
            _pass(clock, goes_on)
    for leg in (goes_on, ends):
        show_nearest(leg, [clock for clock in clocks if clock.leg_id == leg.pk and clock.ended_at is None])


def _is_stricter(one: Clock, other: Clock) -> bool:
    """Whether the first is due earlier; a paused one keeps to its own part."""
    return one.paused_at is None and other.paused_at is None and one.due_at < other.due_at


def _taken_up_already(kept: Kept, clock: Clock, clocks: list[Clock], goes_on: Leg, ends: Leg, at: datetime) -> None:
    """What came first was not taken up, and the other was: the first contact's promise is met then, and the other's counts no more."""
    first = next((each for each in clocks if each.leg_id == goes_on.pk and each.kind == ClockKind.TAKEN_UP), None)
    if ends.received_at < goes_on.received_at and goes_on.taken_up_at is not None:
        _pass(clock, goes_on)
        _end(clock, ClockEnd.MET, min(at, goes_on.taken_up_at))
        kept.met.append(clock.pk)
        if first is not None:
            _end(first, ClockEnd.JOINED, first.ended_at or at)
    else:
        _end(clock, ClockEnd.JOINED, at)


def _pass(clock: Clock, leg: Leg) -> None:
    clock.leg = leg
    clock.save(update_fields=["leg"])


def _end(clock: Clock, how: ClockEnd, at: datetime) -> None:
    clock.ended_at, clock.end = max(at, clock.started_at), how
    clock.save(update_fields=["ended_at", "end"])


def unfold_clocks(kept: Kept) -> None:
    """Clocks go back to where they ran. One that has ended since in another way is history, and stays."""
    clocks = list(Clock.objects.select_for_update().filter(pk__in=[int(pk) for pk in kept.clocks]).order_by("id"))
    for clock in clocks:  # all of them first, so that no part has two of a kind
        leg_id = kept.clocks[str(clock.pk)][0]
        if clock.leg_id != leg_id and (clock.ended_at is None or _ended_here(kept, clock)):
            clock.leg_id = leg_id
            clock.save(update_fields=["leg"])
    for clock in clocks:
        leg_id, how, ended_at = kept.clocks[str(clock.pk)]
        runs = ended_at is None and Clock.objects.filter(leg=leg_id, kind=clock.kind, ended_at=None).exists()
        if clock.leg_id == leg_id and _ended_here(kept, clock) and not runs:
            clock.end, clock.ended_at = how, datetime.fromisoformat(ended_at) if ended_at else None
            clock.save(update_fields=["end", "ended_at"])


def _ended_here(kept: Kept, clock: Clock) -> bool:
    """Whether the joining ended it."""
    return clock.end == ClockEnd.JOINED or clock.pk in kept.met
