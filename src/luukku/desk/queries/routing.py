"""Which desk and which person a need goes to, and why: the region's rules in use first, then the rules of the desk it comes to.

The rules are no secret and change seldom, so they are remembered for half a minute; without rules nothing is asked but that there are none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.desk.enums import BookState, Whom
from luukku.desk.models import Rota, Rule
from luukku.desk.queries.rota import turn
from luukku.network.enums import Right, roles_with
from luukku.network.models import Absence, Seat


@dataclass(frozen=True)
class Need:
    """What rules ask of a need."""

    service_id: int | None
    municipality_id: int | None
    language: str
    segment: str = ""
    day: date = field(default_factory=timezone.localdate)


@dataclass(frozen=True)
class Routed:
    """Where it goes; `why` are the facts that stand on the leg: the rule, the conditions that held, and how the person was found."""

    desk_id: int | None
    person_id: int | None
    why: dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """A region's rules in use (or a draft in their place), with what they refer to."""

    region: Sequence[Rule]
    desks: Mapping[int, Sequence[Rule]]
    rotas: Mapping[int, Rota]
    staff: Mapping[int, frozenset[int]]  # by desk: who handles its matters


_remembered: Remembered[Rules] = Remembered(30)
_EMPTY = Rules((), {}, {}, {})


def rules_of(region_id: int) -> Rules:
    """The rules in use, remembered. Three statements at most."""
    return _remembered.get(region_id, lambda: _rules(list(_rule_rows().filter(book__region_id=region_id, book__state=BookState.USED)), region_id))


def rules_with(draft_id: int, region_id: int) -> Rules:
    """The rules as they would be with this draft in use. Three statements at most."""
    rows = list(_rule_rows().filter(book__region_id=region_id, book__state__in=(BookState.USED, BookState.DRAFT)))
    draft = next((row.book for row in rows if row.book_id == draft_id), None)
    desk_id = draft.desk_id if draft else None
    kept = [row for row in rows if row.book_id == draft_id or (row.book.state == BookState.USED and not (draft and row.book.desk_id == desk_id))]
    return _rules(kept, region_id)


def _rule_rows() -> Any:
    return Rule.objects.select_related("book", "to_desk").order_by("book", "position", "id")


def _rules(rows: Sequence[Rule], region_id: int) -> Rules:
    if not rows:
        return _EMPTY
    by_desk: dict[int, list[Rule]] = {}
    for row in rows:
        if row.book.desk_id is not None:
            by_desk.setdefault(row.book.desk_id, []).append(row)
    region = [row for row in rows if row.book.desk_id is None]
    if not any(row.whom for row in rows):
        return Rules(region, by_desk, {}, {})
    return Rules(region, by_desk, {rota.desk_id: rota for rota in Rota.objects.filter(desk__region_id=region_id)}, _staff(region_id))


def _staff(region_id: int) -> dict[int, frozenset[int]]:
    """By desk of the region: who handles its matters. One statement."""
    here = Q(region=None) | Q(region_id=region_id)
    seats = Seat.objects.on(timezone.localdate()).filter(here, role__in=roles_with(Right.HANDLE_CASES), person__deactivated_at=None)
    handles: dict[int, set[int]] = {}
    for desk, person in seats.filter(organisation__desks__region_id=region_id).values_list("organisation__desks__id", "person_id"):
        handles.setdefault(desk, set()).add(person)
    return {desk: frozenset(people) for desk, people in handles.items()}


def _open(rule: Rule) -> bool:
    return rule.to_desk is not None and rule.to_desk.deactivated_at is None


Count = Callable[[str, int], int]  # open matters by kind (`network.desk`, `network.person`) and id


def count_open(kind: str, pk: int) -> int:
    """How many open matters a desk or person has, as a number only. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select wall.desk_open_at(%s, %s)", [kind, pk])
        return int(cursor.fetchone()[0])


def route(rules: Rules, need: Need, *, desk_id: int | None = None, count: Count | None = count_open, away: frozenset[int] | None = None) -> Routed:
    """Apply the rules. With `desk_id` the desk is chosen already and only its own rules are asked. Without `count` loads are not asked (old cases).

    A desk of None: no rule fits. One statement for who is away when a rule leads to a person, one for each load that a rule asks for.
    """
    absent = _Away(need.day, away)
    why: dict[str, Any] = {}
    person: int | None = None
    if desk_id is None:
        chosen = next((rule for rule in rules.region if _open(rule) and _fits(rule, need, rule.to_desk_id, count)), None)
        if chosen is None:
            return Routed(None, None, {})
        desk_id, why = chosen.to_desk_id, _facts(chosen, need)
        person = _whom(chosen, desk_id, rules, need, absent, count, why)
    if person is None and desk_id is not None:
        inside = next((rule for rule in rules.desks.get(desk_id, ()) if _fits(rule, need, desk_id, count)), None)
        if inside is not None:
            facts = _facts(inside, need)
            person = _whom(inside, desk_id, rules, need, absent, count, facts)
            why = {**why, "inside": facts}
    return Routed(desk_id, person, why)


class _Away:
    """Who is away on the day, asked when it matters."""

    def __init__(self, day: date, known: frozenset[int] | None) -> None:
        self.day, self.known = day, known

    def ids(self) -> frozenset[int]:
        if self.known is None:
            self.known = frozenset(Absence.objects.on(self.day).values_list("person_id", flat=True))
        return self.known


def _fits(rule: Rule, need: Need, desk_id: int | None, count: Count | None) -> bool:
    return (
        (not rule.services or need.service_id in rule.services)
        and (not rule.municipalities or need.municipality_id in rule.municipalities)
        and (not rule.languages or need.language in rule.languages)
        and (not rule.segments or need.segment in rule.segments)
        and (rule.fewer_than is None or count is None or desk_id is None or count("network.desk", desk_id) < rule.fewer_than)
    )


def _facts(rule: Rule, need: Need) -> dict[str, Any]:
    """The conditions that held, by what they were."""
    conditions = (
        ("service", rule.services, need.service_id), ("municipality", rule.municipalities, need.municipality_id),
        ("language", rule.languages, need.language), ("segment", rule.segments, need.segment),
    )  # fmt: skip
    held: dict[str, Any] = {"book": rule.book_id, "version": rule.book.number, "rule": rule.position}
    held |= {name: has for name, wanted, has in conditions if wanted}
    if rule.fewer_than is not None:
        held["fewer_than"] = rule.fewer_than
    return held


def _whom(rule: Rule, desk_id: int | None, rules: Rules, need: Need, away: _Away, count: Count | None, why: dict[str, Any]) -> int | None:
    """The person a rule leads to, if she is there; `why` gets how she was found, or who was away."""
    if not rule.whom or desk_id is None:
        return None
    there = rules.staff.get(desk_id, frozenset())
    why["whom"] = rule.whom
    if rule.whom == Whom.PERSON:
        if rule.to_person_id in there and rule.to_person_id not in away.ids():
            return rule.to_person_id
        why["away"] = rule.to_person_id
        return None
    if rule.whom == Whom.ROTA:
        rota = rules.rotas.get(desk_id)
        return turn(rota, need.day, away.ids() | (frozenset(rota.people) - there)) if rota else None
    present = sorted(there - away.ids())
    return min(present, key=lambda pk: (count("network.person", pk), pk)) if present and count is not None else None
