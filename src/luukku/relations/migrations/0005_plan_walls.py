"""An account plan is read by its team alone: each person of it, while she sits in the organisation for which she is on it. Others get figures."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
TODAY = "(now() at time zone 'Europe/Helsinki')::date"

# A seat that has ended opens nothing, so it is asked on every reading and not copied into `readers`.
TEAM = f"""
create function wall.relations_team(wanted bigint, lead bigint, lead_for bigint) returns boolean {SQL} as $$
  select exists (
    select 1 from network_person p join network_seat s on s.person_id = p.id
    where p.id = nullif(current_setting('luukku.person', true), '')::bigint and p.deactivated_at is null
      and (s.valid_from is null or s.valid_from <= {TODAY}) and (s.valid_until is null or s.valid_until >= {TODAY})
      and ((p.id = lead and s.organisation_id = lead_for) or exists (
        select 1 from relations_accountmember m where m.plan_id = wanted and m.person_id = p.id and m.organisation_id = s.organisation_id)))
$$
"""
TEAM_OF = f"""
create function wall.relations_team_of(wanted bigint) returns boolean {SQL} as $$
  select coalesce((select wall.relations_team(p.id, p.lead_id, p.organisation_id) from relations_accountplan p where p.id = wanted), false)
$$
"""
READERS = f"""
create function wall.relations_plan_readers(wanted bigint, lead bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct p.principal order by p.principal), '{{}}') from network_person p
  where p.id = lead or p.id in (select m.person_id from relations_accountmember m where m.plan_id = wanted)
$$
"""
PLAN_BEFORE = f"""
create function wall.relations_plan_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.company_id := old.company_id; new.region_id := old.region_id;
  elsif wall.by_web() and not wall.relations_team(new.id, new.lead_id, new.organisation_id) then
    raise exception 'one begins plans that one leads' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.relations_plan_readers(new.id, new.lead_id);
  return new;
end $$
"""
PLAN_AFTER = f"""
create function wall.relations_plan_after() returns trigger {DEFINER} as $$
begin
  update relations_accountmember set readers = new.readers where plan_id = new.id and readers is distinct from new.readers;
  update relations_accountaction set readers = new.readers where plan_id = new.id and readers is distinct from new.readers;
  update relations_accountreview set readers = new.readers where plan_id = new.id and readers is distinct from new.readers;
  return null;
end $$
"""
PART_BEFORE = f"""
create function wall.relations_plan_part_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.plan_id := old.plan_id; end if;
  select p.readers into new.readers from relations_accountplan p where p.id = new.plan_id;
  if wall.by_web() and not (new.readers && wall.principals() and wall.relations_team_of(new.plan_id)) then
    raise exception 'one writes in plans that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
MEMBER_AFTER = f"""
create function wall.relations_member_after() returns trigger {DEFINER} as $$
begin
  update relations_accountplan set readers = '{{}}' where id = coalesce(new.plan_id, old.plan_id);
  return null;
end $$
"""
# How the account plans of a region stand, for its steering group: numbers, and none of fewer than five plans.
PLAN_FIGURES = f"""
create function wall.relations_plan_figures(region bigint)
returns table (plans bigint, organisations bigint, actions bigint, done bigint, late bigint, reviews_late bigint) {SQL} as $$
  with running as materialized (select * from relations_accountplan p where p.region_id = region and p.ended_at is null),
  acts as (select a.* from relations_accountaction a join running r on r.id = a.plan_id)
  select (select count(*) from running),
    (select count(distinct o) from (select r.organisation_id as o from running r
      union select m.organisation_id from relations_accountmember m join running r on r.id = m.plan_id) x),
    (select count(*) from acts), (select count(done_at) from acts), (select count(*) from acts where done_at is null and by_day < {TODAY}),
    (select count(*) from running where review_on < {TODAY})
  where (select count(*) from running) >= 5
$$
"""
# Leads of a region in whole months, by source, in atoms of at least five; an organisation knows its own, however few.
LEAD_FIGURES = f"""
create function wall.relations_lead_figures(region bigint, since date, until date)
returns table (source text, given bigint, in_time bigint, declined bigint, became_case bigint, helped bigint) {SQL} as $$
  with rows as materialized (
    select l.id, l.source, wall.month_of(l.given_at) as month, l.source::text as key, l.state, l.result, l.answered_at, l.due_at
    from relations_lead l
    where l.region_id = region and l.given_at >= wall.begins(since) and l.given_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select source, count(*), count(*) filter (where answered_at <= due_at), count(*) filter (where state = 'declined'),
    count(*) filter (where state = 'case'), count(*) filter (where result = 'helped')
  from told group by 1 order by 1
$$
"""
TRAIL = (
    "drop policy relations_reads on core_event",
    r"""
create policy relations_reads on core_event as restrictive for select to luukku_web using (subject_kind !~ '^relations\.'
  or (subject_kind = 'relations.visit' and exists (select 1 from relations_visit v where v.id = subject_id))
  or (subject_kind = 'relations.accountplan' and exists (select 1 from relations_accountplan p where p.id = subject_id))
  or (subject_kind = 'relations.lead' and exists (select 1 from relations_lead l where l.id = subject_id)))
""",
)
TRIGGERS = (
    ("wall_before", "relations_accountplan", "before insert or update", "plan_before"),
    ("wall_after", "relations_accountplan", "after update", "plan_after"),
    ("wall_before", "relations_accountmember", "before insert or update", "plan_part_before"),
    ("wall_after", "relations_accountmember", "after insert or delete or update of person_id", "member_after"),
    ("wall_before", "relations_accountaction", "before insert or update", "plan_part_before"),
    ("wall_before", "relations_accountreview", "before insert or update", "plan_part_before"),
)
PARTS = ("relations_accountmember", "relations_accountaction", "relations_accountreview")


def _confidential(table: str, team: str) -> list[Operation]:
    """What is written is tested by the triggers; a new plan's own row cannot be looked up yet."""
    read, check = f"(readers && wall.principals()) and {team}", "(readers && wall.principals())"
    return [
        migrations.RunSQL(
            [
                f"alter table {table} enable row level security, force row level security",
                f"create policy web on {table} to luukku_web using ({read}) with check ({check})",
                f"create policy house on {table} to luukku_house using (true) with check (true)",
                f"create policy own on {table} to luukku_owner using (true) with check (true)",
                f"create index {table}_readers on {table} using gin (readers) with (gin_pending_list_limit = 64)",
            ],
            migrations.RunSQL.noop,
        )
    ]


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0004_plans"), ("desk", "0039_whole_months")]
    operations: ClassVar[list[Operation]] = [
        *[
            migrations.RunSQL(statement, f"drop function {_name(statement)} cascade")
            for statement in (TEAM, TEAM_OF, READERS, PLAN_BEFORE, PLAN_AFTER, PART_BEFORE, MEMBER_AFTER, PLAN_FIGURES, LEAD_FIGURES)
        ],
        *_confidential("relations_accountplan", "wall.relations_team(id, lead_id, organisation_id)"),
        *[each for table in PARTS for each in _confidential(table, "wall.relations_team_of(plan_id)")],
        migrations.RunSQL("revoke delete on relations_accountplan, relations_accountreview from luukku_web", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                f"create trigger {name} {when} on {table} for each row execute function wall.relations_{function}()",
                f"drop trigger {name} on {table}",
            )
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(list(TRAIL), migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                "revoke execute on function wall.relations_plan_readers(bigint, bigint) from public",
                "grant execute on function wall.relations_plan_readers(bigint, bigint) to luukku_house",
            ],
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
