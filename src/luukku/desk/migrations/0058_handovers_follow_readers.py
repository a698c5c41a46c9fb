"""Handovers follow their case's readers also where a trigger changes them: a list of columns looks only at what a statement names."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

CHANGED = " or ".join(f"new.{column} is distinct from old.{column}" for column in ("readers", "customer_id", "region_id", "state"))
FOLLOW = f"""
drop trigger wall_handovers on desk_case;
create trigger wall_handovers after update on desk_case for each row when ({CHANGED}) execute function wall.desk_handover_of_case()
"""
BACK = """
drop trigger wall_handovers on desk_case;
create trigger wall_handovers after update of readers, customer_id, region_id, state on desk_case
  for each row execute function wall.desk_handover_of_case()
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0057_promise_counts")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(FOLLOW, BACK)]
