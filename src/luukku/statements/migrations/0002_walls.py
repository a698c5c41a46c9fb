"""Who may read what is asked for, shown and stated.

A plan and its files are read by the asker, the customer, and those who are asked for as long as her consent stands. A statement's row is read by
those who read the case and by whoever is asked; its text, while a draft, by its giver alone, and when signed by the asker too and, if the form says
so, the customer. Who gave a statement keeps what he signed when the consent is taken back, and nothing else.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential, house_only

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

OF_DESK = f"""
create function wall.statements_of_desk(desk bigint) returns bigint[] {SQL} as $$
  select array(select o.principal from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = desk)
$$
"""
# `whole`: the plan too, for which the consent must stand even when the statement has been given.
GIVER = f"""
create function wall.statements_giver(s statements_statement, whole boolean) returns bigint[] {SQL} as $$
  select case
    when s.state not in ('sent', 'accepted', 'given') then '{{}}'::bigint[]
    when (whole or s.state <> 'given') and not exists (select 1 from statements_consent c where c.id = s.consent_id and c.withdrawn_at is null)
      then '{{}}'::bigint[]
    when s.to_desk_id is null then array[s.door_principal]
    else wall.statements_of_desk(s.to_desk_id)
  end
$$
"""
PLAN = f"""
create function wall.statements_plan_readers(p statements_plan) returns bigint[] {SQL} as $$
  {SORTED}(wall.statements_of_desk(p.desk_id) || wall.desk_customer_readers(p.case_id) || array(
    select unnest(wall.statements_giver(s, true)) from statements_statement s where s.plan_id = p.id)) as p
$$
"""
STATEMENT = f"""
create function wall.statements_statement_readers(s statements_statement) returns bigint[] {SQL} as $$
  {SORTED}((select readers from desk_case where id = s.case_id) || wall.statements_of_desk(s.from_desk_id) || wall.statements_giver(s, false)) as p
$$
"""
TEXT = f"""
create function wall.statements_text_readers(t statements_statementtext) returns bigint[] {SQL} as $$
  {SORTED}((
    select wall.statements_giver(s, false) || case when t.signed_at is null then '{{}}'::bigint[] else
      wall.statements_of_desk(s.from_desk_id)
      || case when v.is_shown then wall.desk_customer_readers(s.case_id) else '{{}}'::bigint[] end end
    from statements_statement s join statements_formversion v on v.id = s.form_id where s.id = t.statement_id
  )) as p
$$
"""
PLAN_BEFORE = f"""
create function wall.statements_plan_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.case_id := old.case_id;
    new.desk_id := old.desk_id;
    if old.frozen_at is not null
       and (new.title, new.basics, new.answers, new.form_id, new.frozen_at) is distinct from (old.title, old.basics, old.answers, old.form_id, old.frozen_at) then
      raise exception 'a plan that has been shown stands as it was agreed to' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not exists (select 1 from desk_case where id = new.case_id and readers && wall.principals()) then
    raise exception 'a plan is made of a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.statements_plan_readers(new);
  return new;
end $$
"""
PLAN_AFTER = f"""
create function wall.statements_plan_after() returns trigger {DEFINER} as $$
begin
  update statements_planfile set readers = new.readers where plan_id = new.id and readers is distinct from new.readers;
  return null;
end $$
"""
FILE_BEFORE = f"""
create function wall.statements_planfile_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.plan_id := old.plan_id;
    new.attachment_id := old.attachment_id;
    new.file_id := old.file_id;
  elsif not exists (
      select 1 from statements_plan p join desk_attachment a on a.case_id = p.case_id join core_storedfile f on f.id = a.file_id
        join core_storedfile copy on copy.id = new.file_id and copy.sha256 = f.sha256
      where p.id = new.plan_id and a.id = new.attachment_id and a.note_id is null and p.frozen_at is null
        and (not wall.by_web() or (p.readers && wall.principals() and a.readers && wall.principals()))) then
    raise exception 'only a file of the case that one reads oneself goes along' using errcode = 'insufficient_privilege';
  end if;
  select readers into new.readers from statements_plan where id = new.plan_id;
  return new;
end $$
"""
FILE_AFTER = f"""
create function wall.statements_planfile_after() returns trigger {DEFINER} as $$
begin
  update core_storedfile set readers = new.readers where id = new.file_id and readers is distinct from new.readers;
  return null;
