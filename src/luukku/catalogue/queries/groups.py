"""The tree of service groups for those who edit it."""

from collections import Counter
from dataclasses import dataclass

from luukku.catalogue.access import visible_groups
from luukku.catalogue.models import Service, ServiceGroup
from luukku.core.actor import Actor


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of the tree: how many cards it holds in use, and where it can still be moved among those beside it."""

    group: ServiceGroup
    cards: int
    is_first: bool
    is_last: bool


def group_tree(actor: Actor) -> list[GroupRow]:
    """Every group that the actor sees, each followed by those under it. Two statements."""
    groups = list(visible_groups(actor).select_related("parent").order_by("order", "code"))
    cards = Counter(Service.objects.filter(deactivated_at=None).values_list("group_id", flat=True))
    beside: dict[int | None, list[int]] = {}
    for group in groups:
        beside.setdefault(group.parent_id, []).append(group.pk)
    return [
        GroupRow(group, cards[group.pk], group.pk == beside[group.parent_id][0], group.pk == beside[group.parent_id][-1])
        for top in groups
        if top.parent_id is None
        for group in (top, *(each for each in groups if each.parent_id == top.pk))
    ]
