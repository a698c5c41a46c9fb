"""Who may read a handover, its package and its talk; what said before an acceptance stays unread by the one who accepted.

A handover is read by those who read its case and, while it lies with him or he has taken it, by its receiver. A part of the package is read
by the passer, the customer and, if she lets it pass, the receiver; talk about the handover by passer and receiver. Messages, notes and files
name in `withheld` whom they are not shown to, though she reads the case: the receiver of a handover reads of the past only what was passed.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

WITHOUT = """
create function wall.without(given bigint[], withheld bigint[]) returns bigint[] language sql immutable as $$
  select coalesce(array_agg(p order by p), '{}') from unnest(given) as p where p <> all(withheld)
$$
"""
RECEIVERS = f"""
create function wall.desk_receivers(h desk_handover) returns bigint[] {SQL} as $$
  select case
    when h.state not in ('sent', 'asked', 'accepted', 'done') then '{{}}'::bigint[]
    when h.to_desk_id is null then array[h.door_principal]
    else array(select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = h.to_desk_id)
  end
$$
"""
PASSER = f"""
create function wall.desk_passer(h desk_handover) returns bigint[] {SQL} as $$
  select array(select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = h.from_desk_id)
$$
"""
CUSTOMER = f"""
create function wall.desk_customer_readers(own_case bigint) returns bigint[] {SQL} as $$
  select array_remove(array[c.door_principal, (select principal from customers_customer where id = c.customer_id)], null)
  from desk_case c where c.id = own_case
$$
"""
HANDOVER_READERS = f"""
create function wall.desk_handover_readers(h desk_handover) returns bigint[] {SQL} as $$
  {SORTED}((select readers from desk_case where id = h.case_id) || wall.desk_receivers(h)) as p
$$
"""
PART_READERS = f"""
create function wall.desk_part_readers(part desk_handoverpart) returns bigint[] {SQL} as $$
  {SORTED}((
    select wall.desk_passer(h) || wall.desk_customer_readers(h.case_id) || case when part.included then wall.desk_receivers(h) else '{{}}' end
    from desk_handover h where h.id = part.handover_id
  )) as p
$$
"""
TURN_READERS = f"""
create function wall.desk_turn_readers(turn desk_handoverturn) returns bigint[] {SQL} as $$
  {SORTED}((select wall.desk_passer(h) || wall.desk_receivers(h) from desk_handover h where h.id = turn.handover_id)) as p
$$
"""
FILE_READERS = f"""
create function wall.desk_file_readers(a desk_attachment) returns bigint[] {SQL} as $$
  {SORTED}(a.readers || array(select unnest(p.readers) from desk_handoverpart p where p.attachment_id = a.id and p.included)) as p
$$
"""
# A handover of a foreign case would open it to the writer's own desk, hence the test; and what it is about does not change afterwards.
HANDOVER_BEFORE = f"""
create function wall.desk_handover_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.door_principal := old.door_principal;
    new.case_id := old.case_id;
    new.leg_id := old.leg_id;
    new.from_desk_id := old.from_desk_id;
    new.to_desk_id := old.to_desk_id;
  elsif wall.by_web() and not exists (select 1 from desk_case where id = new.case_id and readers && wall.principals()) then
    raise exception 'a handover is made of a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_handover_readers(new);
  return new;
end $$
"""
HANDOVER_AFTER = f"""
create function wall.desk_handover_after() returns trigger {DEFINER} as $$
begin
  update desk_handoverpart p set readers = '{{}}' where p.handover_id = new.id and p.readers is distinct from wall.desk_part_readers(p);
  update desk_handoverturn t set readers = '{{}}' where t.handover_id = new.id and t.readers is distinct from wall.desk_turn_readers(t);
  return null;
end $$
"""
PART_BEFORE = f"""
create function wall.desk_handoverpart_before() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and (tg_op = 'INSERT' or (new.handover_id, new.attachment_id) is distinct from (old.handover_id, old.attachment_id)) then
    if not exists (select 1 from desk_handover where id = new.handover_id and readers && wall.principals())
       or new.attachment_id is not null and not exists (
         select 1 from desk_attachment a join desk_handover h on h.case_id = a.case_id
         where a.id = new.attachment_id and h.id = new.handover_id and a.note_id is null and a.readers && wall.principals()) then
      raise exception 'only what one reads oneself can be passed' using errcode = 'insufficient_privilege';
    end if;
  end if;
  select file_id into new.file_id from desk_attachment where id = new.attachment_id;
  new.readers := wall.desk_part_readers(new);
  return new;
end $$
"""
PART_AFTER = f"""
create function wall.desk_handoverpart_after() returns trigger {DEFINER} as $$
begin
  update core_storedfile f set readers = wall.desk_file_readers(a) from desk_attachment a
    where a.id = new.attachment_id and f.id = a.file_id and f.readers is distinct from wall.desk_file_readers(a);
  return null;
end $$
"""
TURN_BEFORE = f"""
create function wall.desk_handoverturn_before() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and not exists (select 1 from desk_handover where id = new.handover_id and readers && wall.principals()) then
    raise exception 'one speaks of handovers that one reads' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_turn_readers(new);
  return new;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_handover_of_case() returns trigger {DEFINER} as $$