end $$
"""
CONSENT_BEFORE = f"""
create function wall.statements_consent_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if (new.plan_id, new.way, new.version, new.receivers, new.given_at, new.written_by_id)
         is distinct from (old.plan_id, old.way, old.version, old.receivers, old.given_at, old.written_by_id)
       or (old.withdrawn_at is not null and (new.withdrawn_at, new.withdrawal_by_id) is distinct from (old.withdrawn_at, old.withdrawal_by_id)) then
      raise exception 'a consent stands as it was given' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not exists (
      select 1 from statements_plan p join desk_case c on c.id = p.case_id
      where p.id = new.plan_id and p.readers && wall.principals() and c.readers && wall.principals()) then
    raise exception 'a consent belongs to a plan of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select {SORTED.removeprefix("select ").removesuffix(" from unnest")} into new.readers from statements_plan pl,
    unnest(wall.statements_of_desk(pl.desk_id) || wall.desk_customer_readers(pl.case_id)) as p where pl.id = new.plan_id;
  return new;
end $$
"""
CONSENT_AFTER = f"""
create function wall.statements_consent_after() returns trigger {DEFINER} as $$
begin
  update statements_statement set readers = '{{}}' where consent_id = new.id;
  return null;
end $$
"""
STATEMENT_BEFORE = f"""
create function wall.statements_statement_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.door_principal := old.door_principal;
    if (new.case_id, new.leg_id, new.plan_id, new.form_id, new.from_desk_id, new.to_desk_id, new.outside_name)
        is distinct from (old.case_id, old.leg_id, old.plan_id, old.form_id, old.from_desk_id, old.to_desk_id, old.outside_name)
       or (old.consent_id is not null and new.consent_id is distinct from old.consent_id) then
      raise exception 'what is asked of whom stands as it was asked' using errcode = 'insufficient_privilege';
    end if;
  else
    if not exists (select 1 from statements_plan where id = new.plan_id and case_id = new.case_id and desk_id = new.from_desk_id)
       or not exists (select 1 from desk_leg where id = new.leg_id and case_id = new.case_id) then
      raise exception 'a statement, its plan and its part are of one case' using errcode = 'insufficient_privilege';
    end if;
    if wall.by_web() and not exists (
        select 1 from desk_case c join statements_plan p on p.case_id = c.id
        where c.id = new.case_id and p.id = new.plan_id and c.readers && wall.principals() and p.readers && wall.principals()) then
      raise exception 'a statement is asked on a case of one''s own' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if new.consent_id is not null and not exists (select 1 from statements_consent where id = new.consent_id and plan_id = new.plan_id) then
    raise exception 'a consent is for its own plan' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.statements_statement_readers(new);
  return new;
end $$
"""
STATEMENT_AFTER = f"""
create function wall.statements_statement_after() returns trigger {DEFINER} as $$
begin
  update statements_plan p set readers = '{{}}' where p.id = new.plan_id and p.readers is distinct from wall.statements_plan_readers(p);
  update statements_statementtext t set readers = '{{}}'
    where t.statement_id = new.id and t.readers is distinct from wall.statements_text_readers(t);
  return null;
end $$
"""
TEXT_BEFORE = f"""
create function wall.statements_text_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if old.signed_at is not null and to_jsonb(new) - 'readers' <> to_jsonb(old) - 'readers' then
      raise exception 'what was signed stands' using errcode = 'insufficient_privilege';
    end if;
    new.statement_id := old.statement_id;
  elsif not exists (
      select 1 from statements_statement s where s.id = new.statement_id and s.state in ('accepted', 'given')
        and (not wall.by_web() or wall.statements_giver(s, false) && wall.principals())) then
    raise exception 'one states what one was asked' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.statements_text_readers(new);
  return new;
end $$
"""
CASE_AFTER = f"""
create function wall.statements_of_case() returns trigger {DEFINER} as $$
begin
  if new.readers is not distinct from old.readers and new.customer_id is not distinct from old.customer_id then
    return null;
  end if;
  update statements_plan set readers = '{{}}' where case_id = new.id;
  update statements_consent set readers = '{{}}' where plan_id in (select id from statements_plan where case_id = new.id);
  update statements_statement s set readers = '{{}}' where s.case_id = new.id and s.readers is distinct from wall.statements_statement_readers(s);
  update statements_statementtext set readers = '{{}}'
    where statement_id in (select id from statements_statement where case_id = new.id);
  return null;
