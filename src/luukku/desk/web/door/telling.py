"""A case in the customer's words: what comes next and by when, who has it, and what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.ui.times import day_text, moment_text
from luukku.desk.enums import ENDED_STATES, Canceller, CaseState, Channel, ClockKind, WaitingFor
from luukku.desk.models import Attachment, Leg
from luukku.desk.queries.case_page import Said
from luukku.desk.queries.handovers import open_by_leg
from luukku.desk.queries.happened import Happened
from luukku.desk.queries.promised import Promised
from luukku.desk.queries.status_page import StatusPage
from luukku.desk.queries.waiting_words import WAITING_TOLD
from luukku.desk.web.door.meeting_words import TITLES, agreed_title, discussed_words
from luukku.desk.web.mail_phrases import refused_lines
from luukku.network.models import Absence, Organisation, Person


@dataclass(frozen=True)
class _Told:
    """How an event of the trail is told: `%(name)s` is whoever of ours did it."""

    title: Any
    text: Any = ""
    ours: bool = True
    is_hand: bool = False


_TOLD = {
    "case.received": _Told(gettext_lazy("We got your matter"), ours=False),
    "case.taken_up": _Told(gettext_lazy("%(name)s took up your matter"), is_hand=True),
    "case.assigned": _Told(gettext_lazy("Your matter was given to a named person"), is_hand=True),
    "case.moved_on": _Told(gettext_lazy("The organisation that had your matter has left the network. Another desk goes on with it."), is_hand=True),
    "case.reformed": _Told(gettext_lazy("The organisation that had your matter has become part of another, which goes on with it."), is_hand=True),
    "case.released": _Told(gettext_lazy("Your matter went back to the desk. Somebody else takes it up."), is_hand=True),
    "case.waiting": _Told(gettext_lazy("Your matter waits")),
    "case.reminded": _Told(gettext_lazy("We reminded you that we wait for your answer")),
    "case.still_told": _Told(gettext_lazy("We told you that we still wait")),
    "case.resumed": _Told(gettext_lazy("Your matter goes on")),
    "case.called": _Told(gettext_lazy("%(name)s spoke with you")),
    "case.news_told": _Told(gettext_lazy("%(name)s told you the news on the phone")),
    "case.filled_in": _Told(gettext_lazy("%(name)s called you back")),
    "case.not_contacted": _Told(
        gettext_lazy("You said that nobody had contacted you"), text=gettext_lazy("The desk lead was told at once."), ours=False
    ),
    "case.settled": _Told(gettext_lazy("Your matter was settled"), is_hand=True),
    "case.part_settled": _Told(gettext_lazy("%(name)s finished one part of your matter")),
    "case.not_for_us": _Told(gettext_lazy("%(name)s told you where to turn"), is_hand=True),
    "case.withdrawn": _Told(gettext_lazy("You told us that you need no more help"), ours=False, is_hand=True),
    "case.reopened": _Told(gettext_lazy("You opened your matter again"), ours=False, is_hand=True),
    "case.reopened_by_us": _Told(gettext_lazy("Your matter was opened again"), is_hand=True),
    "case.met": _Told(gettext_lazy("We met")),
    "case.no_show": _Told(gettext_lazy("You did not come to the booked time")),
    **{action: _Told(title, ours=ours) for action, (title, ours) in TITLES.items()},
    "case.claims_answered": _Told(gettext_lazy("You said whether what we wrote down is right"), ours=False),
    "case.feedback": _Told(gettext_lazy("You told us how it went"), ours=False),
    "case.joined_here": _Told(
        gettext_lazy("Another contact was joined to this matter"),
        text=gettext_lazy("You had told us of the same thing more than once. We handle it as one, and everything is on this page."), is_hand=True,
    ),
    "case.parted": _Told(gettext_lazy("This is a matter of its own again"), text=gettext_lazy("It had been joined to another one by mistake.")),
    "case.parted_here": _Told(gettext_lazy("What had been joined to this matter is a matter of its own again")),
    "case.split": _Told(
        gettext_lazy("We made a matter of its own of something that you told us"),
        text=gettext_lazy("It was about something else. You got its number and link by e-mail, if we have your address."), is_hand=True,
    ),
    "case.shepherd_given": _Told(gettext_lazy("%(to)s is your trusted person from now on"), is_hand=True),
    "case.shepherd_ended": _Told(gettext_lazy("%(to)s is your trusted person no more"), is_hand=True),
    "case.mandate": _Told(gettext_lazy("You changed what your trusted person may do"), ours=False),
    "case.consent": _Told(gettext_lazy("You gave a consent on your data"), ours=False),
    "case.consent_ended": _Told(gettext_lazy("You took a consent on your data back"), ours=False),
    "case.guest_invited": _Told(gettext_lazy("You let a colleague follow this matter"), ours=False),
    "case.guest_ended": _Told(gettext_lazy("A colleague of yours follows this matter no more"), ours=False),
    "case.chased": _Told(gettext_lazy("%(name)s asked on your behalf how this stands"), ours=False),
}  # fmt: skip
_HANDOVERS = {
    "handover.sent": _Told(gettext_lazy("%(name)s asked another helper to take up your matter: %(to)s"), is_hand=True),
    "handover.accepted": _Told(
        gettext_lazy("%(to)s took up your matter"),
        text=gettext_lazy("You need not tell your story again. Until you have been contacted, those who asked them answer for you."), is_hand=True,
    ),
    "handover.declined": _Told(gettext_lazy("%(to)s cannot take your matter. We look for another helper.")),
    "handover.withdrawn": _Told(gettext_lazy("Your matter was not passed on after all: %(to)s")),
    "handover.refused": _Told(gettext_lazy("You did not want your matter passed on: %(to)s"), ours=False),
    "handover.contacted": _Told(gettext_lazy("You have been contacted: %(to)s"), is_hand=True),
    "handover.finished": _Told(gettext_lazy("%(to)s has finished its part of your matter"), is_hand=True),
    "handover.trimmed": _Told(gettext_lazy("You changed what is passed on: %(to)s"), ours=False),
}  # fmt: skip
_ASKED_PART = gettext_lazy("%(name)s asked another helper for a part of your matter: %(to)s")
_AGREED = gettext_lazy("You agreed that another helper is asked: %(to)s")


_TIMES = {
    "case.booked": (gettext_lazy("You booked a time"), gettext_lazy("%(name)s booked a time for you")),
    "case.time_moved": (gettext_lazy("You moved the booked time"), gettext_lazy("%(name)s moved the booked time")),
    "case.place_changed": (gettext_lazy("The place of your booked time has changed"), gettext_lazy("The place of your booked time has changed")),
    "case.time_cancelled": (gettext_lazy("You cancelled the booked time"), gettext_lazy("%(name)s cancelled the booked time")),
}


@dataclass(frozen=True)
class NextStep:
    """What happens next, and by when: a moment or a day. `late` when we should have done it, `yours` when it is the customer's turn, `by` who does
    it where `what` is in the handler's own words."""

    what: str
    by: str = ""
    at: datetime | None = None
    day: date | None = None
    late: bool = False
    yours: bool = False
    hear_by: datetime | None = None


