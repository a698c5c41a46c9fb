"""Handovers for screens: one with its package and talk, those that wait for an answer, and those of a case."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.models import MailState, OutgoingMail
from luukku.core.translated import best, said_in
from luukku.desk.access import HANDOVER_RELATED, can_answer, can_pass, get_handover, handover_door, visible_handovers
from luukku.desk.access.desks import handling_organisations
from luukku.desk.enums import OPEN_HANDOVER, OUTSIDE_MAIL, WITH_RECEIVER, HandoverState, PartKind
from luukku.desk.models import Case, Handover, HandoverPart, HandoverTurn, Leg
from luukku.network.models import Desk

MOST = 200
RETURNED_DAYS = 30


@dataclass(frozen=True)
class HandoverPage:
    """A handover with what the actor reads of its package and talk, and what she may do with it now."""

    handover: Handover
    parts: list[HandoverPart]
    turns: list[HandoverTurn]
    is_passer: bool
    is_receiver: bool
    unreached: str  # why the mail with an outside organisation's link did not get through: a code; empty if it did
    end_awaited: bool  # an organisation outside has not said that its part is ready, and the part is open

    @property
    def can_answer(self) -> bool:
        return self.is_receiver and self.handover.state in WITH_RECEIVER

    @property
    def can_meet(self) -> bool:
        """Whether a meeting of the three can be booked now: the customer has agreed, and the passer still answers."""
        return self.is_passer and self.handover.state in OPEN_HANDOVER and self.handover.sent_at is not None

    @property
    def can_take_back(self) -> bool:
        return self.is_passer and self.handover.state in (HandoverState.PROPOSED, *WITH_RECEIVER)


def handover_page(actor: Actor, pk: int) -> HandoverPage:
    """Three statements, two more for one that goes outside. Raises NotFound."""
    handover = get_handover(actor, pk)
    parts = list(HandoverPart.objects.filter(handover=handover).select_related("file").order_by("position"))
    turns = list(HandoverTurn.objects.filter(handover=handover).select_related("person").order_by("created_at", "id"))
    awaited = handover.end_awaited and handover_door(actor, handover) is not None
    lost = unreached([handover]).get(pk, "")
    return HandoverPage(handover, parts, turns, can_pass(actor, handover), can_answer(actor, handover), lost, awaited)


class Between(NamedTuple):
    """A handover as lists show it; a name that is not there is None."""

    pk: int
    number: str
    state: str
    reason: str
    reason_texts: dict[str, str]
    due_at: datetime | None
    closed_at: datetime | None
    meeting_at: datetime | None
    met_at: datetime | None
    next_words: str
    from_person: str
    from_organisation: str
    receiver: str
    accepted_by: str | None
    service: str | None
    next_organisation: str | None

    @property
    def get_state_display(self) -> str:
        return str(HandoverState(self.state).label)

    @property
    def why(self) -> str:
        """The reason in the reader's language, where the program said it."""
        return said_in(self.reason_texts, self.reason)


@dataclass(frozen=True)
class Handovers:
    """`incoming` waits for our answer; `sent` is ours and not complete; `returned` came back and its part still waits for another door."""

    incoming: list[Between]
    sent: list[Between]
    returned: list[Between]


def handovers_of(actor: Actor, *, now: datetime | None = None) -> Handovers:
    """What lies between desks for the actor's organisations, the most urgent `MOST` of each kind. Three statements.

    Keys first: to join everything that is shown to all that lies there, and only then to take the first, costs a second where much does.
    """
    desks = list(Desk.objects.filter(organisation__in=handling_organisations(actor)).order_by().values_list("pk", flat=True))
    since = (now or timezone.now()) - timedelta(days=RETURNED_DAYS)
    later = Handover.objects.filter(leg=OuterRef("leg"), pk__gt=OuterRef("pk"))
    still = Leg.objects.open().filter(pk=OuterRef("leg"))  # not a join: the receiver does not see the passer's part
    seen = visible_handovers(actor)
    came = seen.filter(to_desk__in=desks, state__in=WITH_RECEIVER)
    went = seen.filter(from_desk__in=desks, state__in=OPEN_HANDOVER)
    back = seen.filter(~Exists(later), Exists(still), from_desk__in=desks, state=HandoverState.DECLINED, closed_at__gte=since)
    kinds = ((came, "incoming"), (went, "sent"), (back, "returned"))
    first = [rows.order_by("due_at", "id").values_list(Value(kind), "pk")[:MOST] for rows, kind in kinds]
    found: dict[int, str] = {}
    for kind, pk in first[0].union(*first[1:], all=True):
        if kind == "incoming" or pk not in found:  # what passes between two desks of ours is to be answered
            found[pk] = kind
    sorted_rows: dict[str, list[Between]] = {kind: [] for _rows, kind in kinds}
    for row in _between(visible_handovers(actor).filter(pk__in=found)):
        sorted_rows[found[row.pk]].append(row)
    return Handovers(**sorted_rows)


