"""A draft of rules tried on old matters: how many would have gone elsewhere, from where to where, and which of them the actor may read."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.desk.access import visible_legs
from luukku.desk.access.desks import can_edit_rules
from luukku.desk.models import Rule, RuleBook
from luukku.desk.queries.routing import Need, Rules, route, rules_of, rules_with
from luukku.network.models import Absence, Desk

MOST = 500


@dataclass(frozen=True)
class Moved:
    """One old matter that would have gone elsewhere; number and subject only where the actor may read it."""

    number: str
    subject: str
    from_desk: int
    to_desk: int
    person_id: int | None


@dataclass(frozen=True)
class Trial:
    """`tried` matters, of which `moved` would have gone to another desk (by pair of desks) and `given` to a named person at once."""

    tried: int
    moved: dict[tuple[int, int], int]
    given: int
    rows: list[Moved]

    @property
    def total_moved(self) -> int:
        return sum(self.moved.values())


def trial(actor: Actor, draft: RuleBook, most: int = 100) -> Trial:
    """On the newest `most` matters of the region, or of the desk whose rules they are. Seven statements at most. Raises NotAllowed.

    Compared with where the rules in use would have sent them. How loaded a desk was then is not known: a condition of load counts as met.
    """
    if not can_edit_rules(actor, draft.region, draft.desk):
        raise NotAllowed
    needs = _needs(actor, draft, min(most, MOST))
    new, old = rules_with(draft.pk, draft.region_id), rules_of(draft.region_id)
    absences = _absences(min((need.day for _leg, _desk, need in needs), default=timezone.localdate()))
    front = _fallbacks(draft.region_id)
    moved: Counter[tuple[int, int]] = Counter()
    given, elsewhere = 0, {}
    for leg, _desk, need in needs:
        away = frozenset(person for person, first, last in absences if first <= need.day <= last)
        before, after = (_where(rules, need, away, front, draft) for rules in (old, new))
        if before[0] != after[0]:
            moved[before[0], after[0]] += 1
        given += after[1] is not None
        if before != after:
            elsewhere[leg] = Moved("", "", before[0], after[0], after[1])
    return Trial(len(needs), dict(moved.most_common()), given, _rows(actor, elsewhere))


def mark_of(draft: RuleBook) -> str:
    """Of the rules as they stand now: another one as soon as any of them, or their order, is changed. One statement."""
    rules = Rule.objects.filter(book=draft).order_by("position", "id")
    told = rules.values_list("services", "municipalities", "languages", "segments", "fewer_than", "to_desk", "whom", "to_person")
    return sha256(repr(list(told)).encode()).hexdigest()[:32]


def _where(rules: Rules, need: Need, away: frozenset[int], front: int, draft: RuleBook) -> tuple[int, int | None]:
    if draft.desk_id is not None:
        found = route(rules, need, desk_id=draft.desk_id, count=None, away=away)
        return draft.desk_id, found.person_id
    found = route(rules, need, count=None, away=away)
    desk_id = found.desk_id if found.desk_id is not None else front
    return desk_id, found.person_id


def _needs(actor: Actor, draft: RuleBook, most: int) -> list[tuple[int, int, Need]]:
    if draft.desk_id is not None:
        legs = visible_legs(actor).filter(desk_id=draft.desk_id, position=1).order_by("-id")[:most]
        rows = list(legs.values_list("id", "desk_id", "service_id", "municipality_id", "language", "case__segment", "received_at"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("select * from wall.desk_routing_facts(%s, %s)", [draft.region_id, most])
            rows = cursor.fetchall()
    return [
        (leg, desk, Need(service, municipality, language, segment, timezone.localdate(at)))
        for leg, desk, service, municipality, language, segment, at in rows
    ]


def _absences(since: date) -> list[tuple[int, date, date]]:
    return list(Absence.objects.filter(last_day__gte=since).values_list("person_id", "first_day", "last_day"))


def _fallbacks(region_id: int) -> int:
    """The front desk: where what no rule fits goes; a service's own provider is left out of the comparison on both sides."""
    return Desk.objects.filter(region_id=region_id, is_front=True, deactivated_at=None).values_list("id", flat=True).first() or 0


def _rows(actor: Actor, elsewhere: dict[int, Moved]) -> list[Moved]:
    found = visible_legs(actor).filter(pk__in=elsewhere).order_by("-id").values_list("id", "case__number", "case__subject")[:50]
    return [Moved(number, subject, each.from_desk, each.to_desk, each.person_id) for leg, number, subject in found for each in [elsewhere[leg]]]
