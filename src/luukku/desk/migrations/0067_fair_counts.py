"""Whether all are served alike: the first promise and the faces by language, municipality and segment, counted each hour.

The window tells of no group under five, nor of one that what is told would give away: where fewer than five are hidden, the smallest of those
that could be told is hidden with them. The period is always the same twelve months, so that no two questions differ by a few.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

FAIR = """
create function wall.desk_fair(region bigint) returns table (alike_by text, value text, kept bigint, n bigint, face numeric)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with cell as (select f.alike_by, f.value, f.kept, f.kept + f.broken as n, f.faces, f.face_sum from desk_faircount f where f.region_id = region),
  hidden as (
    select c.alike_by, coalesce(sum(c.n) filter (where c.n < 5), 0) as few, min(c.n) filter (where c.n >= 5) as least,
      coalesce(sum(c.faces) filter (where c.faces < 5), 0) as few_faces, min(c.faces) filter (where c.faces >= 5) as least_faces
    from cell c group by 1)
  select c.alike_by::text, c.value::text, c.kept::bigint, c.n::bigint,
    case when c.faces >= 5 and (h.few_faces = 0 or h.few_faces >= 5 or c.faces > h.least_faces) then round(c.face_sum::numeric / c.faces, 2) end
  from cell c join hidden h on h.alike_by = c.alike_by
  where c.n >= 5 and (h.few = 0 or h.few >= 5 or c.n > h.least) order by 1, 4 desc, 2
$$
"""
LABELS = [("language", "Language"), ("municipality", "Municipality"), ("segment", "Segment")]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0066_coordinator_before")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="FairCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alike_by", models.CharField(choices=LABELS, max_length=12)),
                ("value", models.CharField(help_text="a language, a municipality's key, a segment's code", max_length=30)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("broken", models.PositiveIntegerField(default=0)),
                ("faces", models.PositiveIntegerField(default=0)),
                ("face_sum", models.PositiveIntegerField(default=0)),
                ("region", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.region")),
            ],
            options={
                "ordering": ("region", "id"),
                "constraints": [models.UniqueConstraint(fields=("region", "alike_by", "value"), name="fair_count_cell")],
            },
        ),
        *house_only("desk_faircount"),
        migrations.RunSQL("revoke all on desk_faircount from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(FAIR, "drop function wall.desk_fair"),
    ]
