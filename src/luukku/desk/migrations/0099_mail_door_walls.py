"""Who reads a mail that made no case: the organisation of the own door to which it came, of a region's door that of the front desk, and of the nation's
door its operators, by a circle that each carries while she has that seat."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OPERATORS = """
create function wall.desk_operators(given bigint, today date) returns bigint[]
language sql stable as $$
  select case when exists (
    select 1 from public.network_seat where person_id = given and role = 'operator'
      and (valid_from is null or valid_from <= today) and (valid_until is null or valid_until >= today))
    then array[-9000000000000000000] else array[]::bigint[] end
$$
"""
FRONT = """
create or replace function wall.desk_front_readers(box bigint) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select case when m.region_id is null and m.desk_id is null then array[-9000000000000000000] else (
    select coalesce(array_agg(distinct o.principal order by o.principal), '{}')
    from network_desk d join network_organisation o on o.id = d.organisation_id
    where d.id = m.desk_id or (d.region_id = m.region_id and d.is_front and d.deactivated_at is null)) end
  from desk_mailbox m where m.id = box
$$
"""
BEFORE = """
create or replace function wall.desk_front_readers(box bigint) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(distinct o.principal order by o.principal), '{}')
  from desk_mailbox m join network_desk d on d.region_id = m.region_id and d.is_front and d.deactivated_at is null
  join network_organisation o on o.id = d.organisation_id where m.id = box
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0098_mailbox_of_each_door")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OPERATORS, "drop function wall.desk_operators(bigint, date)"),
        migrations.RunSQL(FRONT, BEFORE),
    ]
