"""A draft of rules is tried on old cases: what rules ask of them, without a number or a name, for who edits the region's rules."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

# The seat is tested here again. Numbers are joined by the application for those legs only that the actor may read.
FACTS = """
create function wall.desk_routing_facts(region bigint, most integer)
returns table (leg_id bigint, desk_id bigint, service_id bigint, municipality_id bigint, language text, segment text, received_at timestamptz)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select l.id, l.desk_id, l.service_id, l.municipality_id, l.language, c.segment, l.received_at
  from desk_leg l join desk_case c on c.id = l.case_id
  where c.region_id = region and l.position = 1 and exists (
    select 1 from network_seat s join network_person p on p.id = s.person_id
    where p.deactivated_at is null and ((s.role = 'coordinator' and s.region_id = region) or s.role = 'administrator')
      and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
      and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
  order by l.id desc limit least(most, 1000)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0032_routing")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(FACTS, "drop function wall.desk_routing_facts")]
