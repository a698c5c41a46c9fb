"""When a legal successor leaves a region, what its predecessors had there is read by nobody of it any more either."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

TELL = "wall.desk_part_changed()"
PART = "declare part network_participation := coalesce(new, old);"
MINE = """
  mine bigint[] := array(select part.organisation_id
    union select n.predecessor_id from network_succession n where n.successor_id = part.organisation_id and n.is_legal);"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0094_successors_read"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        amended(TELL, PART, PART + MINE),
        amended(TELL, "c.logged_by_id = part.organisation_id", "c.logged_by_id = any(mine)"),
        amended(TELL, "d.organisation_id = part.organisation_id", "d.organisation_id = any(mine)"),
    ]
