"""Who may read what a case meeting deals with.

Without names: all who meet. Which case it is: those who read the case and, while her consent stands and its time is not over, the
organisations that the customer named. Minutes and steps: the latter once she has agreed to names, else all who meet. The customer reads her
steps and her consent. Everything follows at once when a consent, an organisation or a person of the series, or the case's readers change.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

# Organisations that meet, the people they send, and who coordinates the region today.
MEMBERS = f"""
create function wall.desk_meeting_members(wanted bigint) returns bigint[] {SQL} as $$
  {SORTED}(array(
    select o.principal from desk_casemeeting c join desk_meetingparty y on y.series_id = c.series_id
      join network_organisation o on o.id = y.organisation_id where c.id = wanted
    union
    select p.principal from desk_casemeeting c join desk_meetingparty y on y.series_id = c.series_id
      join desk_meetingmember b on b.party_id = y.id join network_person p on p.id = b.person_id where c.id = wanted
    union
    select p.principal from desk_casemeeting c join desk_meetingseries s on s.id = c.series_id
      join network_seat t on t.region_id = s.region_id and t.role = 'coordinator' join network_person p on p.id = t.person_id
      where c.id = wanted and s.desk_id is null
        and (t.valid_from is null or t.valid_from <= current_date) and (t.valid_until is null or t.valid_until >= current_date)
  )) as p
$$
"""
AGREED = f"""
create function wall.desk_item_agreed(wanted bigint) returns bigint[] {SQL} as $$
  {SORTED}(array(
    select o.principal
    from desk_meetingconsent k join desk_meetingitem i on i.id = k.item_id join desk_casemeeting c on c.id = i.meeting_id
      join desk_meetingparty y on y.series_id = c.series_id and y.organisation_id = any(k.allowed)
      join network_organisation o on o.id = y.organisation_id
    where k.item_id = wanted and k.state = 'given' and i.state <> 'removed' and (c.access_ends_at is null or c.access_ends_at > now())
  )) as p
$$
"""
STAFF = f"""
create function wall.desk_item_staff(wanted bigint) returns bigint[] {SQL} as $$
  select coalesce((select wall.desk_staff_readers(c) from desk_itemcase l join desk_case c on c.id = l.case_id where l.item_id = wanted), '{{}}')
$$
"""
ITEM_READERS = f"""
create function wall.desk_item_readers(i desk_meetingitem) returns bigint[] {SQL} as $$
  {SORTED}(wall.desk_meeting_members(i.meeting_id) || wall.desk_item_staff(i.id)
    || array(select principal from network_organisation where id = i.organisation_id)) as p
$$
"""
WRITTEN_READERS = f"""
create function wall.desk_written_readers(wanted bigint) returns bigint[] {SQL} as $$
  {SORTED}(wall.desk_item_staff(wanted) || case
    when exists (select 1 from desk_meetingconsent where item_id = wanted and given_at is not null) then wall.desk_item_agreed(wanted)
    else (select wall.desk_meeting_members(meeting_id) from desk_meetingitem where id = wanted)
  end) as p
$$
"""
STEP_READERS = f"""
create function wall.desk_step_readers(wanted bigint) returns bigint[] {SQL} as $$
  {SORTED}(wall.desk_written_readers(wanted)
    || coalesce((select wall.desk_customer_readers(case_id) from desk_itemcase where item_id = wanted), '{{}}')) as p
$$
"""
TOUCH = f"""
create function wall.desk_touch_item(wanted bigint) returns void {DEFINER} as $$
begin
  update desk_meetingitem i set readers = '{{}}' where i.id = wanted and i.readers is distinct from wall.desk_item_readers(i);
  update desk_itemcase l set readers = '{{}}' where l.item_id = wanted;
  update desk_itemminutes set readers = '{{}}' where item_id = wanted and readers is distinct from wall.desk_written_readers(wanted);
  update desk_meetingstep set readers = '{{}}' where item_id = wanted and readers is distinct from wall.desk_step_readers(wanted);
end $$
"""
TOUCH_SERIES = f"""
create function wall.desk_touch_series(wanted bigint) returns void {DEFINER} as $$
begin
  update desk_meetingpoint t set readers = '{{}}' from desk_casemeeting c
    where c.id = t.meeting_id and c.series_id = wanted and t.readers is distinct from wall.desk_meeting_members(c.id);
  perform wall.desk_touch_item(i.id) from desk_meetingitem i join desk_casemeeting c on c.id = i.meeting_id where c.series_id = wanted;
end $$
"""
POINT_BEFORE = f"""
create function wall.desk_meetingpoint_before() returns trigger {DEFINER} as $$
begin
  new.readers := wall.desk_meeting_members(new.meeting_id);
  return new;
end $$
"""
ITEM_BEFORE = f"""
create function wall.desk_meetingitem_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.organisation_id := old.organisation_id;
    if wall.by_web() and new.meeting_id <> old.meeting_id and not exists (
      select 1 from desk_casemeeting a join desk_casemeeting b on b.series_id = a.series_id where a.id = old.meeting_id and b.id = new.meeting_id) then
      raise exception 'a matter stays in its series' using errcode = 'insufficient_privilege';
    end if;
  end if;
  new.readers := wall.desk_item_readers(new);
  return new;
end $$
"""
# Listing a foreign case would open its words to the writer once its customer agreed; and an item never turns into another case.
ITEM_CASE_BEFORE = f"""
create function wall.desk_itemcase_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.item_id := old.item_id;
    new.case_id := old.case_id;
    new.leg_id := old.leg_id;
  elsif wall.by_web() and not exists (
    select 1 from desk_case c join desk_leg l on l.case_id = c.id join desk_meetingitem i on i.id = new.item_id
    where c.id = new.case_id and l.id = new.leg_id and c.readers && wall.principals() and i.readers && wall.principals()
  ) then
    raise exception 'one lists a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := ({SORTED}(
    (select wall.desk_staff_readers(c) from desk_case c where c.id = new.case_id) || wall.desk_item_agreed(new.item_id)) as p);
  return new;
