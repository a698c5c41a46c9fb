"""What has happened on a case, in plain phrases: every action of the trail has one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luukku.core.registries import event_words
from luukku.core.ui.times import day_text, moment_text
from luukku.customers.enums import Mandate, ShepherdEnd
from luukku.desk.enums import TO_DO, ClockKind, Face, WaitingFor
from luukku.desk.queries.case_page import CasePage, ClockRun
from luukku.desk.queries.happened import Happened
from luukku.desk.web.staff.handover.story import SPOKEN as HANDOVERS
from luukku.desk.web.staff.phrases import CHANNELS, WAITS_FOR

_SIMPLE = {
    "case.reformed": gettext_lazy("Came along when organisations merged or split"),
    "case.moved_on": gettext_lazy("Came from a desk that has left the region"),
    "case.released": gettext_lazy("Given back to the desk"),
    "case.next_step": gettext_lazy("Next step set"),
    "case.message_in": gettext_lazy("The customer wrote"),
    "case.message_out": gettext_lazy("Message to the customer"),
    "case.described": gettext_lazy("Kind of customer written down"),
    "case.note": gettext_lazy("Internal note"),
    "case.called": gettext_lazy("Spoke with the customer"),
    "case.reminded": gettext_lazy("The customer was reminded that we wait for their answer"),
    "case.still_told": gettext_lazy("The program told the customer that we still wait; the promise is still to be kept"),
    "case.resumed": gettext_lazy("Work goes on"),
    "case.settled": gettext_lazy("Settled"),
    "case.not_for_us": gettext_lazy("Not for us: guided elsewhere"),
    "case.withdrawn": gettext_lazy("The customer withdrew it"),
    "case.time_unkept": gettext_lazy("The booked time was not kept: the first limit runs again"),
    "case.not_contacted": gettext_lazy("The customer says that nobody has contacted them"),
    "case.business_named": gettext_lazy("The business ID of the new business was written down"),
    "case.link_shown": gettext_lazy("The link to the customer’s page was shown to the handler"),
    "case.link_renewed": gettext_lazy("New link to the status page"),
    "case.booked": gettext_lazy("Time booked"),
    "case.time_moved": gettext_lazy("Booked time moved"),
    "case.place_changed": gettext_lazy("Place of the booked time changed"),
    "case.time_cancelled": gettext_lazy("Booked time cancelled"),
    "case.met": gettext_lazy("Met the customer"),
    "case.no_show": gettext_lazy("The customer did not come to the booked time"),
    "case.part_added": gettext_lazy("A part was added"),
    "case.mail_bounced": gettext_lazy("A mail to the customer came back"),
    "case.mail_again": gettext_lazy("Mail sent again"),
    "case.to_meeting": gettext_lazy("Taken to a case meeting"),
    "case.meeting_asked": gettext_lazy("The customer was asked whether they may be named in the case meeting"),
    "case.meeting_agreed": gettext_lazy("The customer lets the case meeting know whose matter it is"),
    "case.meeting_refused": gettext_lazy("The customer does not want to be named in the case meeting"),
    "case.meeting_withdrawn": gettext_lazy("The customer took back their word on the case meeting"),
    "case.meeting_over": gettext_lazy("The matter is not open to the case meeting any more"),
    "case.discussed": gettext_lazy("Discussed in a case meeting"),
    "case.follow_up": gettext_lazy("A low mark waits for an answer"),
    "case.follow_up_late": gettext_lazy("The low mark was not answered by its day"),
    "case.followed_up": gettext_lazy("The low mark was answered"),
    "case.claims_answered": gettext_lazy("The customer said whether what was written down is right"),
    "case.claims_reminded": gettext_lazy("The customer was asked once more whether what was written down is right"),
    "case.outcome_asked": gettext_lazy("The customer was asked what came of it"),
    "case.outcome_answered": gettext_lazy("The customer told what came of it"),
    "case.needed_by": gettext_lazy("The day by which the customer needs it was changed"),
    "case.e_service": gettext_lazy("Helped with an e-service"),
    "case.parted": gettext_lazy("A matter of its own again: the joining was undone"),
    "case.parted_here": gettext_lazy("The joining was undone: the other matter is its own again"),
    "case.wishes": gettext_lazy("Wishes about being reached were written down"),
    "case.consent": gettext_lazy("The customer gave a consent on their data"),
    "case.consent_ended": gettext_lazy("The customer took a consent on their data back"),
    "case.guest_invited": gettext_lazy("The customer let a colleague into the matter"),
    "case.guest_ended": gettext_lazy("A colleague of the customer follows the matter no more"),
    "case.not_same": gettext_lazy("Said not to be the same as another that looks alike"),
    "case.maybe_same": gettext_lazy("It may be the same as another after all"),
    "case.news_told": gettext_lazy("The customer heard the news on the phone"),
    "case.called_again": gettext_lazy("The same number called again"),
    "case.filled_in": gettext_lazy("The call was returned, and the matter got its words"),
    "case.customer_merged": gettext_lazy("The customer’s two records were made one"),
    "case.customer_parted": gettext_lazy("The customer’s records were made two again"),
    "case.forgotten": gettext_lazy("What told who the customer is was removed, and only the figures stayed"),
    "case.answer_rated": gettext_lazy("The customer rated the answer"),
    "case.chased": gettext_lazy("The shepherd asked on the customer’s behalf how this stands"),
}
HANDS = frozenset({
    "handover.sent", "handover.accepted", "handover.contacted", "handover.finished", "case.taken_up", "case.assigned", "case.released",
    "case.moved_on", "case.reformed", "case.settled", "case.reopened", "case.joined", "case.joined_here", "case.parted", "case.parted_here",
    "case.split",
})  # fmt: skip
_QUIET = frozenset({"case.note", "case.next_step", "case.link_renewed"})  # shown only when all is shown


@dataclass(frozen=True)
class Told:
    """One event: what, when, by whom; `kept` tells how the promise fared then, None where it was not at stake."""

    title: str
    at: datetime
    who: str
    is_hand: bool
    kept: bool | None
    quiet: bool


def story(page: CasePage) -> list[Told]:
    """The case's events, newest first."""
    names = {event.facts["to"]: event.to for event in page.history if event.to}
    names |= {-each.pk: each.receiver_name for each in page.handovers}  # below zero: apart from people
    runs = [run for part in page.legs for run in part.clocks if run.kind == ClockKind.TAKEN_UP]
    numbers = {each.pk: each.number for each in page.ties.joined}
    told = [(event, _told(event, names, runs)) for event in reversed(page.history) if event.of is None or event.action != "case.joined"]
    return [replace(each, title=f"{numbers[event.of]}: {each.title}") if event.of in numbers else each for event, each in told]


