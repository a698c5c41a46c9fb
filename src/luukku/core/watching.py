"""What a region's network should have, told by each module: the guide of its start and the watch over it read the same points."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from luukku.core.registries import Registry


@dataclass(frozen=True)
class NetworkPoint:
    """One thing that a network has from some `stage` of its life on (1 just agreed … 5 mature).

    `state` gets keys of regions and a day, and says of each whether it is there, in a fixed number of statements; who asks sees what she may see,
    the house everything. `lacking` is said kindly when it is not; `act` is what to do then, and `url` where, by the region's code; `begin` is
    the form that begins it, when `url` only shows what is there. A point of the `guide` is a step of a network's start.
    """

    order: int
    stage: int
    label: str | Promise
    lacking: str | Promise
    act: str | Promise
    state: Callable[[Sequence[int], date], Mapping[int, bool]]
    url: Callable[[str], str]
    guide: bool = False
    begin: Callable[[str], str] | None = None


network_points: Registry[NetworkPoint] = Registry("what a network should have")