@dataclass(frozen=True)
class Handler:
    """Who has the case or a part of it; `leads` answers for the whole."""

    person: Person
    organisation: Organisation | None
    leads: bool
    does: str = ""
    away: Absence | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that has happened, and what was said at it. `is_hand`: the matter passed into somebody's hands."""

    at: datetime
    title: str
    text: str = ""
    said: str = ""
    ours: bool = True
    files: Sequence[Attachment] = ()
    refused: Sequence[str] = ()
    promise: Promised | None = None
    is_hand: bool = False
    is_first: bool = False
    handover: int | None = None


def next_steps(page: StatusPage) -> list[NextStep]:
    """One for each open part, the nearest first; none when the case has ended."""
    meetings = {meeting.starts_at for meeting in page.meetings}  # told by themselves
    still = sorted(
        (leg for leg in page.legs if leg.state not in ENDED_STATES and leg.next_step_at not in meetings), key=lambda leg: (leg.due_sort, leg.position)
    )
    passed = open_by_leg(page.handovers)  # what becomes of these is told by themselves
    return [next_of(leg) for leg in still if leg.pk not in passed]


def next_of(leg: Leg) -> NextStep:
    """What comes next of one open part."""
    now = timezone.now()
    late = leg.due_at is not None and leg.due_at < now
    if leg.state == CaseState.WAITING:
        hear_by = leg.due_at if leg.waiting_for not in (WaitingFor.CUSTOMER, WaitingFor.STATEMENT) else None
        return NextStep(
            str(WAITING_TOLD[WaitingFor(leg.waiting_for)]), day=leg.waiting_until, yours=leg.waiting_for == WaitingFor.CUSTOMER, hear_by=hear_by
        )
    if leg.due_kind == ClockKind.TAKEN_UP:
        given = _("%(name)s takes up your matter and contacts you") % {"name": leg.handler.name} if leg.handler is not None else ""
        return NextStep(given or _("A named person takes up your matter and contacts you"), at=leg.due_at, late=late)
    if leg.due_kind == ClockKind.GUIDED and leg.handler is not None:
        return NextStep(_("%(name)s contacts you") % {"name": leg.handler.name}, at=leg.due_at, late=late)
    if leg.next_step:
        gone = leg.next_step_at is not None and leg.next_step_at < now
        by = leg.handler.name if leg.handler else str(leg.desk.organisation.name)
        return NextStep(leg.next_step, by=by, at=leg.next_step_at, late=gone, hear_by=leg.due_at if not late else None)
    name = leg.handler.name if leg.handler is not None else ""
    what = _("%(name)s works on your matter. You hear from us") % {"name": name} if name else _("We work on your matter. You hear from us")
    return NextStep(what, at=leg.due_at, late=late)


