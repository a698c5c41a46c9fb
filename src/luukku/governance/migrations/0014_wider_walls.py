"""Groups of areas and of the nation: an area's contact and the nation's owner keep them, and by their kind the networks below read them."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
DAY = "(now() at time zone 'Europe/Helsinki')::date"


def _today(row: str) -> str:
    return f"({row}.valid_from is null or {row}.valid_from <= {DAY}) and ({row}.valid_until is null or {row}.valid_until >= {DAY})"


SEATS = f"""
  select s.* from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint and {_today("s")}
"""
KEEPS = f"""
create or replace function wall.governance_keeps(region bigint, area bigint) returns boolean {SQL} as $$
  select exists (select 1 from ({SEATS}) s where (s.role = 'coordinator' and s.region_id = region) or (s.role = 'area-contact' and s.area_id = area)
    or (s.role = 'national-owner' and region is null and area is null))
$$
"""
GROUPS = f"""
create or replace function wall.governance_groups() returns setof bigint {SQL} as $$
  with seats as ({SEATS}),
    terms as (select m.* from governance_membership m left join network_seat s on s.id = m.seat_id
      where {_today("m")} and (m.seat_id is null or ({_today("s")}))),
    me as (select id from network_person where deactivated_at is null and id = nullif(current_setting('luukku.person', true), '')::bigint),
    regions as (select region_id from seats where role <> 'shepherd' and region_id is not null
      union select p.region_id from network_participation p join seats s on s.organisation_id = p.organisation_id and s.role <> 'shepherd'
      where {_today("p")}),
    areas as (select area_id from seats where role <> 'shepherd' and area_id is not null
      union select a.area_id from network_regionarea a join regions r on r.region_id = a.region_id where {_today("a")})
  select group_id from terms t join me on me.id in (t.person_id, t.deputy_id)
  union select g.id from governance_group g join seats s on (s.role = 'coordinator' and s.region_id = g.region_id)
    or (s.role = 'area-contact' and s.area_id = g.area_id) or (s.role = 'national-owner' and g.region_id is null and g.area_id is null)
  union select t.group_id from terms t join seats s on s.organisation_id = t.organisation_id and s.role <> 'shepherd'
    join governance_group g on g.id = t.group_id join governance_groupkind k on k.id = g.kind_id where k.confidentiality = 'organisations'
  union select g.id from governance_group g join governance_groupkind k on k.id = g.kind_id where k.confidentiality = 'network'
    and (g.region_id in (select region_id from regions) or g.area_id in (select area_id from areas)
      or (g.region_id is null and g.area_id is null and exists (select 1 from seats where role <> 'shepherd')))
$$
"""
TEST = "(readers && wall.principals()) or wall.governance_keeps({}) or id in (select wall.governance_groups())"
POLICY = "alter policy web on governance_group using ({test}) with check ({test})"
OLD = f"""
create function wall.governance_keeps(region bigint) returns boolean {SQL} as $$
  select exists (select 1 from ({SEATS}) s where s.role = 'coordinator' and s.region_id = region)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0013_areas_and_nation")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(KEEPS, "drop function wall.governance_keeps(bigint, bigint)"),
        migrations.RunSQL(GROUPS, migrations.RunSQL.noop),
        migrations.RunSQL(POLICY.format(test=TEST.format("region_id, area_id")), POLICY.format(test=TEST.format("region_id"))),
        migrations.RunSQL("drop function wall.governance_keeps(bigint)", OLD),
        amended("wall.governance_group_before()", "new.region_id := old.region_id;", "new.region_id := old.region_id; new.area_id := old.area_id;"),
    ]
