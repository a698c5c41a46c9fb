"""Everything of one case for those who handle it. Seven statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.models import Event, MailState, OutgoingMail
from luukku.desk.access import RELATED, can_handle_leg, can_lead, visible_cases, visible_legs
from luukku.desk.models import Attachment, Case, Clock, Leg, Message, Note, Outcome, Proposal
from luukku.desk.queries.choices import Choices, choices
from luukku.network.models import Person

_SAID = ("kind", "pk", "direction_", "channel_", "author_name", "body", "created_at", "mail_state")


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
class Happened:
    """An event of the trail: its action (`case.taken_up`), when, by whom, and its facts."""

    action: str
    at: datetime
    actor_kind: str
    person: str
    facts: dict[str, Any]


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


@dataclass(frozen=True)
class CasePage:
    case: Case
    legs: list[LegPart]
    talk: list[Said]  # messages and notes, oldest first
    files: list[Attachment]  # those that came with the need itself
    history: list[Happened]
    outcomes: list[dict[str, Any]]  # kind, amount, count, text
    mail_failed: bool  # a mail to the customer could not be sent
    other_cases: int  # of the same customer or company, as far as the actor sees
    choices: Choices

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
    legs = [_part(actor, leg) for leg in _legs(actor, case)]
    attachments = list(Attachment.objects.filter(case=case).select_related("file").order_by("id"))
    return CasePage(
        case=case,
        legs=legs,
        talk=_talk(case, attachments),
        files=[each for each in attachments if each.message_id is None and each.note_id is None],
        history=history(case),
        outcomes=case.outcome_rows,  # type: ignore[attr-defined]
        mail_failed=case.mail_failed,  # type: ignore[attr-defined]
        other_cases=case.other_cases,  # type: ignore[attr-defined]
        choices=choices({part.leg.desk.organisation_id for part in legs if part.can_handle}),
    )


def _case(actor: Actor, number: str) -> Case:
    outcomes = (
        Outcome.objects.filter(case=OuterRef("pk")).order_by("id").values(row=JSONObject(kind="kind", amount="amount", count="count", text="text"))
    )
    same_company = Q(business_id=OuterRef("business_id"), business_id__gt="")
    others = visible_cases(actor).filter(Q(customer=OuterRef("customer")) | same_company).exclude(pk=OuterRef("pk"))
    failed = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=OuterRef("pk"), state=MailState.FAILED)
    found = (
        visible_cases(actor)
        .filter(number=number.upper())
        .select_related(*RELATED, "logged_by", "feedback")
        .defer("search")
        .annotate(outcome_rows=ArraySubquery(outcomes), mail_failed=Exists(failed), other_cases=Subquery(_count(others)))
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _count(cases: QuerySet[Case]) -> QuerySet[Any, Any]:
    return cases.order_by().annotate(n=Func(F("pk"), function="count", output_field=IntegerField())).values("n")


def _legs(actor: Actor, case: Case) -> QuerySet[Leg]:
    runs = Clock.objects.filter(leg=OuterRef("pk")).order_by("id")
    row = JSONObject(kind="kind", due_at="due_at", ended_at="ended_at", kept="kept")
    return (
        visible_legs(actor)
        .filter(case=case)
        .select_related("desk__organisation", "handler", "service")
        .prefetch_related(Prefetch("proposals", Proposal.objects.select_related("service").order_by("rank")))
        .annotate(clock_rows=ArraySubquery(runs.values(row=row)))
        .order_by("position")
    )


def _part(actor: Actor, leg: Leg) -> LegPart:
    clocks = [
        ClockRun(
            row["kind"], datetime.fromisoformat(row["due_at"]), datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None, row["kept"]
        )
        for row in leg.clock_rows  # type: ignore[attr-defined]
    ]
    return LegPart(leg, list(leg.proposals.all()), clocks, can_handle_leg(actor, leg), can_lead(actor, leg))


def _talk(case: Case, attachments: list[Attachment]) -> list[Said]:
    messages = Message.objects.filter(case=case).annotate(
        kind=Value("message"), direction_=F("direction"), channel_=F("channel"),
        author_name=Cast("author__name", CharField()), mail_state=Cast("mail__state", CharField()),
    )  # fmt: skip
    notes = Note.objects.filter(case=case).annotate(
        kind=Value("note"), direction_=Value("note"), channel_=Value(""), author_name=Cast("author__name", CharField()),
        mail_state=Value(None, TextField()),
    )  # fmt: skip
    rows = messages.order_by().values_list(*_SAID).union(notes.order_by().values_list(*_SAID), all=True)
    return [
        Said(direction, pk, channel, author or "", body, at, mail_state or "", _files_of(attachments, kind, pk))
        for kind, pk, direction, channel, author, body, at, mail_state in sorted(rows, key=lambda row: (row[6], row[1]))
    ]


def _files_of(attachments: list[Attachment], kind: str, pk: int) -> tuple[Attachment, ...]:
    return tuple(each for each in attachments if (each.note_id if kind == "note" else each.message_id) == pk)


def history(case: Case, actions: tuple[str, ...] | None = None) -> list[Happened]:
    """The case's events, oldest first, of some actions only if named. One statement."""
    name = Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("name")[:1])
    events = Event.objects.filter(subject_kind="desk.case", subject_id=case.pk).annotate(person=name).order_by("at", "id")
    if actions is not None:
        events = events.filter(action__in=actions)
    return [Happened(event.action, event.at, event.actor_kind, event.person or "", event.facts) for event in events]
