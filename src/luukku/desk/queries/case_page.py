"""Everything of one case for those who handle it. Six statements, and one or two for each further thing that only some cases have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case as WhenElse
from django.db.models import Exists, F, Func, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils import timezone

from luukku.catalogue.models import ServiceProvider
from luukku.core.actor import Actor, Kind
from luukku.core.models import MailState, OutgoingMail
from luukku.core.stencils import Stencil
from luukku.core.translated import LANGUAGES, best
from luukku.customers.access import shepherd_of
from luukku.customers.models import Shepherd
from luukku.desk.access import can_handle_leg, can_lead, visible_cases, visible_legs
from luukku.desk.enums import CUSTOMER_MAILS, ENDED_STATES, CaseState
from luukku.desk.models import Appointment, Attachment, Case, Clock, EServiceHelp, Feedback, FollowUp, Leg, Outcome, OutcomeCheck, Proposal
from luukku.desk.models.guests import CaseGuest
from luukku.desk.models.handover import Handover
from luukku.desk.models.keeping import NewsCall
from luukku.desk.models.listed import ItemCase
from luukku.desk.models.mailbox import IncomingMail
from luukku.desk.queries.calls import calls_of
from luukku.desk.queries.duplicates import Same, possibly_same
from luukku.desk.queries.guests import GuestLine, guests_of
from luukku.desk.queries.handovers import handovers_on, unreached, words_hidden
from luukku.desk.queries.happened import Happened, history
from luukku.desk.queries.joined import Ties, ties, ties_of
from luukku.desk.queries.passing import passes_to
from luukku.desk.queries.standing_in import Away, away_of, away_row
from luukku.desk.queries.texts import has_texts
from luukku.desk.queries.waited import wait_rows
from luukku.desk.queries.week import meetings_of

# What the page shows of the tables beside its own; the rest of them is as wide as all this together.
_NAMES = tuple(f"name_{language}" for language in LANGUAGES)
_WISHES = ("way", "wish_language", "call_days", "call_from", "call_until")
_CASE = (
    "region_id", "number", "subject", "own_words", "language", "channel", "state", "needed_by", "segment", "stage", "contacted_at", "settled_at",
    "company_name", "business_id", "company__name", "customer__contact__customer_id",
    *(f"customer__contact__{name}" for name in ("name", "role", "phone", "email", "name_key", "phone_key", "email_key", *_WISHES)),
    "joined_into", "logged_by",
    "sponsor__name", *(f"municipality__{name}" for name in _NAMES),
)  # fmt: skip
_LEG = (
    "case_id", "position", "origin", "need", "need_texts", "state", "waiting_for", "waiting_until", "next_step", "next_step_at", "due_at", "look_at",
    "due_kind", "not_contacted", "answer_awaited", "mail_failed", "call_waits", "received_at", "routed", "taken_up_at", "settled_at",
    "desk__organisation_id", "desk__region_id", "handler__name",
    "service__handling_days", *(f"{thing}__{name}" for thing in ("desk__organisation", "service") for name in _NAMES),
)  # fmt: skip
# What most cases have none of: it is asked for only where there is some.
_MAY_HAVE: dict[str, type[Model]] = {
    "has_mail": IncomingMail,
    "was_handed": Handover,
    "has_files": Attachment,
    "was_booked": Appointment,
    "asked_again": OutcomeCheck,
    "was_listed": ItemCase,
    "has_calls": NewsCall,
    "has_feedback": Feedback,
    "has_helps": EServiceHelp,
    "has_guests": CaseGuest,
}
_OUTCOME = ("pk", "kind", "finance", "amount", "count", "text", "business_id", "same_as", "leg", "word", "word_figure", "without_help")
_SAID = """
select m.direction, m.id, m.channel, coalesce(p.name, g.name, ''), m.body, m.created_at as at, coalesce(mail.state, '')
from desk_message m left join network_person p on p.id = m.author_id left join core_outgoingmail mail on mail.id = m.mail_id
left join desk_caseguest g on g.id = m.guest_id
where m.case_id = %(case)s
union all
select 'note', n.id, '', coalesce(p.name, ''), n.body, n.created_at, ''
from desk_note n left join network_person p on p.id = n.author_id
where n.case_id = %(case)s
order by at, 2
"""


@dataclass(frozen=True)
class Said:
    """A message (`in`, `out`) or an internal `note`, with its files. `mail_state` tells whether the notice of a message left."""

    kind: str
    pk: int
    channel: str
    author: str
    body: str
    at: datetime
    mail_state: str
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ClockRun:
    """One run of a promise clock; `kept` is None while it runs or when it was stopped in time."""

    kind: str
    due_at: datetime
    ended_at: datetime | None
    kept: bool | None


@dataclass(frozen=True)
class LegPart:
    """A leg with its proposals (best first) and clock runs, and what the actor may do with it."""

    leg: Leg
    proposals: list[Proposal]
    clocks: list[ClockRun]
    can_handle: bool
    can_lead: bool
    away: Away | None  # its handler, today


@dataclass(frozen=True)
class CasePage:
    case: Case
    legs: list[LegPart]
    talk: list[Said]  # messages and notes, oldest first
    files: list[Attachment]  # those that came with the need itself
    history: list[Happened]
    outcomes: list[dict[str, Any]]  # of an ended case
    feedback: Feedback | None
    follow_up: int | None  # the low mark that still waits for somebody
    check: OutcomeCheck | None  # what the customer last said, months later
    has_mail: bool  # a mail has come that belongs to it
    mail_failed: str | None  # why the last mail to the customer that could not be brought to her failed: a status code or an error's name
    other_cases: int  # of the same customer or company, as far as the actor sees
    handovers: list[Handover]  # newest first
    unreached: dict[int, str]  # handovers outside whose link did not get there, with the reason's code
    meetings: list[Appointment]  # the last one first
    shepherd: Shepherd | None  # who keeps the customer's whole relation now
    news_calls: list[NewsCall]  # that wait to be told on the phone
    guests: list[GuestLine]  # whom the customer has let in
    words_hidden: bool  # the customer did not let her first words pass to the actor's organisation
    ties: Ties  # to cases that were joined to it, or split from it
    same: list[Same]  # possibly the same matter; of an open case

    @property
    def can_handle(self) -> bool:
        return any(part.can_handle for part in self.legs)

    @property
    def notes(self) -> list[Said]:
        return [said for said in self.talk if said.kind == "note"]

    @property
    def messages(self) -> list[Said]:
        return [said for said in self.talk if said.kind != "note"]


def case_page(actor: Actor, number: str) -> CasePage:
    """The case by its number. Raises NotFound."""
    case = _case(actor, number)
    parts = _parts(actor, case)
    legs = [part for part in parts if part.leg.state != CaseState.JOINED]
    handovers = handovers_on(actor, case) if case.was_handed else []  # type: ignore[attr-defined]
    attachments = _attachments(case) if case.has_files else []  # type: ignore[attr-defined]
    ended = case.state in ENDED_STATES
    feedback = _feedback(case) if case.has_feedback else None  # type: ignore[attr-defined]
    hidden = _words_hidden(case, parts, handovers)
    return CasePage(
        case=case,
        legs=legs,
        talk=_talk(case, attachments),
        files=[each for each in attachments if each.message_id is None and each.note_id is None],
        history=history(case),
        outcomes=_outcomes(case) if ended else [],
        feedback=feedback,
        follow_up=feedback.follow_up if feedback is not None else None,  # type: ignore[attr-defined]
        check=OutcomeCheck.objects.filter(case=case, answered_at__isnull=False).select_related("recorded_by").last() if case.asked_again else None,  # type: ignore[attr-defined]
        has_mail=case.has_mail,  # type: ignore[attr-defined]
        mail_failed=case.mail_failed,  # type: ignore[attr-defined]
        other_cases=case.other_cases,  # type: ignore[attr-defined]
        handovers=handovers,
        unreached=unreached(handovers),
        meetings=meetings_of(actor, case) if case.was_booked else [],  # type: ignore[attr-defined]
        news_calls=calls_of(case) if case.has_calls else [],  # type: ignore[attr-defined]
        shepherd=shepherd_of(actor, case.customer_id, case.business_id) if case.was_kept else None,  # type: ignore[attr-defined]
        words_hidden=hidden,
        guests=guests_of(case) if case.has_guests else [],  # type: ignore[attr-defined]
        ties=ties(case, [pk for pk in _origins(parts) if pk is not None and _words_hidden(case, parts, handovers, pk)]),
        same=possibly_same(actor, case, words=not hidden) if not ended else [],
    )


def _origins(parts: list[LegPart]) -> set[int | None]:
    return {part.leg.origin_id for part in parts if part.can_handle}


def _words_hidden(case: Case, parts: list[LegPart], handovers: list[Handover], origin: int | None = None) -> bool:
    """Whether first words are kept from the actor's organisation: the case's own, or those of one that was joined to it (`origin`)."""
    mine = {part.leg.pk for part in parts if part.can_handle and part.leg.origin_id == origin}
    if not mine and origin is None:
        ours = {part.leg.desk.organisation_id for part in parts if part.can_handle}
        return bool(ours) and case.logged_by_id not in ours
    return words_hidden(handovers, mine)


def _case(actor: Actor, number: str) -> Case:
    return _found.one(actor.kind, principals=actor.principals, number=number.upper())


def _build_case(kind: Kind, principals: tuple[int, ...], number: str) -> QuerySet[Case]:
    seen = visible_cases(Actor(kind, principals))
    same_company = Q(business_id=OuterRef("business_id"), business_id__gt="")
    others = seen.filter(Q(customer=OuterRef("customer")) | same_company).exclude(pk=OuterRef("pk"))
    unsent = (MailState.FAILED, MailState.BOUNCED)
    failed = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=OuterRef("pk"), kind__in=CUSTOMER_MAILS, state__in=unsent)
    return (
        seen.filter(number=number)
        .select_related("municipality", "company", "customer__contact", "sponsor")
        .only(*_CASE)
        .annotate(
            mail_failed=Subquery(failed.order_by("-id").values(known=Coalesce(NullIf("error", Value("")), Value("unknown")))[:1]),
            other_cases=Subquery(_count(others)),
            **ties_of(),
            passes_to=passes_to(),
            was_kept=Exists(Shepherd.objects.filter(customer=OuterRef("customer"))),
            **{name: Exists(model._default_manager.filter(case=OuterRef("pk"))) for name, model in _MAY_HAVE.items()},
        )
    )


_found = Stencil(_build_case)


def _attachments(case: Case) -> list[Attachment]:
    return list(Attachment.objects.filter(case=case).select_related("file").order_by("id"))


def _outcomes(case: Case) -> list[dict[str, Any]]:
    return [dict(row) for row in Outcome.objects.filter(case=case).order_by("id").values(*_OUTCOME)]


def _feedback(case: Case) -> Feedback | None:
    waiting = FollowUp.objects.filter(case=OuterRef("case"), done_at=None).order_by("id")
    return (
        Feedback.objects.filter(case=case).select_related("recorded_by").annotate(follow_up=Subquery(waiting.values("pk")[:1])).order_by("pk").first()
    )


def _count(cases: QuerySet[Case]) -> QuerySet[Any, Any]:
    return cases.order_by().annotate(n=Func(F("pk"), function="count", output_field=IntegerField())).values("n")


def _parts(actor: Actor, case: Case) -> list[LegPart]:
    """Two statements at most."""
    found = _legs.rows(actor.kind, principals=actor.principals, case=case.pk, today=timezone.localdate())
    proposals: dict[int, list[Proposal]] = {leg.pk: [] for leg in found if leg.state not in ENDED_STATES and leg.service_id is None}
    if proposals:
        for proposal in _proposals.rows(legs=tuple(proposals)):
            proposals[proposal.leg_id].append(proposal)
    return [LegPart(leg, proposals.get(leg.pk, []), _clocks(leg), can_handle_leg(actor, leg), can_lead(actor, leg), away_of(leg)) for leg in found]


def _build_legs(kind: Kind, principals: tuple[int, ...], case: int, today: date) -> QuerySet[Leg]:
    runs = Clock.objects.filter(leg=OuterRef("pk")).order_by("id")
    row = JSONObject(kind="kind", due_at="due_at", ended_at="ended_at", kept="kept")
    legs = visible_legs(Actor(kind, principals)).filter(case=case).select_related("desk__organisation", "handler", "service").only(*_LEG)
    more = {"clock_rows": ArraySubquery(runs.values(row=row)), "wait_rows": wait_rows(), "away_row": away_row(today)}
    return legs.annotate(has_texts=has_texts(), **more).order_by("position")


def _build_proposals(legs: tuple[int, ...]) -> QuerySet[Proposal]:
    """Each with `giver`: who gives the service in the case's region, by name of the organisation, and of the person if she still works there."""
    rows = ServiceProvider.objects.filter(service=OuterRef("service"), region=OuterRef("case__region")).order_by("-is_primary", "pk")
    person = WhenElse(When(person__deactivated_at=None, then="person__name"))
    giver = rows.values(names=JSONObject(organisation=best("organisation__name"), person=person))[:1]
    return Proposal.objects.filter(leg__in=legs).select_related("service").annotate(giver=Subquery(giver)).order_by("rank", "id")


_legs, _proposals = Stencil(_build_legs), Stencil(_build_proposals)


def _clocks(leg: Leg) -> list[ClockRun]:
    return [
        ClockRun(
            row["kind"], datetime.fromisoformat(row["due_at"]), datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None, row["kept"]
        )
        for row in leg.clock_rows  # type: ignore[attr-defined]
    ]


def _talk(case: Case, attachments: list[Attachment]) -> list[Said]:
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"case": case.pk})
        rows = cursor.fetchall()
    return [Said(kind, pk, channel, author, body, at, mail, _files_of(attachments, kind, pk)) for kind, pk, channel, author, body, at, mail in rows]


def _files_of(attachments: list[Attachment], kind: str, pk: int) -> tuple[Attachment, ...]:
    return tuple(each for each in attachments if (each.note_id if kind == "note" else each.message_id) == pk)