def handlers(page: StatusPage) -> list[Handler]:
    """Who has it: first the one who answers for the whole, then those of the other parts."""
    found: dict[int, Handler] = {}
    sponsor = page.case.sponsor
    for leg in sorted(page.legs, key=lambda leg: leg.handler_id != page.case.sponsor_id):
        if leg.handler is not None and leg.handler_id not in found and leg.state != CaseState.HANDED_OVER:
            leads = sponsor is not None and leg.handler_id == sponsor.pk
            found[leg.handler.pk] = Handler(
                leg.handler, leg.desk.organisation, leads, str(leg.service.name) if leg.service and not leads else "", page.away.get(leg.handler.pk)
            )
    if sponsor is not None and sponsor.pk not in found:
        found = {sponsor.pk: Handler(sponsor, None, leads=True, away=page.away.get(sponsor.pk))} | found
    return list(found.values())


def story(page: StatusPage, promises: Sequence[Promised]) -> list[Entry]:
    """What has happened, newest first: the trail's events and what was said, told once."""
    unsaid = list(page.messages)
    entries: list[Entry] = []
    for event in page.history:
        entry = _entry(event, page, promises)
        if entry is None:
            continue
        said = next((each for each in unsaid if each.at == event.at and event.action != "case.received"), None)
        if said is not None:
            unsaid.remove(said)
            refused = refused_lines(page.refused.get(said.pk, []))
            entry = replace(entry, said=said.body, ours=said.kind == "out", files=said.files, refused=refused)
        entries.append(entry)
    entries += [_message(said, page) for said in unsaid]
    return sorted(entries, key=lambda entry: (entry.at, not entry.is_first), reverse=True)


def _message(said: Said, page: StatusPage) -> Entry:
    ours = said.kind == "out"
    theirs = _("An e-mail came to your matter") if said.channel == Channel.EMAIL else _("The customer wrote") if page.by_guest else _("You wrote")
    if said.author and not ours:
        theirs = _("%(name)s wrote on your behalf") % {"name": said.author}
    title = _("%(name)s wrote to you") % {"name": said.author} if ours else theirs
    return Entry(said.at, title, said=said.body, ours=ours, files=said.files, refused=refused_lines(page.refused.get(said.pk, [])))


