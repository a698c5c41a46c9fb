"""The one hand by which a reform writes: it remembers what was there, so that everything can be counted, told and undone.

A module's part (core.reforms) is given a `Mover` and moves its own rows through it. A trial runs the same parts and takes
everything back, so what a preview tells is what happens.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.reforms import reform_parts
from luukku.network.actions.reforms.marks import marks_of
from luukku.network.models import Desk, Organisation, ReformMove, ReformStep


class Mover:
    """One move of a reform under way. `desks` maps the source's desks to those that go on in their place, by key, and `seats` its
    seats to theirs. `staying` are the keys of what must not go along, by what it counts as, and `kept` the source's desks at which it lies:
    these stay open, with their people, until it has been handed over."""

    def __init__(self, move: ReformMove, *, by: Actor) -> None:
        self.by = by
        self.move = move
        self.source: Organisation = move.source
        self.target: Organisation = move.target or move.source  # itself, when only its name changes
        self.day: date = move.reform.day
        self.at: datetime = timezone.now()
        self.is_legal: bool = move.is_legal
        self.everything: bool = move.everything
        self.desks: dict[int, Desk] = {}
        self.seats: dict[int, int] = {}
        self.staying: dict[str, set[int]] = {}
        self.kept: set[int] = set()
        self.steps: list[ReformStep] = []
        self.counts: Counter[str] = Counter()
        self.told: Counter[str] = Counter()

    def within(self, *, region: str = "", person: str = "", service: str = "") -> Q:
        """Which rows this move is about, by the columns that name their region, person or service: all, or what was chosen."""
        if self.everything:
            return Q()
        named = ((region, self.move.regions), (person, self.move.people), (service, self.move.services))
        wanted = Q(pk__in=[])
        for column, chosen in named:
            if column and chosen:
                wanted |= Q(**{f"{column}__in": chosen})
        return wanted

    def stay(self, what: str, rows: Mapping[int, int]) -> None:
        """These, by key, lie at desks of the source and stay there, and people are told how many. `what` is one of the part's `told`."""
        self.staying[what] = set(rows)
        self.kept |= set(rows.values())
        self.tell(what, len(rows))

    def change(self, rows: "QuerySet[Any]", *, what: str = "", **columns: Any) -> list[int]:
        """Set these columns (by attribute, `desk_id`) of the rows and remember what they were; returns the keys. `what`: as what they count."""
        before = {row["pk"]: row for row in rows.order_by().values("pk", *columns)}
        keys = sorted(before)
        if keys:
            manager = rows.model._base_manager
            manager.filter(pk__in=keys).update(**columns)
            self._remember(rows.model, {key: {name: before[key][name] for name in columns} for key in keys}, what)
            self.count(what, len(keys))
        return keys

    def change_by_desk(self, rows: "QuerySet[Any]", column: str, *, what: str = "", **columns: Any) -> list[int]:
        """As `change`, for rows that point by `column` to a desk of the source: each goes to the desk that goes on in its place."""
        return [key for old, new in self.desks.items() for key in self.change(rows.filter(**{column: old}), what=what, **{column: new.pk}, **columns)]

    def make(self, *rows: Model, what: str = "") -> None:
        """Save new rows of one kind, and remember that they were made."""
        if rows:
            model = type(rows[0])
            model._base_manager.bulk_create(rows)
            self._remember(model, {row.pk: {} for row in rows}, what, is_made=True)
            self.count(what, len(rows))

    def count(self, what: str, how_many: int) -> None:
        """Add to what is told of the move."""
        if what and how_many:
            self.counts[what] += how_many

    def tell(self, code: str, how_many: int = 1) -> None:
        """People must know of this, though it stops nothing; `code` is one of the part's `told`."""
        if how_many:
            self.told[code] += how_many

    def figures(self) -> dict[str, dict[str, int]]:
        """Counts and what is told, as they are stored."""
        return {"counts": dict(self.counts), "told": dict(self.told)}

    def keep(self) -> None:
        """Store what undoing needs, with a digest of each row as it is now."""
        for step in self.steps:
            step.marks = marks_of(step.table, [int(key) for key in step.rows])
        ReformStep.objects.bulk_create(self.steps)

    def _remember(self, model: type[Model], rows: Mapping[int, Mapping[str, Any]], what: str, *, is_made: bool = False) -> None:
        kept = {str(key): dict(columns) for key, columns in rows.items()}
        place, table = len(self.steps), model._meta.label_lower
        self.steps.append(ReformStep(move=self.move, position=place, table=table, what=what, is_made=is_made, rows=kept))


def carry(mover: Mover) -> None:
    """Let every module say what stays, then move what is its own, in their order; nothing is stored of it yet. Raises RuleBroken."""
    parts = sorted(reform_parts.all(), key=lambda part: part.order)
    for part in parts:
        if part.stays is not None:
            part.stays(mover)
    for part in parts:
        part.carry(mover)
