"""A handover's package as lines of a page: the same for the passer, the customer and the receiver."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from luukku.desk.enums import ALWAYS_PASSED, PartKind
from luukku.desk.models import HandoverPart
from luukku.desk.queries.package import Draft


@dataclass
class Tick:
    """One line of a package: what it is called, what it holds, whether it is passed, and whether that can be chosen."""

    key: str
    kind: str
    title: str
    fixed: bool
    included: bool
    items: list[Draft | HandoverPart] = field(default_factory=list)

    @property
    def moment(self) -> datetime | None:
        """Of the first thing in it."""
        return self.items[0].said_at

    @property
    def part_ids(self) -> list[int]:
        """Keys of its parts, once they are stored."""
        return [item.pk for item in self.items if isinstance(item, HandoverPart)]


def ticks_of(drafts: Sequence[Draft], chosen: Sequence[str]) -> list[Tick]:
    """A package that is being put together."""
    lines: dict[str, Tick] = {}
    for draft in drafts:
        line = lines.setdefault(
            draft.key, Tick(draft.key, draft.kind, _title(draft.kind, draft.title), draft.fixed, draft.fixed or draft.key in chosen)
        )
        line.items.append(draft)
    return list(lines.values())


def lines_of(parts: Sequence[HandoverPart]) -> list[Tick]:
    """A package as it was put together; what was left out comes last."""
    lines: dict[str, Tick] = {}
    for part in parts:
        key = part.kind if part.kind != PartKind.FILE else f"file-{part.pk}"
        fixed = part.kind in ALWAYS_PASSED
        lines.setdefault(key, Tick(key, part.kind, _title(part.kind, part.title), fixed, part.included)).items.append(part)
    return sorted(lines.values(), key=lambda line: not line.included)


def _title(kind: str, title: str) -> str:
    return title if kind == PartKind.FILE else str(PartKind(kind).label)
