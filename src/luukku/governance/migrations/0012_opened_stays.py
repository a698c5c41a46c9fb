"""What a group saw of itself at its meeting stays as it was opened."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

KEPT = "if tg_op = 'UPDATE' then new.group_id := old.group_id; new.survey_id := old.survey_id; end if;"
STAYS = """
  if tg_op = 'UPDATE' and wall.by_web() and old.opened_at is not null
      and (new.results, new.mean, new.answers, new.opened_at) is distinct from (old.results, old.mean, old.answers, old.opened_at) then
    raise exception 'what has been opened stays as it was' using errcode = 'insufficient_privilege';
  end if;"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0011_network_walls")]
    operations: ClassVar[list[Operation]] = [
        amended("wall.governance_assessment_before()", KEPT, KEPT + STAYS),
        migrations.RunSQL("revoke delete on governance_selfassessment from luukku_web", "grant delete on governance_selfassessment to luukku_web"),
    ]
