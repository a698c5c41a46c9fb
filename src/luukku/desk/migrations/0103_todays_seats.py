"""A seat holds from the first hour of its day to the last, as the clocks of Helsinki strike."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import by_the_houses_day


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0008_today"), ("desk", "0102_ready_texts")]
    operations: ClassVar[list[Operation]] = by_the_houses_day(
        "wall.desk_late_cases(bigint,timestamptz)",
        "wall.desk_open_of_seat(bigint,text[])",
        "wall.desk_routing_facts(bigint,integer)",
        "wall.desk_meeting_members(bigint)",
        policies=(("web_keeps", "desk_partnerkey"),),
    )
