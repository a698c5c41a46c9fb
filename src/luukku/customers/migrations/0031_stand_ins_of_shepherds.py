"""Who stands in for a shepherd that is away reads by his doors on those days: by a seat of her own in his organisation that keeps customers, and
only while his own seat, the relation and the contract hold."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DOORS = """
create or replace function wall.customers_shepherd_doors(given bigint, today date) returns bigint[]
language sql volatile security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(s.principal order by s.principal), '{}')
  from customers_shepherd s
  join network_seat t on t.id = s.seat_id and t.person_id = s.person_id
    and (t.valid_from is null or t.valid_from <= today) and (t.valid_until is null or t.valid_until >= today)
  join network_organisation o on o.id = s.organisation_id and o.deactivated_at is null
  left join customers_shepherdcontract c on c.id = s.contract_id
  where s.person_id = any(array(
      select given union select a.person_id from network_absence a where a.deputy_id = given and a.first_day <= today and a.last_day >= today))
    and (s.person_id = given or exists (
      select 1 from network_seat d join network_person p on p.id = d.person_id and p.deactivated_at is null
      where d.person_id = given and d.organisation_id = s.organisation_id and d.role in ('adviser', 'desk-lead', 'shepherd')
        and (d.valid_from is null or d.valid_from <= today) and (d.valid_until is null or d.valid_until >= today)))
    and s.ended_at is null and s.starts_at <= clock_timestamp() and (s.ends_at is null or s.ends_at > clock_timestamp())
    and (c.id is null or (c.first_day <= today and coalesce(c.ended_on, c.last_day) >= today))
$$
"""
BEFORE = """
create or replace function wall.customers_shepherd_doors(given bigint, today date) returns bigint[]
language sql volatile security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(s.principal order by s.principal), '{}')
  from customers_shepherd s
  join network_seat t on t.id = s.seat_id and t.person_id = given
    and (t.valid_from is null or t.valid_from <= today) and (t.valid_until is null or t.valid_until >= today)
  join network_organisation o on o.id = s.organisation_id and o.deactivated_at is null
  left join customers_shepherdcontract c on c.id = s.contract_id
  where s.person_id = given and s.ended_at is null and s.starts_at <= clock_timestamp() and (s.ends_at is null or s.ends_at > clock_timestamp())
    and (c.id is null or (c.first_day <= today and coalesce(c.ended_on, c.last_day) >= today))
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0030_similar_companies")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(DOORS, BEFORE)]
