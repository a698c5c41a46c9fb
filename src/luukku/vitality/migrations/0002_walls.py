"""Who may read a prospect: the organisation that sells the region to it. An offer of a plot: that one, and whose the plot is. That a plot is held,
and until when, is written to the plot by triggers; for whom, is not.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"

PROSPECT_BEFORE = f"""
create function wall.vitality_prospect_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if wall.by_web() and (new.region_id, new.organisation_id, new.made_by_id, new.made_at)
        is distinct from (old.region_id, old.organisation_id, old.made_by_id, old.made_at) then
      raise exception 'whose prospect it is stands' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not exists (select 1 from network_organisation where id = new.organisation_id and principal = any(wall.principals())) then
    raise exception 'one sells for one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(o.principal), '{{}}') into new.readers from network_organisation o where o.id = new.organisation_id;
  return new;
end $$
"""
PROSPECT_AFTER = f"""
create function wall.vitality_prospect_after() returns trigger {DEFINER} as $$
begin
  if new.readers is distinct from old.readers then
    update vitality_prospectnote set readers = '{{}}' where prospect_id = new.id;
    update vitality_offer set readers = '{{}}' where prospect_id = new.id;
  end if;
  return null;
end $$
"""
NOTE_BEFORE = f"""
create function wall.vitality_note_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.prospect_id := old.prospect_id; end if;
  select p.readers into new.readers from vitality_prospect p where p.id = new.prospect_id;
  if wall.by_web() and not (new.readers && wall.principals()) then
    raise exception 'one writes of prospects that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# Whose plot it is may let it go, and nothing else; the seller offers and holds it.
OFFER_BEFORE = f"""
create function wall.vitality_offer_before() returns trigger {DEFINER} as $$
declare sellers bigint[];
begin
  if tg_op = 'UPDATE' then new.prospect_id := old.prospect_id; new.site_id := old.site_id; end if;
  select p.readers into sellers from vitality_prospect p where p.id = new.prospect_id;
  select coalesce(array_agg(distinct o.principal order by o.principal), '{{}}') into new.readers
    from network_organisation o where o.principal = any(sellers)
      or o.id in (select s.organisation_id from vitality_site s where s.id = new.site_id);
  if wall.by_web() and not (sellers && wall.principals())
      and not (tg_op = 'UPDATE' and new.readers && wall.principals() and new.state = 'released') then
    raise exception 'one offers plots to prospects that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
OFFER_AFTER = f"""
create function wall.vitality_offer_after() returns trigger {DEFINER} as $$
declare wanted bigint := coalesce(new.site_id, old.site_id);
begin
  update vitality_site s set
    reserved_until = (select max(o.last_day) from vitality_offer o where o.site_id = wanted and o.state = 'reserved'),
    handed_on = (select max(o.handed_on) from vitality_offer o where o.site_id = wanted and o.state = 'handed')
  where s.id = wanted;
  return null;
end $$
"""
SITE_BEFORE = f"""
create function wall.vitality_site_before() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and pg_trigger_depth() = 1 then
    if tg_op = 'UPDATE' then
      new.reserved_until := old.reserved_until; new.handed_on := old.handed_on; new.region_id := old.region_id;
      new.organisation_id := old.organisation_id;
    else
      new.reserved_until := null; new.handed_on := null;
    end if;
  end if;
  return new;
end $$
"""
SITE_AFTER = f"""
create function wall.vitality_site_after() returns trigger {DEFINER} as $$
begin
  update vitality_offer set readers = '{{}}' where site_id = new.id;
  return null;
end $$
"""
# By the proven address of whoever asks: where she stands, and how to reach her, never what was said.
OF_PERSON = f"""
create function wall.vitality_of_person()
returns table (day date, organisation text, company text, name text, role text, phone text, email text) {SQL} as $$
  with own as materialized (
    select c.email_key from customers_contact c join customers_customer u on u.id = c.customer_id
    where c.email_key > '' and u.principal = any(wall.principals())
  )
  select (p.made_at at time zone 'Europe/Helsinki')::date, o.name_fi, p.name, p.contact_name, p.contact_role, p.contact_phone, p.contact_email
    from vitality_prospect p join network_organisation o on o.id = p.organisation_id
    where p.contact_email > '' and lower(p.contact_email) in (select email_key from own)
  order by 1, 2
$$
"""
# What selling the region came to, in whole months that have ended, in groups of at least five of an end; jobs only with them.
FIGURES = f"""
create function wall.vitality_selling_figures(region bigint, since date, until date)
returns table (stage text, prospects bigint, jobs bigint) {SQL} as $$
  with rows as materialized (
    select p.id, p.stage::text as key, wall.month_of(p.ended_at) as month, p.jobs_came
    from vitality_prospect p
    where p.region_id = region and p.ended_at >= wall.begins(since) and p.ended_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select key, count(*), coalesce(sum(jobs_came), 0)::bigint from told group by 1 order by 1
$$
"""
TRAIL = r"""
create policy vitality_reads on core_event as restrictive for select to luukku_web using (subject_kind !~ '^vitality\.'
  or subject_kind = 'vitality.site' or subject_kind = 'vitality.sellingtarget'
  or (subject_kind = 'vitality.prospect' and exists (select 1 from vitality_prospect p where p.id = subject_id))
  or (subject_kind = 'vitality.offer' and exists (select 1 from vitality_offer o where o.id = subject_id)))
"""
FUNCTIONS = (
    PROSPECT_BEFORE, PROSPECT_AFTER, NOTE_BEFORE, OFFER_BEFORE, OFFER_AFTER, SITE_BEFORE, SITE_AFTER, OF_PERSON, FIGURES,
)  # fmt: skip
TRIGGERS = (
    ("wall_before", "vitality_prospect", "before insert or update", "prospect_before"),
    ("wall_after", "vitality_prospect", "after update of readers, organisation_id", "prospect_after"),
    ("wall_before", "vitality_prospectnote", "before insert or update", "note_before"),
    ("wall_before", "vitality_offer", "before insert or update", "offer_before"),
    ("wall_after", "vitality_offer", "after insert or update or delete", "offer_after"),
    ("wall_before", "vitality_site", "before insert or update", "site_before"),
    ("wall_after", "vitality_site", "after update of organisation_id", "site_after"),
)


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0001_selling"), ("relations", "0009_fact_walls")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)} cascade") for statement in FUNCTIONS],
        *[each for table in ("vitality_prospect", "vitality_prospectnote", "vitality_offer") for each in confidential(table)],
        migrations.RunSQL("revoke delete on vitality_prospect, vitality_prospectnote, vitality_offer, vitality_site from luukku_web", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                f"create trigger {name} {when} on {table} for each row execute function wall.vitality_{function}()", f"drop trigger {name} on {table}"
            )
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(TRAIL, "drop policy vitality_reads on core_event"),
        migrations.RunSQL(
            "create index vitality_named on vitality_prospect (lower(contact_email)) where contact_email > ''", "drop index vitality_named"
        ),
    ]  # fmt: skip
