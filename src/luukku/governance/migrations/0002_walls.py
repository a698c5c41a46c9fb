"""Who reads what a group does: its members and their deputies while their terms and seats last, the region's coordinator, by kind the members'
organisations or the whole network of the region; and of one meeting whoever holds a link to it.

Terms and seats end with a day, so they are asked on every reading and not copied; `readers` name the links, which triggers keep.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import given_principal

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
OF_MEETING = (
    "governance_attendance", "governance_agendaitem", "governance_paper", "governance_sectiontext", "governance_amendment", "governance_decision",
)  # fmt: skip
OF_GROUP = ("governance_membership", "governance_meeting", *OF_MEETING, "governance_task")
SEATS = """
  select s.* from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
    and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date)
"""
TERMS = """
  select m.* from governance_membership m left join network_seat s on s.id = m.seat_id
  where (m.valid_from is null or m.valid_from <= current_date) and (m.valid_until is null or m.valid_until >= current_date)
    and (m.seat_id is null or ((s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date)))
"""
KEEPS = f"""
create function wall.governance_keeps(region bigint) returns boolean {SQL} as $$
  select exists (select 1 from ({SEATS}) s where s.role = 'coordinator' and s.region_id = region)
$$
"""
GROUPS = f"""
create function wall.governance_groups() returns setof bigint {SQL} as $$
  with seats as ({SEATS}), terms as ({TERMS}),
    me as (select id from network_person where deactivated_at is null and id = nullif(current_setting('luukku.person', true), '')::bigint)
  select group_id from terms t join me on me.id in (t.person_id, t.deputy_id)
  union select g.id from governance_group g join seats s on s.role = 'coordinator' and s.region_id = g.region_id
  union select t.group_id from terms t join seats s on s.organisation_id = t.organisation_id and s.role <> 'shepherd'
    join governance_group g on g.id = t.group_id join governance_groupkind k on k.id = g.kind_id where k.confidentiality = 'organisations'
  union select g.id from governance_group g join governance_groupkind k on k.id = g.kind_id join seats s on s.role <> 'shepherd' and (s.region_id = g.region_id
    or exists (select 1 from network_participation p where p.organisation_id = s.organisation_id and p.region_id = g.region_id
      and (p.valid_from is null or p.valid_from <= current_date) and (p.valid_until is null or p.valid_until >= current_date)))
    where k.confidentiality = 'network'
$$
"""
LINK = f"""
create function wall.governance_link(given bytea) returns table (principal bigint) {SQL} as $$
  select a.principal from governance_attendance a where a.link_digest = given and a.link_expires_at > now()
$$
"""
# Numbers only: what meetings of each group of a region amounted to.
ACTIVITY = f"""
create function wall.governance_activity(region bigint, since date, until date)
returns table (kind_id bigint, held bigint, invited bigint, present bigint, remote bigint, decisions bigint, tasks bigint, done bigint) {SQL} as $$
  select g.kind_id, count(*), sum(a.invited), sum(a.present), sum(a.remote), sum(d.decisions), sum(t.tasks), sum(t.done)
  from governance_meeting m join governance_group g on g.id = m.group_id
    cross join lateral (select count(*) as invited, count(*) filter (where took_part in ('room', 'remote', 'deputy')) as present,
      count(*) filter (where took_part = 'remote') as remote from governance_attendance where meeting_id = m.id) a
    cross join lateral (select count(*) as decisions from governance_decision where meeting_id = m.id) d
    cross join lateral (select count(*) as tasks, count(done_at) as done from governance_task where meeting_id = m.id) t
  where g.region_id = region and m.state = 'held' and m.starts_at >= wall.begins(since) and m.starts_at < wall.begins(until)
  group by 1 order by 1
$$
"""
LINKS = f"""
create function wall.governance_links(grouped bigint, met bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(a.principal order by a.principal), '{{}}') from governance_attendance a
  where a.link_digest is not null and (a.meeting_id = met or (met is null and a.group_id = grouped))
$$
"""
GROUP_BEFORE = f"""
create function wall.governance_group_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.region_id := old.region_id; end if;
  new.readers := wall.governance_links(new.id, null);
  return new;
end $$
"""
BEFORE = f"""
create function wall.governance_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.group_id := old.group_id; end if;
  new.readers := wall.governance_links(new.group_id, null);
  return new;
end $$
"""
MEETING_BEFORE = f"""
create function wall.governance_meeting_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.group_id := old.group_id; end if;
  new.readers := wall.governance_links(null, new.id);
  return new;