def _told(event: Happened, names: dict[int, str], runs: Sequence[ClockRun]) -> Told:
    say = _SPOKEN.get(event.action)
    title = (
        say(event.facts, names) if say is not None else str(_SIMPLE.get(event.action) or dict(event_words.items()).get(event.action, event.action))
    )
    kept = next((run.kept for run in runs if run.ended_at == event.at and run.kept is not None), None)
    return Told(title, event.at, event.person, event.action in HANDS, kept, event.action in _QUIET)


def _received(facts: dict[str, Any], names: dict[int, str]) -> str:
    channel = CHANNELS.get(str(facts.get("channel")))
    words = _("Came in %(how)s") % {"how": channel} if channel else _("Came in")
    if facts.get("source"):
        words = _("Split from another matter")
    return f"{words}, {_('taken up at once')}" if facts.get("taken") else words


def _assigned(facts: dict[str, Any], names: dict[int, str]) -> str:
    name = names.get(facts.get("to") or 0)
    return _("Given to %(name)s") % {"name": name} if name else _("Given to a colleague")


def _waiting(facts: dict[str, Any], names: dict[int, str]) -> str:
    words = str(WAITS_FOR.get(WaitingFor(facts["cause"]), _("Waiting"))) if facts.get("cause") in WaitingFor.values else _("Waiting")
    until = facts.get("until")
    return _("%(waiting)s until %(day)s") % {"waiting": words, "day": day_text(date.fromisoformat(until))} if until else words


