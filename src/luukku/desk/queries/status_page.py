"""The customer's page: what she asked, who handles it, what has happened, what next and by when.

Six statements, one more each when a time is booked, there are files or something has come of it, two when somebody keeps her.

Notes, proposals and inside facts are not asked for here; the wall would not give them either.
"""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.customers.access import keeping, shepherd_of
from luukku.customers.enums import Mandate
from luukku.customers.models import Shepherd
from luukku.desk.access import RELATED, visible_cases, visible_legs
from luukku.desk.enums import ENDED_STATES, AppointmentState, CaseState, Channel
from luukku.desk.models import Appointment, Attachment, Case, CaseGuest, Feedback, Handover, Leg, Message, Outcome
from luukku.desk.models.cases import CaseQuerySet
from luukku.desk.queries.case_meetings.for_customer import Talks, talks_of
from luukku.desk.queries.case_page import Said
from luukku.desk.queries.claims import CLAIMED, claims_of
from luukku.desk.queries.guests import GuestLine, guests_of
from luukku.desk.queries.handovers import handovers_on
from luukku.desk.queries.happened import Happened, history
from luukku.desk.queries.joined import JoinedCase, joined_here, ties_of
from luukku.desk.queries.mailed import refused_files
from luukku.desk.queries.passing import passes_to
from luukku.desk.queries.standing_in import away_today
from luukku.desk.queries.waited import wait_rows
from luukku.network.models import Absence

TOLD = (
    "case.received", "case.taken_up", "case.assigned", "case.released", "case.waiting", "case.resumed", "case.called", "case.not_contacted",
    "case.settled", "case.not_for_us", "case.withdrawn", "case.reopened", "case.feedback", "case.claims_answered", "case.booked",
    "case.moved_on", "case.reformed",
    "case.time_moved", "case.place_changed", "case.time_cancelled", "case.no_show", "case.met",
    "case.meeting_asked", "case.meeting_agreed", "case.meeting_refused", "case.meeting_withdrawn", "case.meeting_over", "case.discussed",
    "case.news_told", "case.filled_in", "case.shepherd_given", "case.shepherd_ended", "case.mandate", "case.chased",
    "case.consent", "case.consent_ended", "case.guest_invited", "case.guest_ended",
    "handover.proposed", "handover.sent", "handover.accepted", "handover.declined", "handover.withdrawn", "handover.contacted", "handover.finished",
    "handover.trimmed",
    "case.joined_here", "case.parted", "case.parted_here", "case.split",
)  # fmt: skip
_TOLD_FACTS = frozenset(
    {"cause", "until", "whole", "face", "starts", "handover", "outside", "by_customer", "item", "meeting", "named", "other", "source", "wish"}
)


@dataclass(frozen=True)
class StatusPage:
    case: Case
    legs: list[Leg]
    messages: list[Said]
    files: list[Attachment]
    history: list[Happened]
    feedback: Feedback | None
    meetings: list[Appointment]  # booked, and not over yet
    handovers: list[Handover]  # newest first
    away: dict[int, Absence]  # by person: handlers who are away today, with who stands in
    talks: Talks  # case meetings that spoke of it, or ask whether they may
    joined: dict[int, JoinedCase]  # what was joined to it, by its key
    shepherd: Shepherd | None  # who keeps her whole relation now
    refused: dict[int | None, list[dict[str, str]]]  # files of mails that were not kept, by message; None for those of the need itself
    guests: list[GuestLine]  # whom she has let in
    claims: list[Outcome]  # what was written down as having come of it, for her word
    by_guest: bool  # whether one of them reads it

    @property
    def passes_to(self) -> str:
        """How far she lets her data be passed on: a ConsentScope, empty for nowhere."""
        return self.case.passes_to or ""  # type: ignore[attr-defined]

    @property
    def claims_open(self) -> bool:
        """Whether something was written down of which she has not said whether it is right."""
        return any(not each.word for each in self.claims)

    @property
    def ended(self) -> bool:
        return self.case.state in ENDED_STATES

    @property
    def leg(self) -> Leg:
        """The one to show first: the open one that is due first, else the last that ended."""
        still = [leg for leg in self.legs if leg.state not in ENDED_STATES]
        return min(still, key=lambda leg: (leg.due_sort, leg.position)) if still else self.legs[-1]

    @property
    def keeper_away(self) -> Absence | None:
        """Her trusted person's absence today."""
        return self.away.get(self.shepherd.person_id) if self.shepherd is not None else None

    @property
    def not_contacted(self) -> bool:
        """She has said so, and nobody has been in touch since."""
        return any(leg.not_contacted for leg in self.legs)