def _between(handovers: QuerySet[Handover]) -> list[Between]:
    receiver = Coalesce(NullIf("outside_name", Value("")), best("to_desk__organisation__name"))
    columns = (*Between._fields[:10], "from_person__name", best("from_desk__organisation__name"), receiver, "accepted_by__name")
    named = (*columns, best("service__name"), best("next_desk__organisation__name"))
    return [Between(*row) for row in handovers.order_by("due_at", "id").values_list(*named)]


def handovers_to_count(actor: Actor, desks: Collection[int]) -> dict[str, QuerySet[Handover]]:
    """Of these desks (by key: a join would cost more than to count): `incoming` wait for our answer, `sent` are ours and wait for another's word."""
    return {
        "incoming": visible_handovers(actor).filter(to_desk__in=desks, state__in=WITH_RECEIVER),
        "sent": visible_handovers(actor).filter(from_desk__in=desks, state__in=OPEN_HANDOVER),
    }


def handovers_on(actor: Actor, case: Case) -> list[Handover]:
    """The handovers of a case that the actor reads, newest first, each with `words_passed` as far as she sees. One statement."""
    words = HandoverPart.objects.filter(handover=OuterRef("pk"), kind=PartKind.OWN_WORDS, included=True)
    found = visible_handovers(actor).filter(case=case).select_related(*HANDOVER_RELATED).annotate(words_passed=Exists(words))
    return list(found.order_by("-id"))


def words_hidden(handovers: Sequence[Handover], leg_ids: set[int]) -> bool:
    """Whether an organisation's first part came by a handover that left the customer's first words out, and no later one brought them."""
    came = {each.received_leg_id: each.words_passed for each in handovers if each.received_leg_id}  # type: ignore[attr-defined]
    return bool(leg_ids) and came.get(min(leg_ids)) is False and not any(came.get(leg_id) for leg_id in leg_ids)


def unreached(handovers: Sequence[Handover]) -> dict[int, str]:
    """Of those to organisations outside: why the last mail with the link did not get through (a code). A statement only if there are any."""
    outside = {each.pk: each.case_id for each in handovers if each.to_desk_id is None}
    if not outside:
        return {}
    mails = OutgoingMail.objects.filter(kind=OUTSIDE_MAIL, subject_kind="desk.case", subject_id__in=set(outside.values())).order_by("id")
    last = {mail.facts.get("handover"): mail for mail in mails}
    lost = {pk: last[pk] for pk in outside if pk in last and last[pk].state in (MailState.FAILED, MailState.BOUNCED)}
    return {pk: mail.error or "unknown" for pk, mail in lost.items()}


def open_by_leg(handovers: Iterable[Handover]) -> dict[int, Handover]:
    """The handover that is on its way, by the passer's part."""
    return {each.leg_id: each for each in handovers if each.state in OPEN_HANDOVER}


def returned_by_leg(handovers: Sequence[Handover]) -> dict[int, Handover]:
    """The last handover of a part, where that was declined. `handovers` newest first, with their legs' states known by the caller."""
    last: dict[int, Handover] = {}
    for each in handovers:
        last.setdefault(each.leg_id, each)
    return {leg_id: each for leg_id, each in last.items() if each.state == HandoverState.DECLINED}
