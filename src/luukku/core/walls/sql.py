"""SQL of the wall for migrations. Frozen in meaning: a change of the pattern is a new function, for old migrations keep theirs."""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

Statements = list[str | tuple[str, dict[str, Any] | list[Any] | tuple[Any, ...] | None]]


def confidential(table: str, *, index: bool = True) -> list[Operation]:
    """Migration operations that put `table` behind the wall: forced policies for the web, the house and the owner."""
    policies: Statements = [
        f"alter table {table} enable row level security, force row level security",
        f"create policy web on {table} to luukku_web using (readers && wall.principals()) with check (readers && wall.principals())",
        f"create policy house on {table} to luukku_house using (true) with check (true)",
        f"create policy own on {table} to luukku_owner using (true) with check (true)",
    ]
    undo: Statements = [f"drop policy {p} on {table}" for p in ("own", "house", "web")]
    undo.append(f"alter table {table} disable row level security, no force row level security")
    operations: list[Operation] = [RunSQL(policies, undo)]
    if index:
        index_of_readers = f"create index {table}_readers on {table} using gin (readers) with (gin_pending_list_limit = 64)"
        operations.append(RunSQL(index_of_readers, f"drop index {table}_readers"))
    return operations


def house_only(table: str) -> list[Operation]:
    """Migration operations for a table the web may add to but never read (e.g. confirmed answers for training)."""
    return [
        RunSQL(
            [
                f"alter table {table} enable row level security, force row level security",
                f"create policy web_adds on {table} for insert to luukku_web with check (true)",
                f"create policy house on {table} to luukku_house using (true) with check (true)",
                f"create policy own on {table} to luukku_owner using (true) with check (true)",
            ],
            RunSQL.noop,
        )
    ]


def written_by_triggers(table: str, *functions: str) -> list[Operation]:
    """Migration operations for the history of a confidential table: `functions`, its triggers' own, write it; the web may not even read it.

    A history row that kept the readers of its day would stay open to whoever has lost her part since. A later migration that makes
    one of the triggers anew must call this again: until then its inserts are refused.
    """
    return [
        RunSQL([f"drop policy if exists web on {table}", f"revoke all on {table} from luukku_web, luukku_house"], RunSQL.noop),
        RunSQL(f"grant select on {table} to luukku_house", RunSQL.noop),
        *[RunSQL(f"alter function {name}() security definer set search_path = public, pg_temp", RunSQL.noop) for name in functions],
    ]


def given_principal(table: str) -> Operation:
    """Migration operation: the `principal` of a new row comes from the sequence, whatever a request says, and never changes."""
    return RunSQL(
        f"create trigger guard_principal before insert or update on {table} for each row execute function wall.guard_principal()",
        f"drop trigger guard_principal on {table}",
    )


def amended(function: str, before: str, after: str) -> Operation:
    """Migration operation: the body of a function (`wall.desk_kiosk_before()`) says `after` where it said `before`, whatever else has changed in it.

    Fails when the words are not there any more: then somebody must look.
    """
    return RunSQL(_amend(function, before, after), _amend(function, after, before))


def by_the_houses_day(*functions: str, policies: tuple[tuple[str, str], ...] = ()) -> list[Operation]:
    """Migration operations: these functions and policies (name, table) ask for Helsinki's day, not for the database's, which is UTC's."""
    asked = [amended(function, "current_date", "wall.today()") for function in functions]
    return [*asked, *(RunSQL(_amend_policy(*policy, "CURRENT_DATE", "wall.today()"), RunSQL.noop) for policy in policies)]


def _amend(function: str, before: str, after: str) -> str:
    return f"""
do $amend$
declare body text := pg_get_functiondef('{function}'::regprocedure);
begin
  if position($old${before}$old$ in body) = 0 then
    raise exception 'the words to change are not in {function}';
  end if;
  execute replace(body, $old${before}$old$, $new${after}$new$);
end $amend$
"""


def _amend_policy(policy: str, table: str, before: str, after: str) -> str:
    return f"""
do $amend$
declare held pg_policies := p from pg_policies p where schemaname = 'public' and tablename = '{table}' and policyname = '{policy}';
begin
  if position($old${before}$old$ in coalesce(held.qual, '') || coalesce(held.with_check, '')) = 0 then
    raise exception 'the words to change are not in policy {policy} of {table}';
  end if;
  execute 'alter policy {policy} on {table}'
    || coalesce(' using (' || replace(held.qual, $old${before}$old$, $new${after}$new$) || ')', '')
    || coalesce(' with check (' || replace(held.with_check, $old${before}$old$, $new${after}$new$) || ')', '');
end $amend$
"""