end $$
"""
ITEM_CASE_AFTER = f"""
create function wall.desk_itemcase_after() returns trigger {DEFINER} as $$
begin
  update desk_meetingitem i set readers = '{{}}' where i.id = new.item_id and i.readers is distinct from wall.desk_item_readers(i);
  return null;
end $$
"""
ITEM_AFTER = f"""
create function wall.desk_meetingitem_after() returns trigger {DEFINER} as $$
begin
  if new.state is distinct from old.state or new.meeting_id is distinct from old.meeting_id then
    perform wall.desk_touch_item(new.id);
  end if;
  return null;
end $$
"""
WRITTEN_BEFORE = f"""
create function wall.desk_written_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.item_id := old.item_id;
  elsif wall.by_web() and not exists (select 1 from desk_meetingitem where id = new.item_id and readers && wall.principals()) then
    raise exception 'one writes of matters that one reads' using errcode = 'insufficient_privilege';
  end if;
  new.readers := case when tg_argv[0] = 'step' then wall.desk_step_readers(new.item_id) else wall.desk_written_readers(new.item_id) end;
  return new;
end $$
"""
CONSENT_BEFORE = f"""
create function wall.desk_meetingconsent_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.item_id := old.item_id;
    new.case_id := old.case_id;
  elsif wall.by_web() and not exists (
    select 1 from desk_itemcase l join desk_case c on c.id = l.case_id
    where l.item_id = new.item_id and c.id = new.case_id and c.readers && wall.principals()
  ) then
    raise exception 'one asks of one''s own case' using errcode = 'insufficient_privilege';
  end if;
  new.allowed := array(select unnest(new.allowed) intersect select unnest(new.organisations) order by 1);
  select readers into new.readers from desk_case where id = new.case_id;
  return new;
end $$
"""
CONSENT_AFTER = f"""
create function wall.desk_meetingconsent_after() returns trigger {DEFINER} as $$
begin
  perform wall.desk_touch_item(new.item_id);
  return null;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_listed_of_case() returns trigger {DEFINER} as $$
begin
  if new.readers is not distinct from old.readers and new.customer_id is not distinct from old.customer_id then
    return null;
  end if;
  update desk_meetingconsent k set readers = '{{}}' where k.case_id = new.id and k.readers is distinct from new.readers;
  perform wall.desk_touch_item(l.item_id) from desk_itemcase l where l.case_id = new.id;
  return null;
end $$
"""
PARTY_AFTER = f"""
create function wall.desk_meetingparty_after() returns trigger {DEFINER} as $$
begin
  perform wall.desk_touch_series(coalesce(new.series_id, old.series_id));
  return null;
end $$
"""
MEMBER_AFTER = f"""
create function wall.desk_meetingmember_after() returns trigger {DEFINER} as $$
begin
  perform wall.desk_touch_series(y.series_id) from desk_meetingparty y where y.id = coalesce(new.party_id, old.party_id);
  return null;
end $$
"""
TRIGGERS = (
    ("wall_before", "desk_meetingpoint", "before insert or update", "desk_meetingpoint_before()"),
    ("wall_before", "desk_meetingitem", "before insert or update", "desk_meetingitem_before()"),
    ("wall_after", "desk_meetingitem", "after update", "desk_meetingitem_after()"),
    ("wall_before", "desk_itemcase", "before insert or update", "desk_itemcase_before()"),
    ("wall_after", "desk_itemcase", "after insert", "desk_itemcase_after()"),
    ("wall_before", "desk_itemminutes", "before insert or update", "desk_written_before('minutes')"),
    ("wall_before", "desk_meetingstep", "before insert or update", "desk_written_before('step')"),
    ("wall_before", "desk_meetingconsent", "before insert or update", "desk_meetingconsent_before()"),
    ("wall_after", "desk_meetingconsent", "after insert or update", "desk_meetingconsent_after()"),
    ("wall_listed", "desk_case", "after update", "desk_listed_of_case()"),
    ("wall_after", "desk_meetingparty", "after insert or update or delete", "desk_meetingparty_after()"),
    ("wall_after", "desk_meetingmember", "after insert or update or delete", "desk_meetingmember_after()"),
)
FUNCTIONS = (
    MEMBERS, AGREED, STAFF, ITEM_READERS, WRITTEN_READERS, STEP_READERS, TOUCH, TOUCH_SERIES, POINT_BEFORE, ITEM_BEFORE, ITEM_CASE_BEFORE,
    ITEM_CASE_AFTER, ITEM_AFTER, WRITTEN_BEFORE, CONSENT_BEFORE, CONSENT_AFTER, CASE_AFTER, PARTY_AFTER, MEMBER_AFTER,
)  # fmt: skip
INNER = (
    "desk_meeting_members(bigint)", "desk_item_agreed(bigint)", "desk_item_staff(bigint)", "desk_item_readers(desk_meetingitem)",
    "desk_written_readers(bigint)", "desk_step_readers(bigint)", "desk_touch_item(bigint)", "desk_touch_series(bigint)",
)  # fmt: skip


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0044_case_meetings")]
    operations: ClassVar[list[Operation]] = [
        *[
            operation
            for table in ("desk_meetingpoint", "desk_meetingitem", "desk_itemcase", "desk_itemminutes", "desk_meetingstep", "desk_meetingconsent")
            for operation in confidential(table, index=False)
        ],
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                [f"grant execute on function wall.{name} to public"],
            )
            for name in INNER
        ],
    ]
