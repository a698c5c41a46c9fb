"""Who may read a visit: the organisations that take part in it. A lead: who gave it and who got it. That a company was met is known to the whole
network, and written by triggers alone; what of a visit is told in the trail is read by those who read the visit.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"

READERS = f"""
create function wall.relations_visit_readers(wanted bigint, own bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct o.principal order by o.principal), '{{}}') from network_organisation o
  where o.id = own or o.id in (select p.organisation_id from relations_visitparty p where p.visit_id = wanted)
$$
"""
VISIT_BEFORE = f"""
create function wall.relations_visit_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if wall.by_web() and (new.company_id, new.region_id, new.desk_id, new.organisation_id, new.planned_by_id)
        is distinct from (old.company_id, old.region_id, old.desk_id, old.organisation_id, old.planned_by_id) then
      raise exception 'whose visit it is, and to whom, stands' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not exists (select 1 from network_organisation where id = new.organisation_id and principal = any(wall.principals())) then
    raise exception 'one plans visits of one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.relations_visit_readers(new.id, new.organisation_id);
  return new;
end $$
"""
TOUCHES = """
create function wall.relations_touch_anew(wanted bigint) returns void
language sql volatile security definer set search_path = public, wall, pg_temp as $$
  delete from relations_touch t where t.visit_id = wanted and not exists (
    select 1 from relations_visit v where v.id = wanted and v.state <> 'cancelled'
      and (t.organisation_id = v.organisation_id
        or exists (select 1 from relations_visitparty p where p.visit_id = wanted and p.organisation_id = t.organisation_id)));
  insert into relations_touch (visit_id, company_id, organisation_id, region_id, year, day, is_met, way)
    select v.id, v.company_id, o.id, v.region_id, v.year, v.day, v.state in ('held', 'closed'), v.way
    from relations_visit v join network_organisation o
      on o.id = v.organisation_id or o.id in (select p.organisation_id from relations_visitparty p where p.visit_id = v.id)
    where v.id = wanted and v.state <> 'cancelled'
  on conflict (visit_id, organisation_id) do update set year = excluded.year, day = excluded.day, is_met = excluded.is_met, way = excluded.way;
$$
"""
VISIT_AFTER = f"""
create function wall.relations_visit_after() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' and new.readers is distinct from old.readers then
    update relations_visitparty set readers = new.readers where visit_id = new.id and readers is distinct from new.readers;
    update relations_visitreport set readers = new.readers where visit_id = new.id and readers is distinct from new.readers;
    update relations_visitneed set readers = new.readers where visit_id = new.id and readers is distinct from new.readers;
  end if;
  perform wall.relations_touch_anew(new.id);
  return null;
end $$
"""
# What hangs on a visit is read by those who read the visit, and written by them alone.
PART_BEFORE = f"""
create function wall.relations_part_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.visit_id := old.visit_id; end if;
  select v.readers into new.readers from relations_visit v where v.id = new.visit_id;
  if wall.by_web() and not (new.readers && wall.principals()) then
    raise exception 'one writes of visits that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
PARTY_AFTER = f"""
create function wall.relations_party_after() returns trigger {DEFINER} as $$
begin
  update relations_visit set readers = '{{}}' where id = coalesce(new.visit_id, old.visit_id);
  return null;
end $$
"""
LEAD_BEFORE = f"""
create function wall.relations_lead_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if wall.by_web() and (new.company_id, new.region_id, new.from_organisation_id, new.from_person_id, new.to_desk_id, new.to_organisation_id,
        new.words, new.source, new.given_at)
      is distinct from (old.company_id, old.region_id, old.from_organisation_id, old.from_person_id, old.to_desk_id, old.to_organisation_id,
        old.words, old.source, old.given_at) then
      raise exception 'a lead stands as it was given' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not (
      exists (select 1 from network_organisation where id = new.from_organisation_id and principal = any(wall.principals()))
      and exists (select 1 from network_desk where id = new.to_desk_id and organisation_id = new.to_organisation_id)) then
    raise exception 'one gives leads of one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(distinct o.principal order by o.principal), '{{}}') into new.readers
    from network_organisation o where o.id in (new.from_organisation_id, new.to_organisation_id);
  return new;
end $$
"""
TRAIL = r"""
create policy relations_reads on core_event as restrictive for select to luukku_web using (subject_kind !~ '^relations\.'
  or (subject_kind = 'relations.visit' and exists (select 1 from relations_visit v where v.id = subject_id))
  or (subject_kind = 'relations.lead' and exists (select 1 from relations_lead l where l.id = subject_id)))
"""
TRIGGERS = (
    ("wall_before", "relations_visit", "before insert or update", "visit_before"),
    ("wall_after", "relations_visit", "after insert or update", "visit_after"),
    ("wall_before", "relations_visitparty", "before insert or update", "part_before"),
    ("wall_after", "relations_visitparty", "after insert or delete or update of organisation_id", "party_after"),
    ("wall_before", "relations_visitreport", "before insert or update", "part_before"),
    ("wall_before", "relations_visitneed", "before insert or update", "part_before"),
    ("wall_before", "relations_lead", "before insert or update", "lead_before"),
)
TABLES = ("relations_visit", "relations_visitparty", "relations_visitreport", "relations_visitneed", "relations_lead")
INNER = ("relations_visit_readers(bigint, bigint)", "relations_touch_anew(bigint)")


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0001_visits_and_leads"), ("customers", "0018_segment_walls")]
    operations: ClassVar[list[Operation]] = [
        *[
            migrations.RunSQL(statement, f"drop function {_name(statement)} cascade")
            for statement in (READERS, VISIT_BEFORE, TOUCHES, VISIT_AFTER, PART_BEFORE, PARTY_AFTER, LEAD_BEFORE)
        ],
        *[each for table in TABLES for each in confidential(table)],
        migrations.RunSQL(
            [
                "alter table relations_touch enable row level security, force row level security",
                "create policy web on relations_touch for select to luukku_web using ((select wall.customers_inside()))",
                "create policy house on relations_touch to luukku_house using (true) with check (true)",
                "create policy own on relations_touch to luukku_owner using (true) with check (true)",
                "revoke insert, update, delete on relations_touch from luukku_web, luukku_house",
                "revoke delete on relations_visit, relations_visitreport, relations_lead from luukku_web",
            ],
            migrations.RunSQL.noop,
        ),
        *[
            migrations.RunSQL(
                f"create trigger {name} {when} on {table} for each row execute function wall.relations_{function}()",
                f"drop trigger {name} on {table}",
            )
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(TRAIL, "drop policy relations_reads on core_event"),
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                [f"grant execute on function wall.{name} to public"],
            )
            for name in INNER
        ],
    ]  # fmt: skip