end $$
"""
OF_MEETING_BEFORE = f"""
create function wall.governance_of_meeting_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.meeting_id := old.meeting_id; end if;
  select group_id into new.group_id from governance_meeting where id = new.meeting_id;
  new.readers := wall.governance_links(null, new.meeting_id);
  return new;
end $$
"""
# A paper opens its file to those who read the meeting, so nobody may put another's file under a meeting of her own.
PAPER_GUARD = f"""
create function wall.governance_paper_guard() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.file_id := old.file_id;
  elsif wall.by_web() and not exists (select 1 from core_storedfile where id = new.file_id and readers && wall.principals()) then
    raise exception 'one brings files of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# A task follows its meeting for whoever holds a link to that one; without a meeting it is the group's.
TASK_BEFORE = f"""
create function wall.governance_task_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.group_id := old.group_id; end if;
  new.readers := case when new.meeting_id is null then '{{}}' else wall.governance_links(null, new.meeting_id) end;
  return new;
end $$
"""
# A new link, or one that is taken away, opens or closes everything of its meeting.
LINK_AFTER = f"""
create function wall.governance_link_after() returns trigger {DEFINER} as $$
declare
  met bigint := coalesce(new.meeting_id, old.meeting_id);
  grouped bigint := coalesce(new.group_id, old.group_id);
begin
  update governance_group set readers = '{{}}' where id = grouped;
  update governance_membership set readers = '{{}}' where group_id = grouped;
  update governance_meeting set readers = '{{}}' where id = met;
  {"".join(f"update {table} set readers = '{{}}' where meeting_id = met; " for table in (*OF_MEETING[1:], "governance_task"))}
  update governance_attendance set readers = '{{}}' where meeting_id = met and readers is distinct from wall.governance_links(null, met);
  return null;
end $$
"""
# No new door may be a link's principal: every guard of doors learns of them, whichever migration made it last.
DOORS = """
do $do$
declare
  guard record;
begin
  for guard in select p.oid, pg_get_functiondef(p.oid) as body from pg_proc p where p.pronamespace = 'wall'::regnamespace
      and p.prosrc like '%or exists (select 1 from desk_kiosk where principal = new.door_principal)%'
      and p.prosrc not like '%governance_attendance%' loop
    execute replace(guard.body, 'or exists (select 1 from desk_kiosk where principal = new.door_principal)',
      'or exists (select 1 from desk_kiosk where principal = new.door_principal)
    or exists (select 1 from governance_attendance where principal = new.door_principal)');
  end loop;
end $do$
"""
FILES = """
create policy web_papers on core_storedfile for select to luukku_web
using ((readers && wall.principals()) or exists (select 1 from governance_paper p where p.file_id = core_storedfile.id))
"""
FUNCTIONS = (
    KEEPS, GROUPS, LINK, ACTIVITY, LINKS, GROUP_BEFORE, BEFORE, MEETING_BEFORE, OF_MEETING_BEFORE, PAPER_GUARD, TASK_BEFORE, LINK_AFTER,
)  # fmt: skip
TRIGGERS = (
    ("wall_before", "governance_group", "before insert or update", "governance_group_before()"),
    ("wall_before", "governance_membership", "before insert or update", "governance_before()"),
    ("wall_before", "governance_meeting", "before insert or update", "governance_meeting_before()"),
    ("wall_before", "governance_task", "before insert or update", "governance_task_before()"),
    *(("wall_before", table, "before insert or update", "governance_of_meeting_before()") for table in OF_MEETING),
    ("wall_file", "governance_paper", "before insert or update", "governance_paper_guard()"),
    ("wall_link", "governance_attendance", "after update of link_digest or delete", "governance_link_after()"),
)


def _confidential(table: str, seats: str) -> Operation:
    test = f"(readers && wall.principals()) or {seats}"
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web on {table} to luukku_web using ({test}) with check ({test})",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("governance", "0001_initial"), ("complaints", "0004_no_shared_door"), ("statements", "0006_link_anew"),
    ]  # fmt: skip
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        _confidential("governance_group", "wall.governance_keeps(region_id) or id in (select wall.governance_groups())"),
        *[_confidential(table, "group_id in (select wall.governance_groups())") for table in OF_GROUP],
        given_principal("governance_attendance"),
        *[
            migrations.RunSQL(f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}")
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(DOORS, migrations.RunSQL.noop),
        migrations.RunSQL(FILES, "drop policy web_papers on core_storedfile"),
        migrations.RunSQL(
            [
                "revoke execute on function wall.governance_links(bigint, bigint) from public",
                "grant execute on function wall.governance_links(bigint, bigint) to luukku_house",
            ],
            ["grant execute on function wall.governance_links(bigint, bigint) to public"],
        ),
    ]  # fmt: skip