end $$
"""
# The hours of a desk change, and with them the day by which a statement was asked for.
CLOCK_MOVED = f"""
create function wall.statements_clock_moved() returns trigger {DEFINER} as $$
begin
  update statements_statement set due_at = new.due_at where leg_id = new.leg_id and state in ('sent', 'accepted');
  return null;
end $$
"""
LEG_OPEN = f"""
create function wall.statements_awaiting_leg_is_open() returns trigger {DEFINER} as $$
begin
  if exists (
    select 1 from statements_statement s join desk_leg l on l.id = s.leg_id
    where l.id = (to_jsonb(new) ->> tg_argv[0])::bigint and not l.is_open and s.state in ('proposed', 'sent', 'accepted')
  ) then
    raise exception 'a part that waits for a statement stays open' using errcode = 'check_violation', constraint = 'awaiting_leg_is_open';
  end if;
  return null;
end $$
"""
VERSION_STANDS = f"""
create function wall.statements_version_stands() returns trigger {DEFINER} as $$
begin
  raise exception 'a version of a form stands as it was made' using errcode = 'insufficient_privilege';
end $$
"""
TRIGGERS = (
    ("wall_before", "statements_plan", "before insert or update", "statements_plan_before()"),
    ("wall_after", "statements_plan", "after insert or update", "statements_plan_after()"),
    ("wall_before", "statements_planfile", "before insert or update", "statements_planfile_before()"),
    ("wall_after", "statements_planfile", "after insert or update", "statements_planfile_after()"),
    ("wall_before", "statements_consent", "before insert or update", "statements_consent_before()"),
    ("wall_after", "statements_consent", "after update of withdrawn_at", "statements_consent_after()"),
    ("wall_before", "statements_statement", "before insert or update", "statements_statement_before()"),
    ("wall_after", "statements_statement", "after insert or update", "statements_statement_after()"),
    ("wall_before", "statements_statementtext", "before insert or update", "statements_text_before()"),
    ("wall_statements", "desk_case", "after update", "statements_of_case()"),
    ("stands", "statements_formversion", "before update", "statements_version_stands()"),
)
INNER = (
    "statements_of_desk(bigint)", "statements_giver(statements_statement, boolean)", "statements_plan_readers(statements_plan)",
    "statements_statement_readers(statements_statement)", "statements_text_readers(statements_statementtext)",
)  # fmt: skip


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


def _deferred(table: str, when: str, key: str) -> Operation:
    return migrations.RunSQL(
        f"create constraint trigger awaiting_leg_is_open {when} on {table} deferrable initially deferred"
        f" for each row execute function wall.statements_awaiting_leg_is_open('{key}')",
        f"drop trigger awaiting_leg_is_open on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        *confidential("statements_plan", index=False),
        *confidential("statements_planfile", index=False),
        *confidential("statements_consent", index=False),
        *confidential("statements_statement"),
        *confidential("statements_statementtext", index=False),
        *house_only("statements_reminder"),
        *[
            migrations.RunSQL(statement, f"drop function {_name(statement)}")
            for statement in (
                OF_DESK, GIVER, PLAN, STATEMENT, TEXT, PLAN_BEFORE, PLAN_AFTER, FILE_BEFORE, FILE_AFTER, CONSENT_BEFORE, CONSENT_AFTER,
                STATEMENT_BEFORE, STATEMENT_AFTER, TEXT_BEFORE, CASE_AFTER, CLOCK_MOVED, LEG_OPEN, VERSION_STANDS,
            )
        ],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        migrations.RunSQL(
            "create trigger statements_due after update of due_at on desk_clock for each row when (new.kind = 'statement' and new.ended_at is null)"
            " execute function wall.statements_clock_moved()",
            "drop trigger statements_due on desk_clock",
        ),
        _deferred("statements_statement", "after insert or update", "leg_id"),
        _deferred("desk_leg", "after update", "id"),
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                [f"grant execute on function wall.{name} to public"],
            )
            for name in INNER
        ],
    ]  # fmt: skip
