"""Two more windows, numbers only: what keeps a desk or a person from being closed, and how customers said it went."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"

# Whoever closes a desk need not see its cases, but must know that there are some.
OPEN_AT = f"""
create function wall.desk_open_at(kind text, thing bigint) returns bigint
{DEFINER} as $$
  select count(*) from desk_leg l join network_desk d on d.id = l.desk_id where l.is_open and case kind
    when 'network.desk' then l.desk_id = thing
    when 'network.person' then l.handler_id = thing
    when 'network.organisation' then d.organisation_id = thing
    when 'network.region' then d.region_id = thing
    else false end
$$
"""
FACES = f"""
create function wall.desk_faces(region bigint, since timestamptz, until timestamptz) returns table (face smallint, answers bigint)
{DEFINER} as $$
  select f.face, count(*) from desk_feedback f join desk_case c on c.id = f.case_id
  where c.region_id = region and f.created_at >= since and f.created_at < until group by f.face order by f.face
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0005_queue_filters")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OPEN_AT, "drop function wall.desk_open_at"),
        migrations.RunSQL(FACES, "drop function wall.desk_faces"),
    ]
