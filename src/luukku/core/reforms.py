"""What modules tell the network of reforms: which of their things move when organisations merge or split, and which stay, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from luukku.core.registries import Registry


@dataclass(frozen=True)
class ReformPart:
    """What one module moves when organisations merge or split. `carry` gets the network's `Mover`, which says whose things go where, writes, and
    remembers what to undo. `stays` is asked before anything moves, and tells the `Mover` what must not go along. `moves` names the foreign keys
    that it sees to (`desk.Leg.desk`), `counts` and `told` say in words what it counts and what people must know of."""

    order: int
    moves: Sequence[str]
    carry: Callable[[Any], None]
    counts: Mapping[str, str | Promise]
    told: Mapping[str, str | Promise] = field(default_factory=dict)
    stays: Callable[[Any], None] | None = None


reform_parts: Registry[ReformPart] = Registry("what moves when organisations merge or split")
# Foreign keys to an organisation or a desk (`desk.HandoverCount.from_organisation`) that stay when it ends, each with the reason.
reform_stays: Registry[str] = Registry("what stays when organisations merge or split")


def register_reforms(parts: Mapping[str, ReformPart], stays: Mapping[str, str]) -> None:
    """A module tells at start what of its own moves, and what stays and why."""
    for key, part in parts.items():
        reform_parts.register(key, part)
    for key, reason in stays.items():
        reform_stays.register(key, reason)
