"""Who reads what when two matters become one.

A joined case is read by those who read it before, and by the customer of the case in which it goes on; its link opens that case. Parts are
moved with all that hangs on them, and whoever worked on one of the two reads of the other only what is said from then on: what was said before
names in `withheld` those who did not read it. First words stay kept from those who had no part in the case they belong to.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
WINDOW = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

READERS_OF_CASE = f"""
create or replace function wall.desk_case_readers(c desk_case) returns bigint[] {WINDOW} as $$
  {SORTED}(array[
    c.door_principal,
    (select principal from customers_customer where id = c.customer_id),
    (select principal from network_organisation where id = c.logged_by_id)
  ] || array(
    select o.principal from desk_leg l join network_desk d on d.id = l.desk_id join network_organisation o on o.id = d.organisation_id
    where l.case_id = c.id and c.joined_into_id is null
  ) || case when c.joined_into_id is null then '{{}}' else c.kept_readers || wall.desk_customer_readers(c.joined_into_id) end) as p where p is not null
$$
"""
STAFF_READERS = f"""
create or replace function wall.desk_staff_readers(c desk_case) returns bigint[] {WINDOW} as $$
  select coalesce(array_agg(p order by p), '{{}}') from unnest(c.readers) as p
  where p <> c.door_principal and p is distinct from (select principal from customers_customer where id = c.customer_id)
    and (c.joined_into_id is null or p <> all(wall.desk_customer_readers(c.joined_into_id)))
$$
"""
# A link follows its case: pointing one's own case at another's would open that one, hence the test.
GUARD = f"""
create function wall.desk_joined_guard() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and new.joined_into_id is not null and (tg_op = 'INSERT' or new.joined_into_id is distinct from old.joined_into_id)
     and not exists (select 1 from desk_case where id = new.joined_into_id and readers && wall.principals()) then
    raise exception 'a case is joined to one of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.kept_readers := case
    when tg_op = 'INSERT' or new.joined_into_id is null then '{{}}'::bigint[]
    when old.joined_into_id is null then old.readers
    else old.kept_readers end;
  return new;
end $$
"""
# What was joined here before goes along, and comes back: all point to the case that stays, so that a link takes one step.
FOLLOW = f"""
create function wall.desk_joined_follow() returns trigger {DEFINER} as $$
begin
  if new.joined_into_id is distinct from old.joined_into_id then
    if new.joined_into_id is not null then
      update desk_case set joined_into_id = new.joined_into_id where joined_into_id = new.id;
    else
      update desk_case set joined_into_id = new.id where joined_into_id = old.joined_into_id and id in (
        with recursive mine as (
          select case_id from desk_joining where into_id = new.id and undone_at is null
          union select j.case_id from desk_joining j join mine m on j.into_id = m.case_id where j.undone_at is null)
        select case_id from mine);
    end if;
  end if;
  if new.customer_id is distinct from old.customer_id then
    update desk_case set readers = '{{}}' where joined_into_id = new.id;
  end if;
  return null;
end $$
"""
LEG_AFTER = f"""
create or replace function wall.desk_leg_after() returns trigger {DEFINER} as $$
declare moved boolean := tg_op = 'UPDATE' and new.case_id is distinct from old.case_id;
begin
  if tg_op <> 'UPDATE' or moved or new.desk_id is distinct from old.desk_id then
    update desk_case c set readers = '{{}}' where c.id in (new.case_id, old.case_id) and c.readers is distinct from wall.desk_case_readers(c);
  end if;
  if moved then
    update desk_clock set leg_id = leg_id where leg_id = new.id;
    update desk_wait set leg_id = leg_id where leg_id = new.id;
    update desk_handover set case_id = new.case_id where leg_id = new.id;
  end if;
  return null;
end $$
"""
# A handover is of the case of the passer's part, and of nothing else.
HANDOVER_BEFORE = f"""
create or replace function wall.desk_handover_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.door_principal := old.door_principal;
    new.leg_id := old.leg_id;
    new.from_desk_id := old.from_desk_id;
    new.to_desk_id := old.to_desk_id;
    select case_id into new.case_id from desk_leg where id = old.leg_id;
  elsif wall.by_web() and not exists (select 1 from desk_case where id = new.case_id and readers && wall.principals()) then
    raise exception 'a handover is made of a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_handover_readers(new);
  return new;
