"""What a joining keeps, so that it can be undone: keys, states and moments. Fields are put back only if nobody has changed them since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Self, cast

from django.db.models import Field, Model

from luukku.desk.models import Clock


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)  # one moment, one text
    return value.isoformat() if isinstance(value, date) else value


@dataclass
class Kept:
    """`fields`: by `kind:key`, what each field was and became. `clocks`: by key, leg, end and moment of the end as they were.

    `rows`: by kind, the keys that were moved. `withheld`: by kind, who did not read a row before, where anybody did not.
    `positions`: by key of leg. `met`: clocks that the joining itself met. `strangers`: principals that read the joined case and not the other.
    `split`: the split that was undone by it.
    """

    fields: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    clocks: dict[str, list[Any]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    withheld: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    met: list[int] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)
    split: int | None = None

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        return cls(**stored)

    def stored(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def change(self, thing: Model, **values: Any) -> None:
        """Set fields in memory and remember what they were; the caller saves."""
        kept = self.fields.setdefault(_key(thing), {})
        for name, value in values.items():
            before = plain(getattr(thing, name))
            if before != plain(value):
                kept[name] = [kept[name][0] if name in kept else before, plain(value)]
                setattr(thing, name, value)

    def put_back(self, thing: Model) -> list[str]:
        """Give the fields back what they were, unless they have been changed since. Returns which; the caller saves."""
        back = []
        for name, (before, after) in self.fields.get(_key(thing), {}).items():
            if plain(getattr(thing, name)) == after:
                field = cast("Field[Any, Any]", thing._meta.get_field(name))
                setattr(thing, name, field.to_python(before))
                back.append(name)
        return back

    def keep_clocks(self, clocks: Iterable[Clock]) -> None:
        for clock in clocks:
            self.clocks.setdefault(str(clock.pk), [clock.leg_id, clock.end, plain(clock.ended_at)])


def _key(thing: Model) -> str:
    return f"{thing._meta.model_name}:{thing.pk}"
