"""A draft of the rules tried on every company: how many would move from where to where. Numbers only."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.customers.access import can_edit_segment_rules
from luukku.customers.models import SegmentBook
from luukku.network.access import require


@dataclass(frozen=True)
class SegmentTrial:
    """Companies by pair of segments, those that stay among them; those of which somebody has said the segment are left out."""

    pairs: dict[tuple[str, str], int]

    @property
    def tried(self) -> int:
        return sum(self.pairs.values())

    @property
    def moved(self) -> dict[tuple[str, str], int]:
        """Only those that would move, the most first."""
        return {pair: count for pair, count in self.pairs.items() if pair[0] != pair[1]}

    @property
    def total_moved(self) -> int:
        return sum(self.moved.values())


def try_segments(actor: Actor, draft: SegmentBook) -> SegmentTrial:
    """One statement. Raises NotAllowed."""
    require(can_edit_segment_rules(actor))
    with connection.cursor() as cursor:
        cursor.execute("select before, after, companies from wall.customers_segment_trial(%s)", [draft.pk])
        return SegmentTrial({(before, after): count for before, after, count in cursor.fetchall()})
