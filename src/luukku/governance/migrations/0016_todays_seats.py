"""A seat holds from the first hour of its day to the last, as the clocks of Helsinki strike."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import by_the_houses_day


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0008_today"), ("governance", "0015_wider_kinds")]
    operations: ClassVar[list[Operation]] = by_the_houses_day("wall.governance_keeps(bigint)", "wall.governance_groups()")
