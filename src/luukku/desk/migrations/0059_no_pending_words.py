"""Words and readers of cases go straight into their indexes: a list of what waits to be sorted in is read through by every search,
which took ten times the search's own time after a busy hour."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

INDEXES = ("desk_case_search", "desk_case_readers", "desk_leg_open_readers")
STRAIGHT = [f"alter index {index} {how}" for index in INDEXES for how in ("set (fastupdate = off)", "reset (gin_pending_list_limit)")]
SORTED_IN = [f"select gin_clean_pending_list('{index}')" for index in INDEXES]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0058_handovers_follow_readers")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(STRAIGHT, [f"alter index {index} reset (fastupdate)" for index in INDEXES]),
        migrations.RunSQL(SORTED_IN, migrations.RunSQL.noop),
    ]
