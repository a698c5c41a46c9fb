"""When organisations merge or split, the house moves who asks for a statement under way, and who is asked; no request does."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0006_link_anew"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        amended("wall.statements_plan_before()", "new.desk_id := old.desk_id;", "if wall.by_web() then new.desk_id := old.desk_id; end if;"),
        amended("wall.statements_statement_before()", "if (new.case_id, new.leg_id,", "if wall.by_web() and (new.case_id, new.leg_id,"),
    ]
