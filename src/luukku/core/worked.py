"""What modules tell of a person's work for her report: lines that are counted from what was logged anyway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from luukku.core.actor import Actor
from luukku.core.registries import Registry


@dataclass(frozen=True)
class WorkLine:
    """How many of one kind somebody has done; `detail` in words: by channel, how many of them were confirmed."""

    label: str
    count: int
    detail: str = ""


@dataclass(frozen=True)
class WorkPart:
    """A part of the report of what one person has done. `lines` is asked with the reader, the person's key, the first day and the day after the
    last; only what the reader reads is counted."""

    label: str | Promise
    order: int
    lines: Callable[[Actor, int, date, date], Sequence[WorkLine]]


work_parts: Registry[WorkPart] = Registry("parts of a person's report")
