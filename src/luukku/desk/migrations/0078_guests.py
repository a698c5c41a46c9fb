"""A customer lets colleagues into one matter. Their rows are read as the case is; a link of theirs opens as long as hers does, in that case alone."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

WINDOW = "language sql stable security definer set search_path = public, wall, pg_temp"
FOLLOW = """
create function wall.desk_guests_of_case() returns trigger language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  update desk_caseguest set readers = new.readers where case_id = new.id;
  return null;
end $$
"""
LINK = f"""
create function wall.desk_guest_link(given bytea) returns table (guest_id bigint, principal bigint) {WINDOW} as $$
  select g.id, c.door_principal from desk_caseguest g join desk_case c on c.id = g.case_id
  where g.digest = given and g.ended_at is null and c.joined_into_id is null
    and exists (select 1 from desk_statuslink s where s.case_id = c.id and s.revoked_at is null and coalesce(s.expires_at > now(), true))
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0077_clocks_of_listed")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "CaseGuest",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                (
                    "invited_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="when she agreed; the link stands on it"),
                ),
                ("consent_version", models.CharField(help_text="of the text that she agreed to", max_length=20)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("readers", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="desk.case")),
            ],
            options={
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("case", "email"), name="one_link_of_a_guest")],
            },
        ),
        migrations.AddField(
            "message",
            "guest",
            models.ForeignKey(
                blank=True, help_text="who wrote it for the customer", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                to="desk.caseguest",
            ),
        ),
        *confidential("desk_caseguest", index=False),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_caseguest for each row execute function wall.desk_child_before('all')",
            "drop trigger wall_before on desk_caseguest",
        ),
        migrations.RunSQL(FOLLOW, "drop function wall.desk_guests_of_case"),
        migrations.RunSQL(
            "create trigger wall_guests after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_guests_of_case()",
            "drop trigger wall_guests on desk_case",
        ),
        migrations.RunSQL(LINK, "drop function wall.desk_guest_link"),
    ]  # fmt: skip
