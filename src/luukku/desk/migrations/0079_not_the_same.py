"""Two matters that look alike are not the same, says somebody who sees both: kept by those who read both, so that it is not shown again."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
BEFORE = f"""
create function wall.desk_notsame_before() returns trigger {DEFINER} as $$
begin
  select coalesce(array_agg(p order by p), '{{}}') into new.readers from (
    select unnest(wall.desk_staff_readers(c)) as p from desk_case c where c.id = new.case_id
    intersect select unnest(wall.desk_staff_readers(o)) from desk_case o where o.id = new.other_id) both_read;
  return new;
end $$
"""
FOLLOW = f"""
create function wall.desk_notsame_of_case() returns trigger {DEFINER} as $$
begin
  update desk_notsame set readers = '{{}}' where new.id in (case_id, other_id);
  return null;
end $$
"""
PEOPLE = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "network.person"}
CASES = {"on_delete": django.db.models.deletion.CASCADE, "related_name": "+", "to": "desk.case"}


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0078_guests")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "NotSame",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("case", models.ForeignKey(help_text="the older one", **CASES)),
                ("other", models.ForeignKey(**CASES)),
                ("said_by", models.ForeignKey(**PEOPLE)),
                ("undone_by", models.ForeignKey(blank=True, null=True, **PEOPLE)),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("undone_at", None)), fields=("case", "other"), name="not_same_once"),
                    models.CheckConstraint(condition=models.Q(("case__lt", models.F("other"))), name="not_same_older_first"),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at", None), ("undone_by__isnull", False), _connector="XOR"), name="not_same_undone_by_somebody"
                    ),
                ],
            },
        ),
        *confidential("desk_notsame", index=False),
        migrations.RunSQL(BEFORE, "drop function wall.desk_notsame_before"),
        migrations.RunSQL(FOLLOW, "drop function wall.desk_notsame_of_case"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_notsame for each row execute function wall.desk_notsame_before()",
            "drop trigger wall_before on desk_notsame",
        ),
        migrations.RunSQL(
            "create trigger wall_notsame after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_notsame_of_case()",
            "drop trigger wall_notsame on desk_case",
        ),
    ]
