"""A prospect is read also by those with whom its seller shares it. They add to its history; they change nothing, offer nothing and let nothing go."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"

PROSPECT_BEFORE = f"""
create or replace function wall.vitality_prospect_before() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and not exists (select 1 from network_organisation
      where id = case when tg_op = 'UPDATE' then old.organisation_id else new.organisation_id end and principal = any(wall.principals())) then
    raise exception 'one sells for one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'UPDATE' and wall.by_web() and (new.region_id, new.organisation_id, new.made_by_id, new.made_at)
      is distinct from (old.region_id, old.organisation_id, old.made_by_id, old.made_at) then
    raise exception 'whose prospect it is stands' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(distinct o.principal order by o.principal), '{{}}') into new.readers
    from network_organisation o where o.id = new.organisation_id or o.id = any(new.shared_with);
  return new;
end $$
"""
OFFER_BEFORE = f"""
create or replace function wall.vitality_offer_before() returns trigger {DEFINER} as $$
declare shown bigint[]; seller bigint; keeper bigint;
begin
  if tg_op = 'UPDATE' then new.prospect_id := old.prospect_id; new.site_id := old.site_id; end if;
  select p.readers, o.principal into shown, seller from vitality_prospect p join network_organisation o on o.id = p.organisation_id
    where p.id = new.prospect_id;
  select o.principal into keeper from vitality_site s join network_organisation o on o.id = s.organisation_id where s.id = new.site_id;
  select coalesce(array_agg(distinct x order by x), '{{}}') into new.readers from unnest(shown || keeper) x where x is not null;
  if wall.by_web() and not (seller = any(wall.principals()))
      and not (tg_op = 'UPDATE' and keeper = any(wall.principals()) and new.state = 'released') then
    raise exception 'one offers plots to prospects that one sells to' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
AFTER = """
drop trigger wall_after on vitality_prospect;
create trigger wall_after after update of readers, organisation_id, shared_with on vitality_prospect
  for each row execute function wall.vitality_prospect_after()
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0005_shared_prospects")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in (PROSPECT_BEFORE, OFFER_BEFORE, AFTER)
    ]
