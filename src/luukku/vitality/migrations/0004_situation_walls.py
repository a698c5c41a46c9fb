"""Who may read a situation: by their seats of today the region's coordinator and the contact of its area, and the parties: their people who handle
cases, and whom the others ask there. How many matters and leads its companies have had since is told in steps of five.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
TODAY = "(now() at time zone 'Europe/Helsinki')::date"
PARTS = ("party", "company", "measure", "count", "note")
LEADS = f"""
create function wall.vitality_leads(region bigint) returns boolean {SQL} as $$
  select exists (
    select 1 from network_seat s join network_person p on p.id = s.person_id
    where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
      and (s.valid_from is null or s.valid_from <= {TODAY}) and (s.valid_until is null or s.valid_until >= {TODAY})
      and ((s.role = 'coordinator' and s.region_id = region)
        or (s.role = 'area-contact' and exists (select 1 from network_regionarea a where a.region_id = region and a.area_id = s.area_id
          and (a.valid_from is null or a.valid_from <= {TODAY}) and (a.valid_until is null or a.valid_until >= {TODAY})))))
$$
"""
SITUATIONS = f"""
create function wall.vitality_situations() returns setof bigint {SQL} as $$
  select id from vitality_situation where readers && wall.principals() or wall.vitality_leads(region_id)
$$
"""
READERS = f"""
create function wall.vitality_situation_readers(wanted bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct x.principal order by x.principal), '{{}}') from (
    select o.principal from vitality_situationparty p join network_organisation o on o.id = p.organisation_id where p.situation_id = wanted
    union select h.principal from vitality_situationparty p join network_person h on h.id = p.person_id where p.situation_id = wanted
  ) x
$$
"""
# By whom it was opened stands; a new one is opened by whoever leads such things in the region.
SITUATION_BEFORE = f"""
create function wall.vitality_situation_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.region_id := old.region_id; new.opened_by_id := old.opened_by_id; new.opened_at := old.opened_at;
  end if;
  new.readers := wall.vitality_situation_readers(new.id);
  return new;
end $$
"""
SITUATION_AFTER = f"""
create function wall.vitality_situation_after() returns trigger {DEFINER} as $$
begin
  {"".join(f"update vitality_situation{part} set readers = '{{}}' where situation_id = new.id; " for part in PARTS)}
  return null;
end $$
"""
PART_BEFORE = f"""
create function wall.vitality_situation_part_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.situation_id := old.situation_id; end if;
  select s.readers into new.readers from vitality_situation s where s.id = new.situation_id;
  return new;
end $$
"""
# Parties are invited by those who lead it, and by nobody else.
PARTY_GUARD = f"""
create function wall.vitality_party_guard() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and pg_trigger_depth() = 1
      and not exists (select 1 from vitality_situation s where s.id = coalesce(new.situation_id, old.situation_id) and wall.vitality_leads(s.region_id)) then
    raise exception 'whoever leads a situation invites its parties' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$
"""
PARTY_AFTER = f"""
create function wall.vitality_party_after() returns trigger {DEFINER} as $$
begin
  update vitality_situation set readers = '{{}}' where id = coalesce(new.situation_id, old.situation_id);
  return null;
end $$
"""
# For whoever reads the situation: in steps of five, so that a company more or less tells nothing of that one.
COUNTS = f"""
create function wall.vitality_situation_counts(wanted bigint) returns table (cases bigint, leads bigint) {SQL} as $$
  select (n.cases / 5) * 5, (n.leads / 5) * 5 from vitality_situation s cross join lateral (
    select (select count(*) from desk_case k join vitality_situationcompany c on c.company_id = k.company_id and c.situation_id = s.id
        where k.created_at >= s.opened_at) as cases,
      (select count(*) from relations_lead l join vitality_situationcompany c on c.company_id = l.company_id and c.situation_id = s.id
        where l.given_at >= s.opened_at) as leads
  ) n
  where s.id = wanted and s.id in (select wall.vitality_situations())
$$
"""
TRAIL = (
    "drop policy vitality_reads on core_event",
    r"""
create policy vitality_reads on core_event as restrictive for select to luukku_web using (subject_kind !~ '^vitality\.'
  or subject_kind = 'vitality.site' or subject_kind = 'vitality.sellingtarget'
  or (subject_kind = 'vitality.prospect' and exists (select 1 from vitality_prospect p where p.id = subject_id))
  or (subject_kind = 'vitality.situation' and exists (select 1 from vitality_situation s where s.id = subject_id))
  or (subject_kind = 'vitality.offer' and exists (select 1 from vitality_offer o where o.id = subject_id)))
""",
)
FUNCTIONS = (LEADS, SITUATIONS, READERS, SITUATION_BEFORE, SITUATION_AFTER, PART_BEFORE, PARTY_GUARD, PARTY_AFTER, COUNTS)
TRIGGERS = (
    ("wall_before", "vitality_situation", "before insert or update", "situation_before"),
    ("wall_after", "vitality_situation", "after update of readers", "situation_after"),
    *(("wall_before", f"vitality_situation{part}", "before insert or update", "situation_part_before") for part in PARTS),
    ("wall_guard", "vitality_situationparty", "before insert or update or delete", "party_guard"),
    ("wall_party", "vitality_situationparty", "after insert or delete or update of organisation_id, person_id", "party_after"),
)


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _confidential(table: str, seats: str) -> list[Operation]:
    test = f"(readers && wall.principals()) or {seats}"
    return [
        migrations.RunSQL(
            [
                f"alter table {table} enable row level security, force row level security",
                f"create policy web on {table} to luukku_web using ({test}) with check ({test})",
                f"create policy house on {table} to luukku_house using (true) with check (true)",
                f"create policy own on {table} to luukku_owner using (true) with check (true)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(f"create index {table}_readers on {table} using gin (readers) with (gin_pending_list_limit = 64)", f"drop index {table}_readers"),
    ]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0003_situations")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)} cascade") for statement in FUNCTIONS],
        *_confidential("vitality_situation", "wall.vitality_leads(region_id)"),
        *[each for part in PARTS for each in _confidential(f"vitality_situation{part}", "situation_id in (select wall.vitality_situations())")],
        migrations.RunSQL("revoke delete on vitality_situation, vitality_situationnote from luukku_web", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                f"create trigger {name} {when} on {table} for each row execute function wall.vitality_{function}()", f"drop trigger {name} on {table}"
            )
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(list(TRAIL), migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                "revoke execute on function wall.vitality_situation_readers(bigint) from public",
                "grant execute on function wall.vitality_situation_readers(bigint) to luukku_house",
            ],
            ["grant execute on function wall.vitality_situation_readers(bigint) to public"],
        ),
    ]  # fmt: skip