def status_page(actor: Actor, case_id: int | None = None) -> StatusPage:
    """The case of a link's holder, or one of a signed-in customer's cases. Raises NotFound."""
    cases = _cases(actor)
    if actor.kind in ("link", "guest"):
        case = cases.filter(door_principal__in=actor.principals).first()
    elif actor.kind == "customer" and case_id is not None:
        case = cases.filter(customer__in=actor.customer_ids, pk=_goes_on_in(actor, case_id)).first()
    else:
        case = None
    if case is None:
        raise NotFound
    return _page(actor, case)


def kept_page(actor: Actor, number: str) -> StatusPage:
    """A case as its customer sees it, for whoever keeps her and may see her matters. Raises NotFound."""
    case = _cases(actor).filter(number=number.upper()).first()
    if case is not None and case.joined_into_id is not None:
        case = _cases(actor).filter(pk=case.joined_into_id).first()
    if case is None or keeping(actor, case.customer_id, case.business_id, Mandate.SEE) is None:
        raise NotFound
    return _page(actor, case)


def _cases(actor: Actor) -> CaseQuerySet:
    was_kept = Exists(Shepherd.objects.filter(customer=OuterRef("customer")))
    has_files = Exists(Attachment.objects.filter(case=OuterRef("pk"), note=None))
    has_guests = Exists(CaseGuest.objects.filter(case=OuterRef("pk"), ended_at=None))
    has_claims = Exists(Outcome.objects.filter(CLAIMED, case=OuterRef("pk")))
    cases = visible_cases(actor).select_related(*RELATED, "feedback").defer("search")
    has = {"was_kept": was_kept, "has_files": has_files, "has_guests": has_guests, "has_claims": has_claims}
    return cases.annotate(**has, passes_to=passes_to(), joined_rows=ties_of()["joined_rows"])


def _page(actor: Actor, case: Case) -> StatusPage:
    related = ("desk__organisation", "handler", "service")
    legs = list(
        visible_legs(actor)
        .filter(case=case)
        .exclude(state=CaseState.JOINED)
        .select_related(*related)
        .annotate(wait_rows=wait_rows())
        .order_by("position")
    )
    attachments = _attachments(case) if case.has_files else []  # type: ignore[attr-defined]
    messages = [
        _said(message, attachments) for message in Message.objects.filter(case=case).select_related("author", "guest").order_by("created_at", "id")
    ]
    files = [each for each in attachments if each.message_id is None]
    feedback = getattr(case, "feedback", None)
    by_mail = case.channel == Channel.EMAIL or any(said.channel == Channel.EMAIL for said in messages)
    refused = refused_files(case) if by_mail else {}
    told = _told(case)
    handovers = handovers_on(actor, case) if any(event.action.startswith("handover.") for event in told) else []
    keeper = _keeper(actor, case)
    away, talks = _away(case, legs, keeper), talks_of(actor, case, told)
    joined = {each.pk: each for each in joined_here(case.joined_rows)}  # type: ignore[attr-defined]
    return StatusPage(
        case, legs, messages, files, told, feedback, _meetings(case), handovers, away, talks, joined, keeper, refused,
        guests_of(case) if case.has_guests else [], claims_of(case.pk) if case.has_claims else [], actor.kind == "guest",  # type: ignore[attr-defined]
    )  # fmt: skip


def _attachments(case: Case) -> list[Attachment]:
    return list(Attachment.objects.filter(case=case, note=None).select_related("file").order_by("id"))


def _goes_on_in(actor: Actor, case_id: int) -> int:
    """The case itself, or that in which it goes on."""
    into = visible_cases(actor).filter(pk=case_id).values_list("joined_into", flat=True).first()
    return into or case_id


def _keeper(actor: Actor, case: Case) -> Shepherd | None:
    return shepherd_of(actor, case.customer_id, case.business_id) if case.was_kept else None  # type: ignore[attr-defined]


def _away(case: Case, legs: list[Leg], keeper: Shepherd | None) -> dict[int, Absence]:
    if case.state in ENDED_STATES:
        return {}
    keeping = keeper.person_id if keeper is not None else None
    return away_today({pk for pk in (case.sponsor_id, keeping, *(leg.handler_id for leg in legs)) if pk is not None})


def _meetings(case: Case) -> list[Appointment]:
    coming = Appointment.objects.filter(case=case, state=AppointmentState.BOOKED, ends_at__gt=timezone.now())
    return list(coming.select_related("room__premises", "municipality").prefetch_related("people"))


def _said(message: Message, attachments: list[Attachment]) -> Said:
    author = message.author.name if message.author is not None else message.guest.name if message.guest is not None else ""
    files = tuple(each for each in attachments if each.message_id == message.pk)
    return Said(message.direction, message.pk, message.channel, author, message.body, message.created_at, "", files)


def _told(case: Case) -> list[Happened]:
    return [
        replace(
            event,
            facts={name: fact for name, fact in event.facts.items() if name in _TOLD_FACTS},
            to=event.to if event.action.startswith("case.shepherd_") else "",
        )
        for event in history(case, TOLD)
    ]