end $$
"""
MAIL_BEFORE = f"""
create or replace function wall.desk_mail_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  if new.case_id is not null then
    select * into parent from desk_case where id = new.case_id;
  end if;
  if wall.by_web() then
    if tg_op = 'INSERT' or new.original_id is distinct from old.original_id or new.mailbox_id <> old.mailbox_id
       or (new.case_id is distinct from old.case_id and not coalesce(parent.readers && wall.principals(), false)) then
      raise exception 'a mail is taken in by the house' using errcode = 'insufficient_privilege';
    end if;
  end if;
  new.readers := case
    when new.case_id is not null then wall.without(parent.readers, wall.desk_came_later(parent.id, new.taken_at) || new.withheld)
    when tg_op = 'UPDATE' and old.case_id is null then old.readers else wall.desk_front_readers(new.mailbox_id) end;
  return new;
end $$
"""
MAIL_AFTER = f"""
create or replace function wall.desk_mail_after() returns trigger {DEFINER} as $$
declare staff bigint[] := new.readers;
begin
  if new.case_id is not null then
    select wall.without(wall.desk_staff_readers(c), wall.desk_came_later(c.id, new.taken_at) || new.withheld) into staff
    from desk_case c where id = new.case_id;
  end if;
  update core_storedfile set readers = staff where id = new.original_id and readers is distinct from staff;
  return null;
end $$
"""
# Organisations without a part in this very case, or whose first part came by a handover without the words and to whom no later one brought them.
KEPT_FROM = f"""
create or replace function wall.desk_words_kept_from(own_case bigint) returns bigint[] {WINDOW} as $$
  select coalesce(array_agg(o.principal), '{{}}') from network_organisation o, desk_case c where c.id = own_case and o.id in (
    select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id left join desk_handover h on h.received_leg_id = l.id,
      lateral (select l.origin_id is not distinct from case when c.joined_into_id is not null then c.id end as here) own
    where l.case_id = coalesce(c.joined_into_id, c.id) group by d.organisation_id
    having (not bool_or(own.here) and d.organisation_id is distinct from c.logged_by_id)
      or ((array_agg(h.id is not null order by l.id) filter (where own.here))[1] and not bool_or(
        own.here and exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included))))
$$
"""
QUERY = """(websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
      || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))"""
SEARCH = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
  with kept as materialized (
    select c.id, to_tsvector('finnish', c.subject) || to_tsvector('swedish', c.subject) || to_tsvector('english', c.subject)
      || to_tsvector('simple', c.number || ' ' || c.subject) as shown
    from desk_case c
    where c.readers && wall.principals() and c.id in (
      select h.case_id from desk_handover h where h.readers && wall.principals() and h.received_leg_id is not null
        and not exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included)
      union all select unnest(array[l.case_id, l.origin_id]) from desk_leg l where l.origin_id is not null and l.readers && wall.principals())
      and not wall.without(c.readers, wall.desk_words_kept_from(c.id)) && wall.principals()
  ), found as materialized (
    select id from desk_case where readers && wall.principals() and search @@ {QUERY}
  )
  select id from (
    select id from found where id not in (select id from kept)
    union all select id from kept where shown @@ {QUERY}
  ) hits order by id desc limit least(most, 200)
$$
"""
_LIVES = """(case when o.joined_into_id is null then coalesce(l.expires_at > now(), true) else c.is_open or exists (
    select 1 from desk_statuslink s where s.case_id = c.id and s.revoked_at is null and coalesce(s.expires_at > now(), true)) end)"""
_LINKS = "desk_statuslink l join desk_case o on o.id = l.case_id join desk_case c on c.id = coalesce(o.joined_into_id, o.id)"
# A link renewed since closes the joined one's too, whoever renewed it.
_NOT_RENEWED = """(o.joined_into_id is null or not exists (
    select 1 from desk_statuslink s where s.case_id = c.id and s.revoked_at >= o.settled_at))"""
