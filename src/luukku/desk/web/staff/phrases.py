"""What a leg's clock and state say in plain words, the same on the queue, the case and the figures."""

from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luukku.core.ui.clocks import clock_html, clock_state, phrase_by
from luukku.core.ui.times import Teller, date_text, day_text
from luukku.desk.enums import TO_DO, CaseState, ClockKind, WaitingFor
from luukku.desk.queries.warned import LOOK_AGAIN, NEXT_STEP

WAITS_FOR = {
    WaitingFor.CUSTOMER: gettext_lazy("Waiting for the customer"),
    WaitingFor.AUTHORITY: gettext_lazy("Waiting for an authority"),
    WaitingFor.HEARING: gettext_lazy("Waiting for a statutory hearing"),
    WaitingFor.APPEAL: gettext_lazy("Waiting for the appeal period"),
    WaitingFor.RESOURCES: gettext_lazy("Waiting for resources"),
    WaitingFor.PART: gettext_lazy("Waiting for another part"),
    WaitingFor.STATEMENT: gettext_lazy("Waiting for a statement"),
    WaitingFor.OTHER: gettext_lazy("Waiting for something else"),
}
CHANNELS = {
    "web": pgettext_lazy("came by", "by form"),
    "phone": pgettext_lazy("came by", "by phone"),
    "walk-in": pgettext_lazy("came by", "in person"),
    "email": pgettext_lazy("came by", "by e-mail"),
    "appointment": pgettext_lazy("came by", "by appointment"),
    "video": pgettext_lazy("came by", "by video"),
    "missed-call": pgettext_lazy("came by", "by a missed call"),
    "social": pgettext_lazy("came by", "by social media"),
    "survey": pgettext_lazy("came by", "by survey"),
    "partner": pgettext_lazy("came by", "from a partner"),
}
LANGUAGES = {
    "fi": pgettext_lazy("speaks", "in Finnish"),
    "sv": pgettext_lazy("speaks", "in Swedish"),
    "en": pgettext_lazy("speaks", "in English"),
}
STATE_COLOURS = {
    CaseState.NEW: "grey", CaseState.TAKEN_UP: "blue", CaseState.IN_PROGRESS: "blue", CaseState.WAITING: "yellow", CaseState.SETTLED: "green",
    CaseState.WITHDRAWN: "grey", CaseState.NOT_FOR_US: "grey", CaseState.HANDED_OVER: "grey",
    CaseState.JOINED: "grey",
}  # fmt: skip


class Clocked(Protocol):
    """What the phrases need to know of a leg: a `Leg` has it, and so has a row of the queue."""

    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def look_at(self) -> datetime | None: ...
    @property
    def due_kind(self) -> str: ...
    @property
    def waiting_for(self) -> str: ...
    @property
    def waiting_until(self) -> date | None: ...
    @property
    def not_contacted(self) -> bool: ...


def to_do(leg: Clocked) -> str:
    """What the nearest clock asks for."""
    if leg.due_kind == ClockKind.TAKEN_UP and leg.not_contacted:
        return _("Take it up again")
    if leg.due_kind == ClockKind.TAKEN_UP and leg.state != CaseState.NEW:  # somebody has it, and the customer does not know it yet
        return _("Contact the customer")
    return str(TO_DO[ClockKind(leg.due_kind)]) if leg.due_kind else ""


def to_look(leg: Clocked, now: datetime) -> str:
    """What the day said of it asks for; when it has come, what to do about a step that was not done."""
    if leg.state == CaseState.WAITING and leg.waiting_until is not None:
        return str(LOOK_AGAIN)
    return _("Next step") if leg.look_at is not None and leg.look_at > now else str(NEXT_STEP)


def waits(leg: Clocked) -> str:
    """`Waiting for an authority`; empty when it does not wait."""
    return str(WAITS_FOR[WaitingFor(leg.waiting_for)]) if leg.state == CaseState.WAITING and leg.waiting_for else ""


class Clocks:
    """Says the clocks of legs at one moment. One for a whole list: words that come back are looked up once."""

    def __init__(self, now: datetime) -> None:
        self._teller = Teller(now)
        self._to_do = dict[tuple[str, bool, bool], str]()

    def clock(self, leg: Clocked) -> SafeString | str:
        """The promise that runs, or what the leg waits for. Empty when it has ended."""
        look_at = self._look_at(leg)
        if look_at is not None:
            return clock_html(clock_state(look_at, self._teller.now), phrase_by(self._teller, look_at))
        if leg.due_at is None:
            waiting = waits(leg)
            return clock_html("wait", waiting) if waiting else ""
        return clock_html(clock_state(leg.due_at, self._teller.now), phrase_by(self._teller, leg.due_at))

    def under(self, leg: Clocked) -> str:
        """The line below the clock: what it asks for, and since or until when."""
        if self._look_at(leg) is not None:
            return ". ".join(part for part in (to_look(leg, self._teller.now), waits(leg), self._later(leg)) if part)
        if leg.due_at is None:
            return _("until %(day)s") % {"day": day_text(leg.waiting_until)} if leg.waiting_until else ""
        what = self._what(leg)
        if leg.due_at < self._teller.now:
            return self._was_due % {"what": what, "moment": self._teller.moment(leg.due_at)}
        waiting = waits(leg)
        if waiting and leg.waiting_until:
            return _("%(what)s. %(waiting)s until %(day)s") % {"what": what, "waiting": waiting, "day": date_text(leg.waiting_until)}
        return f"{what}. {waiting}" if waiting else what

    def _later(self, leg: Clocked) -> str:
        """The promise that runs beyond the day of looking at it."""
        return self._by % {"what": self._what(leg), "moment": self._teller.moment(leg.due_at)} if leg.due_at is not None else ""

    def _look_at(self, leg: Clocked) -> datetime | None:
        """When it is to be looked at, if no promise is due before: the same moment by which lists are sorted."""
        if leg.look_at is None or (leg.due_at is not None and leg.due_at <= leg.look_at):
            return None
        return leg.look_at

    def _what(self, leg: Clocked) -> str:
        key = (leg.due_kind, leg.not_contacted, leg.state == CaseState.NEW)
        if key not in self._to_do:
            self._to_do[key] = to_do(leg)
        return self._to_do[key]

    @cached_property
    def _was_due(self) -> str:
        return _("%(what)s, was due %(moment)s")

    @cached_property
    def _by(self) -> str:
        return _("%(what)s by %(moment)s")