begin
  update desk_handover h set readers = '{{}}' where h.case_id = new.id and h.readers is distinct from wall.desk_handover_readers(h);
  return null;
end $$
"""
CHILD_BEFORE = f"""
create or replace function wall.desk_child_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  select * into parent from desk_case where id = new.case_id;
  if tg_argv[0] = 'staff' then new.readers := wall.desk_staff_readers(parent); else new.readers := parent.readers; end if;
  if tg_table_name in ('desk_message', 'desk_note') then new.readers := wall.without(new.readers, new.withheld); end if;
  return new;
end $$
"""
ATTACHMENT_BEFORE = f"""
create or replace function wall.desk_attachment_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  select * into parent from desk_case where id = new.case_id;
  new.readers := wall.without(case when new.note_id is null then parent.readers else wall.desk_staff_readers(parent) end, new.withheld);
  if wall.by_web() and (tg_op = 'INSERT' or new.file_id is distinct from old.file_id)
     and not exists (select 1 from core_storedfile where id = new.file_id and readers && wall.principals()) then
    raise exception 'only a file of one''s own can be attached' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
ATTACHMENT_AFTER = f"""
create or replace function wall.desk_attachment_after() returns trigger {DEFINER} as $$
begin
  update core_storedfile set readers = wall.desk_file_readers(new)
    where id = new.file_id and readers is distinct from wall.desk_file_readers(new);
  return null;
end $$
"""
# Decided at the end of the transaction, whatever wrote: a part that has been handed over and not yet taken over does not end.
LEG_OPEN = f"""
create function wall.desk_handed_over_leg_is_open() returns trigger {DEFINER} as $$
begin
  if exists (
    select 1 from desk_handover h join desk_leg l on l.id = h.leg_id
    where l.id = (to_jsonb(new) ->> tg_argv[0])::bigint and not l.is_open and h.state in ('proposed', 'sent', 'asked', 'accepted')
  ) then
    raise exception 'a part that is being handed over stays open' using errcode = 'check_violation', constraint = 'handed_over_leg_is_open';
  end if;
  return null;
end $$
"""
TRIGGERS = (
    ("wall_before", "desk_handover", "before insert or update", "desk_handover_before()"),
    ("wall_after", "desk_handover", "after insert or update", "desk_handover_after()"),
    ("wall_before", "desk_handoverpart", "before insert or update", "desk_handoverpart_before()"),
    ("wall_after", "desk_handoverpart", "after insert or update", "desk_handoverpart_after()"),
    ("wall_before", "desk_handoverturn", "before insert or update", "desk_handoverturn_before()"),
    ("wall_handovers", "desk_case", "after update of readers, customer_id, region_id, state", "desk_handover_of_case()"),
)
INNER = (
    "without(bigint[], bigint[])", "desk_receivers(desk_handover)", "desk_passer(desk_handover)", "desk_customer_readers(bigint)",
    "desk_handover_readers(desk_handover)", "desk_part_readers(desk_handoverpart)", "desk_turn_readers(desk_handoverturn)",
    "desk_file_readers(desk_attachment)",
)  # fmt: skip


# What the functions were before, for the way back.
BEFORE = {
    CHILD_BEFORE: CHILD_BEFORE.replace(
        "  if tg_table_name in ('desk_message', 'desk_note') then new.readers := wall.without(new.readers, new.withheld); end if;\n", ""
    ),
    ATTACHMENT_BEFORE: ATTACHMENT_BEFORE.replace("wall.without(case", "case").replace("end, new.withheld)", "end"),
    ATTACHMENT_AFTER: ATTACHMENT_AFTER.replace("wall.desk_file_readers(new)", "new.readers"),
}


def _undo(statement: str) -> str:
    first = statement.strip().splitlines()[0]
    return BEFORE.get(statement) or f"drop function {first.removeprefix('create function ').split('(')[0]}"


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


def _deferred(table: str, when: str, key: str) -> Operation:
    return migrations.RunSQL(
        f"create constraint trigger handed_over_leg_is_open {when} on {table} deferrable initially deferred"
        f" for each row execute function wall.desk_handed_over_leg_is_open('{key}')",
        f"drop trigger handed_over_leg_is_open on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0022_handovers")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_handover"),
        *confidential("desk_handoverpart", index=False),
        *confidential("desk_handoverturn", index=False),
        *[
            migrations.RunSQL(statement, _undo(statement))
            for statement in (
                WITHOUT, RECEIVERS, PASSER, CUSTOMER, HANDOVER_READERS, PART_READERS, TURN_READERS, FILE_READERS, HANDOVER_BEFORE, HANDOVER_AFTER,
                PART_BEFORE, PART_AFTER, TURN_BEFORE, CASE_AFTER, CHILD_BEFORE, ATTACHMENT_BEFORE, ATTACHMENT_AFTER, LEG_OPEN,
            )
        ],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        _deferred("desk_handover", "after insert or update", "leg_id"),
        _deferred("desk_leg", "after update", "id"),
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                [f"grant execute on function wall.{name} to public"],
            )
            for name in INNER
        ],
    ]  # fmt: skip