OPEN_LINK = f"""
create or replace function wall.desk_open_link(given bytea) returns table (case_id bigint, principal bigint) {WINDOW} as $$
  select c.id, c.door_principal from {_LINKS} where l.digest = given and l.revoked_at is null and {_LIVES} and {_NOT_RENEWED}
$$
"""
EXPIRED_LINK = f"""
create or replace function wall.desk_expired_link(given bytea) returns table (case_id bigint, principal bigint) {WINDOW} as $$
  select c.id, c.door_principal from {_LINKS} where l.digest = given and l.revoked_at is null and not {_LIVES} and {_NOT_RENEWED}
$$
"""
# A promise that another clock goes on with is not counted twice; the rest is as in `figures_of_whole_months`.
BROKEN = f"""
create or replace function wall.desk_broken(region bigint, since date, until date) returns table (cause text, promises bigint) {WINDOW} as $$
  with rows as materialized (
    select b.waiting_for, wall.month_of(b.due_at) as month, b.waiting_for || ' ' || d.organisation_id as key
    from desk_breach b join network_desk d on d.id = b.desk_id join desk_clock k on k.id = b.clock_id
    where d.region_id = region and k."end" <> 'joined' and b.due_at >= wall.begins(since)
      and b.due_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select waiting_for, count(*) from told group by waiting_for order by waiting_for
$$
"""
JOINING_BEFORE = f"""
create function wall.desk_joining_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.case_id := old.case_id;
    new.into_id := old.into_id;
    new.kept := old.kept;
  elsif wall.by_web() and 2 <> (select count(*) from desk_case where id in (new.case_id, new.into_id) and readers && wall.principals()) then
    raise exception 'one joins cases of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select wall.desk_staff_readers(c) into new.readers from desk_case c where id = new.case_id;
  return new;
end $$
"""
# Whoever works on the new case alone does not learn out of which it came.
SPLIT_BEFORE = f"""
create function wall.desk_split_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.case_id := old.case_id;
    new.source_id := old.source_id;
    new.kept := old.kept;
  elsif wall.by_web() and 2 <> (select count(*) from desk_case where id in (new.case_id, new.source_id) and readers && wall.principals()) then
    raise exception 'one splits cases of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select wall.desk_staff_readers(c) into new.readers from desk_case c where id = new.source_id;
  return new;
end $$
"""
# Decided at the end of the transaction, whatever wrote.
WHOLE = f"""
create function wall.desk_joined_is_empty() returns trigger {DEFINER} as $$
declare own bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
begin
  if exists (select 1 from desk_case c where c.id = own and c.joined_into_id is not null and (
      exists (select 1 from desk_leg l where l.case_id = c.id)
      or exists (select 1 from desk_case s where s.id = c.joined_into_id and s.joined_into_id is not null))) then
    raise exception 'a joined case has no parts, and the one it goes on in stands by itself'
      using errcode = 'check_violation', constraint = 'joined_case_is_empty';
  end if;
  return null;
end $$
"""


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}()", f"drop trigger {name} on {table}"
    )


def _whole(table: str, when: str, key: str) -> Operation:
    return migrations.RunSQL(
        f"create constraint trigger joined_case_is_empty {when} on {table} deferrable initially deferred"
        f" for each row execute function wall.desk_joined_is_empty('{key}')",
        f"drop trigger joined_case_is_empty on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0049_joining")]
    operations: ClassVar[list[Operation]] = [
        *[
            migrations.RunSQL(statement, migrations.RunSQL.noop)
            for statement in (
                READERS_OF_CASE, STAFF_READERS, LEG_AFTER, HANDOVER_BEFORE, MAIL_BEFORE, MAIL_AFTER, KEPT_FROM, SEARCH, OPEN_LINK, EXPIRED_LINK, BROKEN,
            )
        ],
        migrations.RunSQL(GUARD, "drop function wall.desk_joined_guard()"),
        migrations.RunSQL(FOLLOW, "drop function wall.desk_joined_follow()"),
        migrations.RunSQL(JOINING_BEFORE, "drop function wall.desk_joining_before()"),
        migrations.RunSQL(SPLIT_BEFORE, "drop function wall.desk_split_before()"),
        migrations.RunSQL(WHOLE, "drop function wall.desk_joined_is_empty()"),
        *confidential("desk_joining", index=False),
        *confidential("desk_split", index=False),
        _trigger("guard_joined", "desk_case", "before insert or update", "desk_joined_guard"),
        _trigger("wall_joined", "desk_case", "after update of joined_into_id, customer_id", "desk_joined_follow"),
        _trigger("wall_before", "desk_joining", "before insert or update", "desk_joining_before"),
        _trigger("wall_before", "desk_split", "before insert or update", "desk_split_before"),
        _whole("desk_case", "after insert or update of joined_into_id", "id"),
        _whole("desk_leg", "after insert or update of case_id", "case_id"),
    ]  # fmt: skip
