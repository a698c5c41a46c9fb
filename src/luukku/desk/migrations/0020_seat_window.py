"""Whoever ends a person's seat need not see her cases, but must know that some would be left without a handler."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

# Open legs that she handles at this organisation's desks, unless another seat of hers lets her go on.
OPEN_OF_SEAT = """
create function wall.desk_open_of_seat(seat bigint, handling text[]) returns bigint
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select count(*) from network_seat s
  join network_desk d on d.organisation_id = s.organisation_id
  join desk_leg l on l.desk_id = d.id and l.is_open and l.handler_id = s.person_id
  where s.id = seat and not exists (
    select 1 from network_seat o where o.person_id = s.person_id and o.organisation_id = s.organisation_id and o.id <> s.id
      and o.role = any(handling) and (o.valid_until is null or o.valid_until >= current_date))
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0019_after_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(OPEN_OF_SEAT, "drop function wall.desk_open_of_seat")]
