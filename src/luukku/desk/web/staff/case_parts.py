"""The parts of the case page, said in Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.catalogue.enums import Segment, Stage
from luukku.catalogue.models import Service
from luukku.catalogue.queries.matching import Reason
from luukku.core.actor import Actor
from luukku.core.ui.sizes import size_text
from luukku.desk.enums import ENDED_STATES, CaseState, Channel, OutcomeKind
from luukku.desk.models import Attachment, Case, Outcome, Proposal
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.case_page import CasePage, LegPart, Said
from luukku.desk.queries.handovers import open_by_leg
from luukku.desk.queries.outcome_words import came_words, word_on
from luukku.desk.queries.standing_in import has_it
from luukku.desk.web.rule_words import why
from luukku.desk.web.staff.lines import tags
from luukku.desk.web.staff.mail_lines import CaseMails, MailLine
from luukku.desk.web.staff.phrases import CHANNELS, STATE_COLOURS, Clocks
from luukku.desk.web.waited_words import waited_words


@dataclass(frozen=True)
class ProposalLine:
    """A service that was proposed, who gives it in the region, and why, in the reader's language."""

    service: Service
    giver: str
    why: str


@dataclass(frozen=True)
class LegLine:
    """One organisation's part, and which acts its handler has."""

    part: LegPart
    clock: SafeString | str
    under: str
    colour: str
    url: str
    is_open: bool
    is_mine: bool
    can_take: bool
    can_assign: bool
    can_release: bool
    waits: bool
    handed: bool
    asked_of: str  # whose this part becomes, where it was asked for beside our own
    tags: SafeString
    waited: Sequence[str]
    why: Sequence[str]
    proposals: Sequence[ProposalLine]


def leg_lines(page: CasePage, actor: Actor, now: datetime) -> list[LegLine]:
    clocks = Clocks(now)
    return [_line(page, part, actor, now, clocks) for part in page.legs]


def _line(page: CasePage, part: LegPart, actor: Actor, now: datetime, clocks: Clocks) -> LegLine:
    leg = part.leg
    is_open, mine = leg.state not in ENDED_STATES, has_it(actor, leg.handler_id)
    acts = part.can_handle and is_open
    passed = open_by_leg(page.handovers).get(leg.pk)
    return LegLine(
        part=part,
        clock=clocks.clock(leg),
        under=clocks.under(leg),
        colour=STATE_COLOURS[CaseState(leg.state)],
        url=f"{case_url(page.case.number)}{leg.pk}/",
        is_open=is_open,
        is_mine=mine,
        can_take=acts and leg.state == CaseState.NEW and (leg.handler_id is None or mine),
        can_assign=acts and (part.can_lead or mine or leg.handler_id is None),
        can_release=acts and leg.handler_id is not None and (part.can_lead or mine),
        waits=leg.state == CaseState.WAITING,
        handed=passed is not None,
        asked_of=passed.receiver_name if passed is not None and passed.is_part else "",
        tags=tags(leg, actor),
        waited=waited_words(leg, now),
        why=why(leg) if part.can_handle else [],
        proposals=[_proposal_line(each, part.proposals[0]) for each in part.proposals if each.service_id != leg.service_id][:3] if acts else [],
    )


def kind_of(case: Case) -> list[str]:
    """The customer's segment and stage as words, what of them is known."""
    known = ((Segment, case.segment), (Stage, case.stage))
    return [str(kinds(code).label) for kinds, code in known if code in kinds.values]


def _proposal_line(proposal: Proposal, best: Proposal) -> ProposalLine:
    names: dict[str, str] = proposal.giver or {}  # type: ignore[attr-defined]
    giver = ", ".join(name for name in (names.get("organisation"), names.get("person")) if name)
    why = Reason(proposal.why_kind, tuple(proposal.why_words)).said(str(proposal.service.name), best=str(best.service.name))
    return ProposalLine(proposal.service, giver, why)


@dataclass(frozen=True)
class TalkLine:
    """A message or note as it is shown; `mail` tells what became of its notice by mail, if that went wrong or has not left yet."""

    said: Said
    css: str
    who: str
    how: str
    mail: str
    files: Sequence[tuple[Attachment, str]]
    came: MailLine | None


def talk_of(page: CasePage, shown: str, mails: CaseMails) -> list[TalkLine]:
    """The talk, newest first, all of it or one side."""
    rows = {"messages": page.messages, "inside": page.notes}.get(shown, page.talk)
    name = page.case.customer.contact.name if page.case.customer else ""
    return [_talk_line(said, name, None if said.kind == "note" else mails.by_message.get(said.pk)) for said in reversed(rows)]


def _talk_line(said: Said, customer: str, came: MailLine | None) -> TalkLine:
    css = {"in": "lu-msg lu-msg--in", "note": "lu-msg lu-msg--note"}.get(said.kind, "lu-msg")
    if said.kind == "in":
        who, how = customer or _("Customer"), _("customer, by e-mail") if came is not None else _("customer")
        if said.author:
            who, how = said.author, _("on the customer’s behalf")
        if came is not None and came.stranger:
            who, how = came.stranger, str(CHANNELS[Channel.EMAIL])
    else:
        who, how = said.author, "" if said.kind == "note" else _("to the customer")
    mails = {
        "failed": _("The mail about this did not get through"),
        "bounced": _("The mail about this came back"),
        "queued": _("The mail is leaving"),
    }
    files = [(each, size_text(each.file.size)) for each in said.files]
    return TalkLine(said, css, who, how, mails.get(said.mail_state, ""), files, came)


def outcome_lines(page: CasePage) -> list[tuple[str, int | None]]:
    """`Finance obtained, loan, 12,000 €, confirmed by the customer`; and the key of a business started whose business ID is not known yet."""
    lines = []
    givers = {part.leg.pk: str(part.leg.desk.organisation.name) for part in page.legs}
    several = len({givers.get(row["leg"]) for row in page.outcomes}) > 1
    for row in page.outcomes:
        claim = Outcome(**{name: row[name] for name in ("kind", "finance", "business_id", "amount", "count", "word", "word_figure", "without_help")})
        words = came_words(claim)
        words += f": {row['text']}" if row["text"] else ""
        if several and row["leg"] in givers:
            words += f" ({givers[row['leg']]})"
        if row["same_as"]:
            words += f", {_('the same as another organisation wrote down')}"
        said = word_on(claim)
        words += f". {said}" if said else ""
        lines.append((words, row["pk"] if row["kind"] == OutcomeKind.STARTED and not row["business_id"] else None))
    return lines
