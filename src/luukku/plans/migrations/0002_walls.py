"""Who reads and writes plans. What is approved is read by the whole network, and by everybody where the region says so; a draft by the region's
parties; somebody's own year by her, and once it is in use by the region's coordinator. Seats end with a day, so they are asked on every reading."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
ME = "nullif(current_setting('luukku.person', true), '')::bigint"
SEATS = f"""
  select s.* from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = {ME} and s.role <> 'shepherd'
    and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date)
"""
INSIDE = f"""
create function wall.plans_inside() returns boolean {SQL} as $$
  select exists (select 1 from network_person p where p.id = {ME} and p.deactivated_at is null
    and (not exists (select 1 from network_seat s where s.person_id = p.id
        and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
      or exists (select 1 from ({SEATS}) s)))
$$
"""
# Regions to whose parties she belongs: by a seat in the region, or by an organisation that takes part in it.
REGIONS = f"""
create function wall.plans_regions() returns setof bigint {SQL} as $$
  select s.region_id from ({SEATS}) s where s.region_id is not null
  union select p.region_id from ({SEATS}) s join network_participation p on p.organisation_id = s.organisation_id
    where (p.valid_from is null or p.valid_from <= current_date) and (p.valid_until is null or p.valid_until >= current_date)
$$
"""
COORDINATED = f"""
create function wall.plans_coordinated() returns setof bigint {SQL} as $$
  select s.region_id from ({SEATS}) s where s.role = 'coordinator' and s.region_id is not null
$$
"""
# Those of areas may answer for a measure of a region of theirs.
ANSWERED = f"""
create function wall.plans_areas() returns setof bigint {SQL} as $$
  select a.region_id from ({SEATS}) s join network_regionarea a on a.area_id = s.area_id
  where (a.valid_from is null or a.valid_from <= current_date) and (a.valid_until is null or a.valid_until >= current_date)
$$
"""
OWN = "region_id in (select wall.plans_regions())"
READS = f"""(person_id is null and (state = 'followed' or state = 'closed') and (is_public or (select wall.plans_inside())))
  or (person_id is null and {OWN})
  or person_id = {ME}
  or (person_id is not null and state <> 'draft' and region_id in (select wall.plans_coordinated()))"""
WRITES = f"(person_id is null and ({OWN} or (state = 'followed' and region_id in (select wall.plans_areas())))) or person_id = {ME}"
READ = f"create function wall.plans_read() returns setof bigint {SQL} as $$ select id from plans_plan where {READS} $$"
WRITE = f"create function wall.plans_write() returns setof bigint {SQL} as $$ select id from plans_plan where {WRITES} $$"
OF_MEASURE = ("plans_measureseat", "plans_checkpoint", "plans_measureline")
OF_PLAN = ("plans_measure", *OF_MEASURE, "plans_note", "plans_snapshot", "plans_budgetline", "plans_share", "plans_matrixcell")
OF_REGION = ("plans_idea", "plans_proposal")
PLAN_BEFORE = f"""
create function wall.plans_plan_before() returns trigger {DEFINER} as $$
begin
  new.region_id := old.region_id; new.person_id := old.person_id;
  return new;
end $$
"""
# What hangs on a plan stays with it; what hangs on a measure belongs to that one's plan, whatever is written.
OF_PLAN_BEFORE = f"""
create function wall.plans_of_plan_before() returns trigger {DEFINER} as $$
begin
  new.plan_id := old.plan_id;
  return new;
end $$
"""
OF_MEASURE_BEFORE = f"""
create function wall.plans_of_measure_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.measure_id := old.measure_id; end if;
  select plan_id into new.plan_id from plans_measure where id = new.measure_id;
  return new;
end $$
"""
NOTE_BEFORE = f"""
create function wall.plans_note_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.measure_id := old.measure_id; new.plan_id := old.plan_id; end if;
  if new.measure_id is not null then select plan_id into new.plan_id from plans_measure where id = new.measure_id; end if;
  return new;
end $$
"""
SNAPSHOT_KEPT = f"""
create function wall.plans_snapshot_kept() returns trigger {DEFINER} as $$
begin
  raise exception 'a snapshot is never changed' using errcode = 'insufficient_privilege';
end $$
"""
REMINDER_BEFORE = f"""
create function wall.plans_reminder_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.person_id := old.person_id; new.digest := old.digest; new.measure_id := old.measure_id; end if;
  new.readers := array(select principal from network_person where id = new.person_id);
  return new;
end $$
"""
REMINDED = f"""
create function wall.plans_reminded(given bytea) returns table (reminder_id bigint, person_id bigint, measure_id bigint) {SQL} as $$
  select r.id, r.person_id, r.measure_id from plans_reminder r join network_person p on p.id = r.person_id
  where r.digest = given and r.expires_at > now() and p.deactivated_at is null
$$
"""
FUNCTIONS = (
    INSIDE, REGIONS, COORDINATED, ANSWERED, READ, WRITE, PLAN_BEFORE, OF_PLAN_BEFORE, OF_MEASURE_BEFORE, NOTE_BEFORE, SNAPSHOT_KEPT,
    REMINDER_BEFORE, REMINDED,
)  # fmt: skip
TRIGGERS = (
    ("plans_plan", "before update", "plans_plan_before"),
    *((table, "before update", "plans_of_plan_before") for table in ("plans_measure", "plans_budgetline", "plans_share", "plans_matrixcell")),
    *((table, "before insert or update", "plans_of_measure_before") for table in OF_MEASURE),
    ("plans_note", "before insert or update", "plans_note_before"),
    ("plans_snapshot", "before update", "plans_snapshot_kept"),
    ("plans_reminder", "before insert or update", "plans_reminder_before"),
)


def _by_seat(table: str, reads: str, writes: str) -> Operation:
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web_reads on {table} for select to luukku_web using ({reads})",
            f"create policy web_adds on {table} for insert to luukku_web with check ({writes})",
            f"create policy web_changes on {table} for update to luukku_web using ({writes}) with check ({writes})",
            f"create policy web_ends on {table} for delete to luukku_web using ({writes})",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        _by_seat("plans_plan", READS, WRITES),
        *[_by_seat(table, "plan_id in (select wall.plans_read())", "plan_id in (select wall.plans_write())") for table in OF_PLAN],
        *[_by_seat(table, OWN, OWN) for table in OF_REGION],
        *confidential("plans_reminder"),
        *[
            migrations.RunSQL(f"create trigger wall_before {when} on {table} for each row execute function wall.{function}()", f"drop trigger wall_before on {table}")
            for table, when, function in TRIGGERS
        ],
        migrations.RunSQL("revoke update, delete on plans_snapshot from luukku_web", migrations.RunSQL.noop),
    ]  # fmt: skip
