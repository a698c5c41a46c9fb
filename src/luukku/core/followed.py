"""What a higher module tells of decisions and of the plans of a region: shown where the meeting that decided is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.registries import Registry


@dataclass(frozen=True)
class Followed:
    """What came of a decision: in words, how it goes, and where one sees it."""

    words: str
    detail: str
    url: str


@dataclass(frozen=True)
class AgendaLine:
    """What an agenda tells by itself: words, and where what they stand for is found by whom they are told to."""

    words: str
    url: str = ""

    def __str__(self) -> str:
        return self.words


# By the keys of decisions: asked with the actor and the keys; what she may not read is not among it.
decision_followers: Registry[Callable[[Actor, Sequence[int]], Mapping[int, Sequence[Followed]]]] = Registry("what came of decisions")
# Of what something was made, by the code of its origin (`agreements.promise`): asked with the actor and the origin's key.
origins: Registry[Callable[[Actor, int], Followed | None]] = Registry("of what measures were made")
# Lines under the point of an agenda that follows the region's plan: asked with the actor and the region's key.
plan_lines: Registry[Callable[[Actor, int], Sequence[AgendaLine]]] = Registry("how plans go")
# The same over the regions of an area, or of the whole country (None).
plan_overviews: Registry[Callable[[Actor, int | None], Sequence[AgendaLine]]] = Registry("how the plans of many regions go")
