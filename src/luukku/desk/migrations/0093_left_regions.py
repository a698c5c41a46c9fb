"""An organisation whose part in a region has ended reads its matters no more, by whatever seat its people sit elsewhere.

Readers are copied into each row, so a trigger on the parts makes them anew when one begins or ends. Who logged a matter or has a desk without ever having
taken part in the region (an operator of the whole nation) is not touched.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

LEFT = f"""
create function wall.desk_left_region(region bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct o.principal), '{{}}') from network_participation p join network_organisation o on o.id = p.organisation_id
  where p.region_id = region and p.valid_until < (now() at time zone 'Europe/Helsinki')::date
    and not exists (select 1 from network_participation q where q.organisation_id = p.organisation_id and q.region_id = region
      and (q.valid_until is null or q.valid_until >= (now() at time zone 'Europe/Helsinki')::date))
$$
"""
READERS_OF_CASE = f"""
create or replace function wall.desk_case_readers(c desk_case) returns bigint[] {SQL} as $$
  {SORTED}(wall.without(array_remove(array[
    c.door_principal,
    (select principal from customers_customer where id = c.customer_id),
    (select principal from network_organisation where id = c.logged_by_id)
  ], null) || wall.desk_case_shepherds(c) || array(
    select o.principal from desk_leg l join network_desk d on d.id = l.desk_id join network_organisation o on o.id = d.organisation_id
    where l.case_id = c.id and c.joined_into_id is null
  ) || case when c.joined_into_id is null then '{{}}' else
    wall.without(c.kept_readers, array(select s.principal from customers_shepherd s where s.principal = any(c.kept_readers)))
      || wall.desk_customer_readers(c.joined_into_id) end, wall.desk_left_region(c.region_id))) as p
$$
"""
LEG_BEFORE = f"""
create or replace function wall.desk_leg_before() returns trigger {DEFINER} as $$
declare own bigint; parent bigint[]; region bigint;
begin
  select readers, language, municipality_id, region_id into parent, new.language, new.municipality_id, region from desk_case where id = new.case_id;
  if wall.by_web() and (tg_op = 'INSERT' or new.case_id is distinct from old.case_id) and not parent && wall.principals() then
    raise exception 'a leg is added to a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select o.principal into own from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = new.desk_id;
  new.readers := ({SORTED}(parent || wall.without(array[own], wall.desk_left_region(region))) as p);
  return new;
end $$
"""
PASSER = f"""
create or replace function wall.desk_passer(h desk_handover) returns bigint[] {SQL} as $$
  select wall.without(
    array(select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = h.from_desk_id),
    wall.desk_left_region(h.region_id))
$$
"""
RECEIVERS = f"""
create or replace function wall.desk_receivers(h desk_handover) returns bigint[] {SQL} as $$
  select case
    when h.state not in ('sent', 'asked', 'accepted', 'done') then '{{}}'::bigint[]
    when h.to_desk_id is null then array[h.door_principal]
    else wall.without(
      array(select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = h.to_desk_id),
      wall.desk_left_region(h.region_id))
  end
$$
"""
TELL = f"""
create function wall.desk_part_changed() returns trigger {DEFINER} as $$
declare part network_participation := coalesce(new, old);
begin
  if tg_op = 'UPDATE' and new.valid_until is not distinct from old.valid_until and new.organisation_id = old.organisation_id then
    return null;
  end if;
  update desk_case c set readers = '{{}}' where c.region_id = part.region_id and c.readers is distinct from wall.desk_case_readers(c)
    and (c.logged_by_id = part.organisation_id or c.joined_into_id is not null or exists (
      select 1 from desk_leg l join network_desk d on d.id = l.desk_id where l.case_id = c.id and d.organisation_id = part.organisation_id));
  update desk_handover h set readers = '{{}}' where h.region_id = part.region_id and h.readers is distinct from wall.desk_handover_readers(h)
    and exists (select 1 from network_desk d where d.organisation_id = part.organisation_id and d.id in (h.from_desk_id, h.to_desk_id));
  update desk_handoverpart r set readers = '{{}}' from desk_handover h where h.id = r.handover_id and h.region_id = part.region_id
    and r.readers is distinct from wall.desk_part_readers(r)
    and exists (select 1 from network_desk d where d.organisation_id = part.organisation_id and d.id in (h.from_desk_id, h.to_desk_id));
  update desk_handoverturn r set readers = '{{}}' from desk_handover h where h.id = r.handover_id and h.region_id = part.region_id
    and r.readers is distinct from wall.desk_turn_readers(r)
    and exists (select 1 from network_desk d where d.organisation_id = part.organisation_id and d.id in (h.from_desk_id, h.to_desk_id));
  return null;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0092_answers_to_marks")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LEFT, migrations.RunSQL.noop),
        *[migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in (READERS_OF_CASE, LEG_BEFORE, PASSER, RECEIVERS)],
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
        migrations.RunSQL(
            "create trigger desk_part_changed after insert or update or delete on network_participation"
            " for each row execute function wall.desk_part_changed()",
            "drop trigger desk_part_changed on network_participation",
        ),
        migrations.RunSQL(
            [
                "revoke execute on function wall.desk_left_region(bigint) from public",
                "grant execute on function wall.desk_left_region(bigint) to luukku_house",
            ],
            migrations.RunSQL.noop,
        ),
    ]
