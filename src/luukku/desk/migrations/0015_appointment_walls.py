"""Who may read a booked time, when its people are busy, and the windows of free times, feeds and figures.

Readers of an appointment: those of its case, the organisation of the desk whose time it is, and each adviser who takes part.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

PATH = "security definer set search_path = public, wall, pg_temp"
DEFINER = f"language plpgsql {PATH}"
WINDOW = f"language sql stable {PATH}"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

READERS = f"""
create function wall.desk_appointment_readers(a desk_appointment) returns bigint[] {WINDOW} as $$
  {SORTED}((select readers from desk_case where id = a.case_id) || array(
    select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = a.desk_id
    union select p.principal from desk_appointmentperson m join network_person p on p.id = m.person_id where m.appointment_id = a.id
  )) as p where p is not null
$$
"""
# A time hung on a foreign case, or oneself on a foreign time, would open it: the database asks whether its parent may be read.
BEFORE = f"""
create function wall.desk_appointment_before() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and (tg_op = 'INSERT' or new.case_id is distinct from old.case_id)
     and not exists (select 1 from desk_case where id = new.case_id and readers && wall.principals()) then
    raise exception 'a time is booked for a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_appointment_readers(new);
  return new;
end $$
"""
AFTER = f"""
create function wall.desk_appointment_after() returns trigger {DEFINER} as $$
begin
  if (new.readers, new.state, new.starts_at, new.busy_until) is distinct from (old.readers, old.state, old.starts_at, old.busy_until) then
    update desk_appointmentperson set busy = busy where appointment_id = new.id;
  end if;
  return null;
end $$
"""
PERSON_BEFORE = f"""
create function wall.desk_appointmentperson_before() returns trigger {DEFINER} as $$
declare parent desk_appointment; own bigint;
begin
  select * into parent from desk_appointment where id = new.appointment_id;
  if wall.by_web() and (tg_op = 'INSERT' or new.appointment_id is distinct from old.appointment_id) and not parent.readers && wall.principals() then
    raise exception 'one takes part in a time of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select principal into own from network_person where id = new.person_id;
  new.readers := ({SORTED}(parent.readers || own) as p);
  new.busy := case when parent.state <> 'cancelled' then tstzrange(parent.starts_at, parent.busy_until, '[)') end;
  return new;
end $$
"""
PERSON_AFTER = f"""
create function wall.desk_appointmentperson_after() returns trigger {DEFINER} as $$
begin
  if tg_op <> 'UPDATE' or (new.person_id, new.appointment_id) is distinct from (old.person_id, old.appointment_id) then
    update desk_appointment a set readers = '{{}}' where a.id = coalesce(new.appointment_id, old.appointment_id)
      and a.readers is distinct from wall.desk_appointment_readers(a);
  end if;
  return null;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_case_appointments() returns trigger {DEFINER} as $$
begin
  update desk_appointment set readers = '{{}}' where case_id = new.id;
  return null;
end $$
"""
FEED_BEFORE = f"""
create function wall.desk_calendarfeed_before() returns trigger {DEFINER} as $$
begin
  select array[principal] into new.readers from network_person where id = new.person_id;
  return new;
end $$
"""
TRIGGERS = (
    ("desk_appointment", "wall_before", "before insert or update", "desk_appointment_before()"),
    ("desk_appointment", "wall_after", "after update", "desk_appointment_after()"),
    ("desk_appointmentperson", "wall_before", "before insert or update", "desk_appointmentperson_before()"),
    ("desk_appointmentperson", "wall_after", "after insert or update or delete", "desk_appointmentperson_after()"),
    ("desk_calendarfeed", "wall_before", "before insert or update", "desk_calendarfeed_before()"),
)
ON_CASE = """
create trigger wall_after_appointments after update on desk_case for each row
when (old.readers is distinct from new.readers) execute function wall.desk_case_appointments()
"""
# When somebody or a room is taken: what is published less this is what the public books. `but_not` is the meeting that is being moved.
BUSY = f"""
create function wall.desk_busy(people bigint[], rooms bigint[], since timestamptz, until timestamptz, but_not bigint)
returns table (person_id bigint, room_id bigint, starts timestamptz, ends timestamptz) {WINDOW} as $$
  select m.person_id, null::bigint, lower(m.busy), upper(m.busy) from desk_appointmentperson m
  where m.person_id = any(people) and m.busy && tstzrange(since, until) and m.appointment_id is distinct from but_not
  union all
  select null, a.room_id, lower(a.room_busy), upper(a.room_busy) from desk_appointment a
  where a.room_id = any(rooms) and a.room_busy && tstzrange(since, until) and a.id is distinct from but_not
$$
"""
FEED = f"""
create function wall.desk_open_feed(given bytea) returns table (person_id bigint, principal bigint, is_full boolean) {WINDOW} as $$
  select p.id, p.principal, f.is_full from desk_calendarfeed f join network_person p on p.id = f.person_id
  where f.digest = given and f.revoked_at is null and p.deactivated_at is null
$$
"""
FIGURES = f"""
create function wall.desk_appointment_figures(region bigint, since timestamptz, until timestamptz)
returns table (booked bigint, held bigint, no_show bigint, cancelled bigint, cancelled_late bigint, moved bigint, off_hours bigint) {WINDOW} as $$
  select count(*), count(*) filter (where a.state = 'kept'), count(*) filter (where a.state = 'no-show'),
    count(*) filter (where a.state = 'cancelled'), count(*) filter (where a.cancelled_late), count(*) filter (where a.moves > 0),
    count(*) filter (where a.state <> 'cancelled' and (extract(isodow from l.at) > 5 or l.at::time < '08:00' or l.at::time >= '16:00'))
  from desk_appointment a join network_desk d on d.id = a.desk_id, lateral (select a.starts_at at time zone 'Europe/Helsinki' as at) l
  where d.region_id = region and a.starts_at >= since and a.starts_at < until
$$
"""


def _made(kind: str, name: str, statement: str) -> Operation:
    return migrations.RunSQL(statement, f"drop {kind} {name}")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0014_appointments")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_appointment"),
        *confidential("desk_appointmentperson", index=False),
        *confidential("desk_calendarfeed", index=False),
        _made("function", "wall.desk_appointment_readers(desk_appointment)", READERS),
        migrations.RunSQL(
            [
                "revoke execute on function wall.desk_appointment_readers(desk_appointment) from public",
                "grant execute on function wall.desk_appointment_readers(desk_appointment) to luukku_house",
            ],
            migrations.RunSQL.noop,
        ),
        _made("function", "wall.desk_appointment_before()", BEFORE),
        _made("function", "wall.desk_appointment_after()", AFTER),
        _made("function", "wall.desk_appointmentperson_before()", PERSON_BEFORE),
        _made("function", "wall.desk_appointmentperson_after()", PERSON_AFTER),
        _made("function", "wall.desk_case_appointments()", CASE_AFTER),
        _made("function", "wall.desk_calendarfeed_before()", FEED_BEFORE),
        *[
            _made("trigger", f"{name} on {table}", f"create trigger {name} {when} on {table} for each row execute function wall.{function}")
            for table, name, when, function in TRIGGERS
        ],
        _made("trigger", "wall_after_appointments on desk_case", ON_CASE),
        _made("function", "wall.desk_busy", BUSY),
        _made("function", "wall.desk_open_feed", FEED),
        _made("function", "wall.desk_appointment_figures", FIGURES),
    ]
