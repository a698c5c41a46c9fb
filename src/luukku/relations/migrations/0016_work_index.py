"""A region's work is counted from the trail of its months: found by region and time, among those events alone that are counted (migration 0012)."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

INDEX = """
create index core_event_worked on core_event (region_id, at) where person_id is not null
  and action in ('case.received', 'case.taken_up', 'case.settled', 'visit.held', 'lead.given', 'needs.mapped')
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0015_team_rules")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(INDEX, "drop index core_event_worked")]
