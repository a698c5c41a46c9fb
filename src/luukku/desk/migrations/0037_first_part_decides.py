"""Whether an organisation came to a case after a mail is decided by its first part: one that it adds later opens nothing more."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

LATER = """
create or replace function wall.desk_came_later(own_case bigint, moment timestamptz) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(o.principal), '{}') from network_organisation o where o.id in (
    select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id left join desk_handover h on h.received_leg_id = l.id
    where l.case_id = own_case group by d.organisation_id having (array_agg(coalesce(h.accepted_at > moment, false) order by l.id))[1])
  and o.id is distinct from (select logged_by_id from desk_case where id = own_case)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0036_partner_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(LATER, migrations.RunSQL.noop)]
