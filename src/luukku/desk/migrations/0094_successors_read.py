"""What an organisation had in a region it has left is read on by its legal successor there: the two are one in law, and the matters have not been left."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

BEFORE = "where p.region_id = region and p.valid_until < (now() at time zone 'Europe/Helsinki')::date"
SUCCEEDED = """
    and not exists (select 1 from network_succession n join network_participation q on q.organisation_id = n.successor_id and q.region_id = region
      where n.predecessor_id = p.organisation_id and n.is_legal
        and (q.valid_until is null or q.valid_until >= (now() at time zone 'Europe/Helsinki')::date))"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0093_left_regions"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [amended("wall.desk_left_region(bigint)", BEFORE, BEFORE + SUCCEEDED)]
