"""Whose programme a plan is stands, as its region and its person do. A reform of organisations, which the house carries out, moves it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

PLAN_BEFORE = """
create or replace function wall.plans_plan_before() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  new.region_id := old.region_id; new.person_id := old.person_id;
  if wall.by_web() and new.organisation_id is distinct from old.organisation_id then
    raise exception 'whose programme it is stands' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0010_written_by_those_who_may")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(PLAN_BEFORE, migrations.RunSQL.noop)]
