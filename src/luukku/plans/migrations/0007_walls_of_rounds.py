"""Who reads and writes rounds of reporting, parts of one plan, and what is told to everybody: of a round only what its office has made public."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
READ = "plan_id in (select wall.plans_read())"
WRITE = "plan_id in (select wall.plans_write())"
# Rounds that she reads: all of them inside, what is closed and public outside.
ROUNDS = f"""
create function wall.plans_rounds() returns setof bigint {SQL} as $$
  select id from plans_round where {READ} and ((is_public and closed_at is not null) or (select wall.plans_inside()))
$$
"""
PARTS = f"""
create function wall.plans_round_parts() returns setof bigint {SQL} as $$
  select id from plans_roundpart where round_id in (select wall.plans_rounds())
$$
"""
PART_BEFORE = f"""
create function wall.plans_round_part_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.round_id := old.round_id; new.role := old.role; new.area_id := old.area_id; end if;
  select plan_id into new.plan_id from plans_round where id = new.round_id;
  return new;
end $$
"""
FUNCTIONS = (ROUNDS, PARTS, PART_BEFORE)
TRIGGERS = (
    ("plans_round", "before update", "plans_of_plan_before"),
    ("plans_planpart", "before update", "plans_of_plan_before"),
    ("plans_roundpart", "before insert or update", "plans_round_part_before"),
)
UNIT = "(p.organisation_id = s.organisation_id or p.organisation_id = (select o.parent_id from network_organisation o where o.id = s.organisation_id))"


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


def _reads(table: str, test: str, before: str) -> Operation:
    again = f"create policy web_reads on {table} for select to luukku_web using"
    drop = f"drop policy web_reads on {table}"
    return migrations.RunSQL([drop, f"{again} ({test})"], [drop, f"{again} ({before})"])


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split(" returns")[0]


OWN = "region_id in (select wall.plans_regions())"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0006_rounds")]
    operations: ClassVar[list[Operation]] = [
        # a department of a party answers as the party does
        amended("wall.plans_regions()", "p.organisation_id = s.organisation_id", UNIT),
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        # a reader of the policy must not ask the function that asks the table, so the test stands in the policy itself
        _by_seat("plans_round", f"{READ} and ((is_public and closed_at is not null) or (select wall.plans_inside()))", WRITE),
        _by_seat("plans_roundpart", "round_id in (select wall.plans_rounds())", WRITE),
        _by_seat("plans_planpart", f"plan_id is null or {READ}", f"plan_id is null or {WRITE}"),
        # of what is said of measures the public reads what stands in a public report
        _reads("plans_note", f"{READ} and ((select wall.plans_inside()) or round_part_id in (select wall.plans_round_parts()))", READ),
        # a proposal that stands on a list of decisions is read with it
        _reads("plans_proposal", f"{OWN} or {READ}", OWN),
        *[
            migrations.RunSQL(f"create trigger wall_before {when} on {table} for each row execute function wall.{function}()", f"drop trigger wall_before on {table}")
            for table, when, function in TRIGGERS
        ],
    ]  # fmt: skip
