"""What a customer says on the phone of how it went is written down by staff, who are told whether she may be asked now, and nothing else."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

RESTED = """
create function wall.desk_rested(matter bigint, keys uuid[]) returns boolean
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select exists (
    select from desk_case c join network_region r on r.id = c.region_id
    where c.id = matter and c.readers && wall.principals() and not exists (
      select from desk_askedkey a where a.key = any(keys) and a.asked_at >= now() - make_interval(days => r.feedback_gap_days)
    )
  )
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0089_stays_in_figures")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="feedback",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                help_text="who wrote down what she said; None: she herself",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.person",
            ),
        ),
        migrations.RunSQL(RESTED, "drop function wall.desk_rested(bigint, uuid[])"),
    ]