def _entry(event: Happened, page: StatusPage, promises: Sequence[Promised]) -> Entry | None:
    action = event.action
    if action == "case.settled" and not event.facts.get("whole"):
        action = "case.part_settled"
    if action == "case.reopened" and event.actor_kind not in ("link", "customer"):
        action = "case.reopened_by_us"
    if action in _TIMES or action in ("case.discussed", "case.meeting_agreed"):
        return _time(event) if action in _TIMES else _of_meeting(event, page)
    if action.startswith("handover."):
        return handover_entry(event, page)
    told = _TOLD.get(action)
    if told is None:
        return None
    other = page.joined.get(event.of or 0) if event.of else None
    if other is not None and action == "case.received":  # her words, said once more elsewhere
        return Entry(event.at, _("You told us of this too: %(number)s") % {"number": other.number}, said=other.words or "", ours=False)
    title = _title(event, page) or str(told.title) % {"name": event.person, "to": event.to}
    entry = Entry(event.at, title, text=str(told.text), ours=told.ours, is_hand=told.is_hand)
    if action == "case.received":
        entry = replace(entry, files=page.files, refused=refused_lines(page.refused.get(None, [])), is_first=True)
    elif action == "case.taken_up":
        entry = replace(entry, promise=next((each for each in reversed(promises) if each.ended_at == event.at), None))
    return entry


def _of_meeting(event: Happened, page: StatusPage) -> Entry:
    if event.action == "case.discussed":
        title, text = discussed_words(event, page)
        return Entry(event.at, title, text=text)
    title, ours = agreed_title(event)
    return Entry(event.at, title, ours=ours)


def _time(event: Happened) -> Entry:
    """A time booked, moved or cancelled, by her or by us."""
    hers = event.actor_kind in ("link", "customer", "public", "guest") and event.facts.get("wish") != Canceller.US
    words = _TIMES[event.action][0 if hers else 1]
    if event.action == "case.time_cancelled" and not hers and not event.person:  # the matter ended with an outside organisation's part
        words = gettext_lazy("The booked time was cancelled")
    starts = parse_datetime(str(event.facts.get("starts") or ""))
    return Entry(event.at, str(words) % {"name": event.person}, text=moment_text(starts) if starts else "", ours=not hers)


def handover_entry(event: Happened, page: StatusPage) -> Entry | None:
    """A turn of a handover: to whom and why; what was passed she sees on its own page."""
    handover = next((each for each in page.handovers if each.pk == event.facts.get("handover")), None)
    action = "handover.refused" if event.action == "handover.withdrawn" and event.facts.get("by_customer") else event.action
    told = _HANDOVERS.get(action)
    if told is None or handover is None:
        return None
    text = handover.why if action == "handover.sent" else str(told.text)
    hers = action == "handover.sent" and not event.person  # her word on her own page sent it
    beside = action == "handover.sent" and handover.is_part
    title = str(_AGREED if hers else _ASKED_PART if beside else told.title) % {"name": event.person, "to": handover.receiver_name}
    said = handover.finished_words if action == "handover.finished" else ""
    return Entry(event.at, title, text=text, said=said, ours=told.ours and not hers, is_hand=told.is_hand, handover=handover.pk)


def _title(event: Happened, page: StatusPage) -> str:
    """Titles that depend on more than who did it."""
    if event.action == "case.joined_here" and event.facts.get("other") in page.joined:
        return _("%(number)s was joined to this matter") % {"number": page.joined[event.facts["other"]].number}
    if event.action == "case.received" and event.facts.get("source"):
        return _("We made this matter of something that you had told us")
    if event.action == "case.received" and page.case.logged_by_id is not None:
        return _("We wrote down your matter")
    return _waiting(event) if event.action == "case.waiting" else ""


def _waiting(event: Happened) -> str:
    cause = str(WAITING_TOLD.get(WaitingFor(event.facts["cause"]), "")) if event.facts.get("cause") in WaitingFor.values else _("Your matter waits")
    until = parse_date(str(event.facts.get("until") or ""))
    return _("%(cause)s, until %(day)s") % {"cause": cause, "day": day_text(until)} if until else cause
