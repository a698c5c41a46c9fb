"""Maps of needs for their editor: all with how many questions each asks, and one with what it asked before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from luukku.relations.models import NeedMap, NeedQuestion


@dataclass(frozen=True)
class Row:
    need_map: NeedMap
    asked: int


def every_map() -> list[Row]:
    """The whole network's first, then the regions', those out of use last, with how many questions each asks. One statement."""
    asked = Count("questions", filter=Q(questions__is_hidden=False))
    found = NeedMap.objects.select_related("region").annotate(asked=asked).order_by("is_hidden", F("region").asc(nulls_first=True), "position", "id")
    return [Row(each, each.asked) for each in found]


@dataclass(frozen=True)
class MapPage:
    """`past`: what was asked before, newest first."""

    need_map: NeedMap
    asked: Sequence[NeedQuestion]
    past: Sequence[NeedQuestion]


def map_page(need_map: NeedMap) -> MapPage:
    """One statement."""
    every = list(need_map.questions.select_related("service").order_by("position", "id"))
    past = sorted((each for each in every if each.is_hidden), key=lambda each: (-(each.until or 0), each.pk))
    return MapPage(need_map, [each for each in every if not each.is_hidden], past)
