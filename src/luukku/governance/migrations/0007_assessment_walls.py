"""A self-assessment is read as its group; opened at a meeting, also by whoever holds a link to that one."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
BEFORE = f"""
create function wall.governance_assessment_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.group_id := old.group_id; new.survey_id := old.survey_id; end if;
  if new.meeting_id is not null and not exists (select 1 from governance_meeting where id = new.meeting_id and group_id = new.group_id) then
    raise exception 'a self-assessment is opened at a meeting of its own group' using errcode = 'check_violation';
  end if;
  new.readers := case when new.meeting_id is null then '{{}}' else wall.governance_links(null, new.meeting_id) end;
  return new;
end $$
"""
# A new link, or one that is taken away, opens or closes it with the rest of its meeting.
LINKS = """
do $do$
declare
  body text := pg_get_functiondef('wall.governance_link_after()'::regprocedure);
begin
  execute replace(body, 'return null;', 'update governance_selfassessment set readers = ''{}'' where meeting_id = met;
  return null;');
end $do$
"""
# Numbers only: how the groups of a region see themselves.
ASSESSED = """
create function wall.governance_assessed(region bigint, since date, until date) returns table (mean double precision, answers bigint)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select avg(a.mean), coalesce(sum(a.answers), 0)::bigint from governance_selfassessment a join governance_group g on g.id = a.group_id
  where g.region_id = region and a.opened_at >= wall.begins(since) and a.opened_at < wall.begins(until)
$$
"""
TEST = "(readers && wall.principals()) or group_id in (select wall.governance_groups())"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0006_self_assessment"), ("surveys", "0003_ready_made")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(BEFORE, "drop function wall.governance_assessment_before()"),
        migrations.RunSQL(LINKS, migrations.RunSQL.noop),
        migrations.RunSQL(ASSESSED, "drop function wall.governance_assessed(bigint, date, date)"),
        migrations.RunSQL(
            [
                "alter table governance_selfassessment enable row level security, force row level security",
                f"create policy web on governance_selfassessment to luukku_web using ({TEST}) with check ({TEST})",
                "create policy house on governance_selfassessment to luukku_house using (true) with check (true)",
                "create policy own on governance_selfassessment to luukku_owner using (true) with check (true)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on governance_selfassessment"
            " for each row execute function wall.governance_assessment_before()",
            "drop trigger wall_before on governance_selfassessment",
        ),
    ]