def _service(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("Service chosen as proposed") if facts.get("rank") == 1 else _("Service chosen")


def _reopened(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("The customer opened it again") if facts.get("by_customer") else _("Opened again")


def _feedback(facts: dict[str, Any], names: dict[int, str]) -> str:
    face = facts.get("face")
    return _("The customer's word on it: %(face)s") % {"face": Face(face).label} if face in Face.values else _("Feedback came")


def _joined(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("Joined to another matter")


def _joined_here(facts: dict[str, Any], names: dict[int, str]) -> str:
    count = int(facts.get("messages") or 0) + int(facts.get("notes") or 0)
    words = _("Another matter was joined to this one")
    moved = ngettext("%(n)s message or note came along", "%(n)s messages and notes came along", count) % {"n": count}
    return f"{words}: {moved}" if count else words


def _split(facts: dict[str, Any], names: dict[int, str]) -> str:
    count = int(facts.get("messages") or 0) + int(facts.get("notes") or 0)
    return ngettext("%(n)s message became a matter of its own", "%(n)s messages became a matter of their own", count) % {"n": count}


def _shepherd_given(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("%(name)s keeps the customer from now on") % {"name": names.get(facts.get("to") or 0) or _("A shepherd")}


def _shepherd_ended(facts: dict[str, Any], names: dict[int, str]) -> str:
    words = _("%(name)s keeps the customer no more") % {"name": names.get(facts.get("to") or 0) or _("A shepherd")}
    cause = facts.get("cause")
    return f"{words}. {ShepherdEnd(cause).label}." if cause in ShepherdEnd.values else words


_PARTS = {
    "name": gettext_lazy("name"), "role": gettext_lazy("role in the company"), "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"), "wishes": gettext_lazy("wishes"), "company": gettext_lazy("company"), "id": gettext_lazy("business ID"),
}  # fmt: skip


def _corrected(facts: dict[str, Any], names: dict[int, str]) -> str:
    parts = [str(_PARTS[part]) for part in str(facts.get("parts") or "").split("+") if part in _PARTS]
    return _("Corrected: %(parts)s") % {"parts": ", ".join(parts)}


def _mandate(facts: dict[str, Any], names: dict[int, str]) -> str:
    what = Mandate(facts["kind"]).label if facts.get("kind") in Mandate.values else ""
    words = (
        _("The customer lets their shepherd do more: %(what)s") if facts.get("allowed") else _("The customer no longer lets their shepherd: %(what)s")
    )
    return words % {"what": what}


def _taken_up(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("Taken up")


def _late(facts: dict[str, Any], names: dict[int, str]) -> str:
    what = TO_DO.get(ClockKind(facts["kind"])) if facts.get("kind") in ClockKind.values else None
    return _("The promise broke: %(what)s") % {"what": what} if what else _("The promise broke")


def _limit_moved(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("Working time changed: the promise is due %(moment)s") % {"moment": moment_text(datetime.fromisoformat(facts["after"]))}


_SPOKEN: dict[str, Callable[[dict[str, Any], dict[int, str]], str]] = {
    "case.received": _received,
    "case.joined": _joined,
    "case.joined_here": _joined_here,
    "case.split": _split,
    "case.taken_up": _taken_up,
    "case.assigned": _assigned,
    "case.waiting": _waiting,
    "case.service_chosen": _service,
    "case.reopened": _reopened,
    "case.feedback": _feedback,
    "case.late": _late,
    "case.shepherd_given": _shepherd_given,
    "case.shepherd_ended": _shepherd_ended,
    "case.mandate": _mandate,
    "case.corrected": _corrected,
    "case.limit_moved": _limit_moved,
    **HANDOVERS,
}
ACTIONS = frozenset(_SIMPLE) | frozenset(_SPOKEN)
