"""The desk lead's view: how much each handler has, what is late, who is away, what nobody at work has, and booked times that must be moved.

Ten statements whatever the number, one more where booked times must be moved.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.finnish import finnish_key
from luukku.core.translated import LANGUAGES
from luukku.desk.access import visible_handovers, visible_legs
from luukku.desk.access.desks import desks_led
from luukku.desk.enums import CaseState
from luukku.desk.models import Appointment, Handover, Leg, Rota
from luukku.desk.queries.after import OpenFollowUp, open_follow_ups
from luukku.desk.queries.choices import colleagues
from luukku.desk.queries.periods import end_of_today
from luukku.desk.queries.rota import turn
from luukku.desk.queries.week import to_move
from luukku.network.models import Absence, Desk, Person
from luukku.network.queries.absences import all_absences

MOST = 100
# What is shown of a waiting handover.
_WAITING = (
    "number", "due_at", "state", "outside_name", "from_person__name", "to_person__name", "from_desk__organisation_id", "to_desk__organisation_id",
    *(f"{end}_desk__organisation__name_{language}" for end in ("from", "to") for language in LANGUAGES),
)  # fmt: skip


@dataclass(frozen=True)
class Load:
    """One handler's open matters in counts. `here`: she still handles the desk's matters; `turn`: it is her turn today."""

    person: Person
    open: int
    new: int
    late: int
    today: int
    waiting: int
    away: Absence | None
    here: bool
    turn: bool


class Loose(NamedTuple):
    """An open leg that needs the lead, with what is shown of its case."""

    pk: int
    desk_id: int
    state: str
    due_at: datetime | None
    look_at: datetime | None
    due_kind: str
    waiting_for: str
    waiting_until: date | None
    not_contacted: bool
    number: str
    subject: str
    language: str
    handler: str | None


@dataclass(frozen=True)
class DeskLoad:
    """`loose` are open legs that nobody at work has (nobody's, of the absent without a deputy, of who has left), or whose customer says that
    nobody has contacted her; the nearest limit first, at most `MOST`."""

    desks: Sequence[Desk]
    loads: Sequence[Load]
    unassigned: int
    loose: Sequence[Loose]
    loose_total: int
    handovers: Sequence[Handover]  # that lie with the desk unanswered
    sent: Sequence[Handover]  # that the desk has sent and nobody has answered: the matter is still its own
    low_marks: Sequence[OpenFollowUp]  # that wait for somebody's answer
    to_move: Sequence[Appointment]  # booked times whose adviser is away then or has left, or on a closing day

    @property
    def people(self) -> list[Person]:
        """To whom matters may be given: at work first."""
        return [load.person for load in sorted(self.loads, key=lambda load: load.away is not None) if load.here]


def desk_load(actor: Actor, now: datetime) -> DeskLoad:
    """Of all desks that the actor leads. Raises NotAllowed when she leads none."""
    desks = list(desks_led(actor))
    if not desks:
        raise NotAllowed
    legs = visible_legs(actor).open().filter(desk__in=[desk.pk for desk in desks])
    counts: dict[int | None, dict[str, Any]] = {row["handler_id"]: row for row in _counts(legs, now)}
    staff = set(colleagues({desk.organisation_id for desk in desks}).values_list("pk", flat=True))
    people = {person.pk: person for person in Person.objects.filter(pk__in=staff | {pk for pk in counts if pk})}
    away = {absence.person_id: absence for absence in all_absences(timezone.localdate(now))}
    turns = {turn(rota, timezone.localdate(now), away.keys()) for rota in Rota.objects.filter(desk__in=desks)}
    loads = [_load(person, counts.get(pk), away.get(pk), pk in staff, pk in turns) for pk, person in people.items()]
    unseen = [pk for pk in people if pk not in staff or (pk in away and away[pk].deputy_id is None)]
    loose = legs.filter(Q(handler=None) | Q(handler__in=unseen) | Q(not_contacted=True))
    total = sum(counts[pk]["open"] for pk in (None, *unseen) if pk in counts)
    rows = _loose(loose)
    came, sent = _unanswered(actor, {desk.pk for desk in desks})
    nobody = counts[None]["open"] if None in counts else 0
    return DeskLoad(
        desks, sorted(loads, key=lambda load: finnish_key(load.person.name)), nobody, rows, max(total, len(rows)), came, sent,
        open_follow_ups(actor, *(desk.organisation_id for desk in desks)), to_move(actor, [desk.pk for desk in desks], now),
    )  # fmt: skip


def _loose(legs: QuerySet[Leg]) -> list[Loose]:
    """The first of these; the cases are fetched of them alone, however many there are."""
    first = legs.order_by("due_sort", "id").values("pk")[:MOST]
    columns = (*Loose._fields[:-4], "case__number", "case__subject", "case__language", "handler__name")
    return [Loose(*row) for row in Leg.objects.filter(pk__in=first).order_by("due_sort", "id").values_list(*columns)]


def _unanswered(actor: Actor, desks: Collection[int]) -> tuple[list[Handover], list[Handover]]:
    """What lies with these desks, and what they have sent to others."""
    found = visible_handovers(actor).unanswered().filter(Q(to_desk__in=desks) | Q(from_desk__in=desks))
    related = ("from_desk__organisation", "to_desk__organisation", "from_person", "to_person")
    rows = found.select_related(*related).only(*_WAITING).order_by("due_at", "id")[: 2 * MOST]
    came: list[Handover] = []
    sent: list[Handover] = []
    for row in rows:
        (came if row.to_desk_id in desks else sent).append(row)
    return came[:MOST], sent[:MOST]


def _counts(legs: QuerySet[Leg], now: datetime) -> list[dict[str, Any]]:
    tonight = end_of_today(now)
    rows = (
        legs.order_by()
        .values("handler_id")
        .annotate(
            open=Count("id"),
            new=Count("id", filter=Q(state=CaseState.NEW)),
            late=Count("id", filter=Q(due_sort__lt=now)),
            today=Count("id", filter=Q(due_sort__gte=now, due_sort__lt=tonight)),
            waiting=Count("id", filter=Q(state=CaseState.WAITING)),
        )
    )
    return [dict(row) for row in rows]


def _load(person: Person, row: dict[str, int] | None, away: Absence | None, here: bool, has_turn: bool) -> Load:
    found = row or {"open": 0, "new": 0, "late": 0, "today": 0, "waiting": 0}
    counts = {name: found[name] for name in ("open", "new", "late", "today", "waiting")}
    return Load(person, **counts, away=away, here=here, turn=has_turn)
