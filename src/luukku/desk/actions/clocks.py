"""The promise's clocks of one leg: taken up, and kept informed. Each run is one row; the leg shows the nearest one that runs.

Sources of the rules: the network's service promise (docs/words.md). Waiting for the customer pauses the kept-informed clock
only; the customer's first clock never resets, a new run beside it is started when a matter must be taken up once more.
"""

from datetime import datetime

from luukku.core.worktime import WorkCalendar, add_working_minutes, due, working_minutes_between
from luukku.desk.enums import ClockEnd, ClockKind
from luukku.desk.models import Clock, Leg
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Region


def promised_days(region: Region, kind: ClockKind) -> int:
    """The working days that the region promises for this clock; a statement has days of its own."""
    return {
        ClockKind.TAKEN_UP: region.taken_up_days,
        ClockKind.INFORMED: region.informed_days,
        ClockKind.GUIDED: region.guided_days,
    }[kind]


def new_clock(leg: Leg, kind: ClockKind, region: Region, calendar: WorkCalendar, at: datetime, days: int | None = None) -> Clock:
    """An unsaved run that starts now, for so many working days if they are given, else for those that the region promises."""
    days = promised_days(region, kind) if days is None else days
    return Clock(leg=leg, kind=kind, started_at=at, working_days=days, due_at=due(calendar, at, working_days=days))


def limit_of(clock: Clock, calendar: WorkCalendar) -> datetime:
    """When a run is due in this calendar, counted from its start: the promised days, and after each pause what was left then.

    A run whose days are not known keeps its date.
    """
    if clock.working_days is None:
        return clock.due_at
    limit = due(calendar, clock.started_at, working_days=clock.working_days)
    for paused, resumed in zip(clock.pauses[::2], clock.pauses[1::2], strict=True):
        limit = _after_pause(calendar, limit, paused, resumed)
    return limit


def _after_pause(calendar: WorkCalendar, limit: datetime, paused: datetime, resumed: datetime) -> datetime:
    """What was left of the limit, in working time, is left from the moment it went on; one that had run out stays where it was."""
    left = working_minutes_between(calendar, paused, limit)
    return add_working_minutes(calendar, resumed, left) if left > 0 else limit


def show_nearest(leg: Leg, running: list[Clock]) -> None:
    """Put the nearest running clock on the leg (not saved): what the queue sorts by."""
    nearest = min((clock for clock in running if clock.paused_at is None), key=lambda clock: (clock.due_at, clock.kind), default=None)
    leg.due_at = nearest.due_at if nearest else None
    leg.due_kind = nearest.kind if nearest else ""


class LegClocks:
    """The running clocks of one leg that the caller has locked. Changes are written at once; the leg itself by the caller."""

    def __init__(self, leg: Leg, region: Region, at: datetime) -> None:
        self.leg, self.region, self.at = leg, region, at
        self.running: dict[str, Clock] = {clock.kind: clock for clock in Clock.objects.filter(leg=leg, ended_at=None)}

    @property
    def calendar(self) -> WorkCalendar:
        return work_calendar(self.leg.desk)

    def start(self, kind: ClockKind, days: int | None = None) -> None:
        """Start a run, unless one of this kind runs already; `days` for a clock whose working days the region does not promise."""
        if kind not in self.running:
            clock = new_clock(self.leg, kind, self.region, self.calendar, self.at, days)
            clock.save()
            self.running[kind] = clock
        self._show()

    def end(self, kind: ClockKind, how: ClockEnd) -> bool:
        """End the run of this kind, if one runs. Returns whether one did."""
        clock = self.running.pop(kind, None)
        if clock is not None:
            self._run_on(clock)
            clock.ended_at, clock.end = max(self.at, clock.started_at), how
            clock.save(update_fields=["ended_at", "end", "paused_at", "pauses", "due_at"])
            self._show()
        return clock is not None

    def rearm(self, kind: ClockKind) -> None:
        """Start a run anew. What had been promised by an earlier moment that is still to come stays promised by then."""
        promised = self.running[kind].due_at if kind in self.running else None
        self.end(kind, ClockEnd.REARMED)
        self.start(kind)
        clock = self.running[kind]
        if promised is not None and self.at < promised < clock.due_at:
            clock.due_at, clock.working_days = promised, None
            clock.save(update_fields=["due_at", "working_days"])
            self._show()

    def end_all(self, how: ClockEnd) -> None:
        for kind in list(self.running):
            self.end(ClockKind(kind), how)
        self._show()

    def pass_on(self, kind: ClockKind, to: "LegClocks") -> None:
        """The run of this kind goes on at another leg: the same promise, now with whoever must keep it."""
        clock = self.running.pop(kind, None)
        if clock is not None:
            clock.leg = to.leg
            clock.save(update_fields=["leg"])
            to.running[kind] = clock
        self._show()
        to._show()

    def contacted(self) -> None:
        """The customer has heard from us: what promised it is met, and the kept-informed clock starts again, paused if it was."""
        self.end(ClockKind.TAKEN_UP, ClockEnd.MET)
        paused = ClockKind.INFORMED in self.running and self.running[ClockKind.INFORMED].paused_at is not None
        self.end(ClockKind.INFORMED, ClockEnd.MET)
        self.start(ClockKind.INFORMED)
        if paused:
            self.pause()

    def answer_due(self) -> None:
        """She has written: our answer is due within the days in which a new need is taken up, unless she was to hear from us sooner anyway."""
        clock = self.running.get(ClockKind.INFORMED)
        if clock is None or clock.paused_at is not None:
            return
        days = promised_days(self.region, ClockKind.TAKEN_UP)
        if due(self.calendar, self.at, working_days=days) < clock.due_at:
            self.end(ClockKind.INFORMED, ClockEnd.REARMED)
            self.start(ClockKind.INFORMED, days)

    def pause(self) -> None:
        """Stop counting while we wait for the customer."""
        clock = self.running.get(ClockKind.INFORMED)
        if clock is not None and clock.paused_at is None:
            clock.paused_at = self.at
            clock.save(update_fields=["paused_at"])
        self._show()

    def resume(self) -> None:
        """Count on: what was left of the limit, in working time, is left from now."""
        clock = self.running.get(ClockKind.INFORMED)
        if clock is not None and clock.paused_at is not None:
            self._run_on(clock)
            clock.save(update_fields=["paused_at", "pauses", "due_at"])
        self._show()

    def _run_on(self, clock: Clock) -> None:
        if clock.paused_at is not None:
            resumed = max(self.at, clock.paused_at)
            clock.due_at = _after_pause(self.calendar, clock.due_at, clock.paused_at, resumed)
            clock.pauses = [*clock.pauses, clock.paused_at, resumed]
            clock.paused_at = None

    def _show(self) -> None:
        show_nearest(self.leg, list(self.running.values()))
