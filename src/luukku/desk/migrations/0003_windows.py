"""Windows of the desk: definer functions that see past the wall. Each repeats the test of who asks, or answers in numbers only."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"
LINK_WINDOW = f"""
create function wall.desk_open_link(given bytea) returns table (case_id bigint, principal bigint)
{DEFINER} as $$
  select c.id, c.door_principal from desk_statuslink l join desk_case c on c.id = l.case_id
  where l.digest = given and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
$$
"""
SEARCH_WINDOW = f"""
create function wall.desk_search(query text, most integer) returns setof bigint
{DEFINER} as $$
  select id from desk_case
  where readers && wall.principals() and search @@ (
    websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
    || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))
  order by id desc limit least(most, 200)
$$
"""
# A link that has run out: a new one is mailed to the address on the case, so the old one is enough to ask for it.
EXPIRED_LINK = f"""
create function wall.desk_expired_link(given bytea) returns table (case_id bigint, principal bigint)
{DEFINER} as $$
  select c.id, c.door_principal from desk_statuslink l join desk_case c on c.id = l.case_id
  where l.digest = given and l.revoked_at is null and l.expires_at <= now()
$$
"""
# Who holds the form's key has sent the form: the second sending must find the case that the first one made.
OF_FORM = f"""
create function wall.desk_case_of_form(given uuid) returns table (case_id bigint, principal bigint)
{DEFINER} as $$
  select id, door_principal from desk_case where form_key = given
$$
"""
# Runs whose limit fell into the period, by desk's organisation: numbers only, for how the promise was kept is public.
PROMISE = f"""
create function wall.desk_promise_kept(region bigint, since timestamptz, until timestamptz)
returns table (kind text, organisation_id bigint, kept bigint, broken bigint)
{DEFINER} as $$
  select k.kind, d.organisation_id,
    count(*) filter (where k.kept),
    count(*) filter (where not k.kept or (k.ended_at is null and k.paused_at is null and k.due_at < now()))
  from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id
  where k.due_at >= since and k.due_at < until and d.region_id = region
  group by k.kind, d.organisation_id order by k.kind, d.organisation_id
$$
"""
# The coordinator sees number, desk and lateness of late cases, never the customer or the words. The seat is tested here again.
LATE = f"""
create function wall.desk_late_cases(region bigint, at timestamptz)
returns table (number text, desk_id bigint, due_kind text, due_at timestamptz, not_contacted boolean)
{DEFINER} as $$
  select c.number, l.desk_id, l.due_kind, l.due_at, l.not_contacted
  from desk_leg l join desk_case c on c.id = l.case_id join network_desk d on d.id = l.desk_id
  where l.is_open and (l.due_at < at or l.not_contacted) and d.region_id = region and exists (
    select 1 from network_seat s join network_person p on p.id = s.person_id
    where p.deactivated_at is null and s.role = 'coordinator' and s.region_id = region
      and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
      and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
  order by l.due_at, l.id limit 500
$$
"""


def _window(name: str, statement: str) -> Operation:
    return migrations.RunSQL(statement, f"drop function wall.{name}")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0002_walls")]
    operations: ClassVar[list[Operation]] = [
        _window("desk_open_link", LINK_WINDOW),
        _window("desk_search", SEARCH_WINDOW),
        _window("desk_expired_link", EXPIRED_LINK),
        _window("desk_case_of_form", OF_FORM),
        _window("desk_promise_kept", PROMISE),
        _window("desk_late_cases", LATE),
    ]
