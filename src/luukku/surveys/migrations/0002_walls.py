"""Who is invited is read by the invited and by who keeps the survey; a named answer likewise; anonymous ones by nobody.

Whoever holds a link answers by windows that ask for its digest: no request reads or writes a box, a receipt or an answer by itself. Figures come
by windows that give answers without a name, once they are out of the box and there are enough of them.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SEATS = """
  select t.* from network_seat t join network_person p on p.id = t.person_id
  where p.deactivated_at is null and t.person_id = nullif(current_setting('luukku.person', true), '')::bigint
    and (t.valid_from is null or t.valid_from <= current_date) and (t.valid_until is null or t.valid_until >= current_date)
"""
KEPT = f"""
create function wall.surveys_kept() returns setof bigint {SQL} as $$
  select s.id from surveys_survey s join ({SEATS}) t
    on (t.role = 'coordinator' and t.region_id = s.region_id) or (t.role = 'national-owner' and s.region_id is null)
$$
"""
READ = f"""
create function wall.surveys_read() returns setof bigint {SQL} as $$
  select wall.surveys_kept()
  union select s.id from surveys_survey s join ({SEATS}) t on t.role <> 'shepherd' and (t.role = 'national-owner' or t.region_id = s.region_id
    or exists (select 1 from network_regionarea a where a.area_id = t.area_id and a.region_id = s.region_id
      and (a.valid_from is null or a.valid_from <= current_date) and (a.valid_until is null or a.valid_until >= current_date))
    or exists (select 1 from network_participation p where p.organisation_id = t.organisation_id and p.region_id = s.region_id
      and (p.valid_from is null or p.valid_from <= current_date) and (p.valid_until is null or p.valid_until >= current_date)))
    where s.shared_at is not null
$$
"""
OPEN = f"""
create function wall.surveys_open(given bytea) returns table (survey_id bigint, invitation_id bigint, language text, answered boolean) {SQL} as $$
  select s.id, null::bigint, '', false from surveys_survey s where s.link_digest = given
  union all select i.survey_id, i.id, i.language, exists (select 1 from surveys_receipt r where r.invitation_id = i.id)
    or exists (select 1 from surveys_response r where r.invitation_id = i.id and r.state = 'sent')
  from surveys_invitation i where i.digest = given
$$
"""
# Where an answer goes: by a link, or typed in by who keeps the survey. No survey: it takes none.
PLACE = f"""
create function wall.surveys_place(given bytea, typed bigint, invited bigint, out survey bigint, out invitation bigint) {DEFINER} as $$
begin
  if given is not null then
    select o.survey_id, o.invitation_id into survey, invitation from wall.surveys_open(given) o;
  elsif typed in (select wall.surveys_kept()) then
    survey := typed;
    select i.id into invitation from surveys_invitation i where i.id = invited and i.survey_id = typed;
  end if;
  -- held until the answer is in, so that the survey is not settled without it
  select s.id into survey from surveys_survey s where s.id = survey and s.state = 'open' and s.closes_at > now() for share;
end $$
"""
# Answers to one survey take turns here, so that none is lost and none counts twice.
TAKE = f"""
create function wall.surveys_take_box(given bytea, typed bigint, which integer)
returns table (number integer, entries integer, sealed text) {DEFINER} as $$
declare
  place record;
begin
  select * into place from wall.surveys_place(given, typed, null);
  perform pg_advisory_xact_lock(hashtextextended('survey box ' || coalesce(place.survey, 0), 0));
  return query select b.number::integer, b.entries, b.sealed from surveys_box b
    where b.survey_id = place.survey and (which is null or b.number = which) order by b.number desc limit 1;
end $$
"""
DROP = f"""
create function wall.surveys_drop(given bytea, typed bigint, invited bigint, which integer, count integer, blob text) returns text {DEFINER} as $$
declare
  place record;
begin
  select * into place from wall.surveys_place(given, typed, invited);
  if place.survey is null or not (select is_anonymous from surveys_survey where id = place.survey) then return 'closed'; end if;
  insert into surveys_box as b (survey_id, number, entries, sealed) values (place.survey, which, count, blob)
    on conflict (survey_id, number) do update set entries = excluded.entries, sealed = excluded.sealed;
  if place.invitation is not null then
    insert into surveys_receipt (invitation_id) values (place.invitation) on conflict do nothing;
  end if;
  return 'taken';
end $$
"""
WRITE = f"""
create function wall.surveys_write(given bytea, typed bigint, invited bigint, said jsonb, step text, came text, told jsonb) returns text {DEFINER} as $$
declare
  place record;
  person bigint := nullif(current_setting('luukku.person', true), '')::bigint;
begin
  select * into place from wall.surveys_place(given, typed, invited);
  if place.survey is null or (select is_anonymous from surveys_survey where id = place.survey) then return 'closed'; end if;
  insert into surveys_response as r (id, survey_id, is_anonymous, content, organisation_id, invitation_id, name, email, state, way, typed_by_id, sent_at, readers)
  values (gen_random_uuid(), place.survey, false, said, (told ->> 'organisation')::bigint, place.invitation, coalesce(told ->> 'name', ''),
    coalesce(told ->> 'email', ''), step, came, case when given is null then person end, case when step <> 'draft' then now() end, '{{}}')
  on conflict do nothing;
  if found then return 'taken'; end if;
  update surveys_response r set content = said, state = case when step = 'draft' then r.state else step end, way = came,
    sent_at = case when step <> 'draft' then now() else r.sent_at end
  where r.invitation_id = place.invitation and r.state <> 'sent';
  return case when found then 'taken' else 'already' end;
end $$
"""
OWN = f"""
create function wall.surveys_own(given bytea) returns table (content jsonb, state text) {SQL} as $$
  select r.content, r.state from surveys_response r join surveys_invitation i on i.id = r.invitation_id where i.digest = given and r.state <> 'sent'
$$
"""
WAITING = f"""
create function wall.surveys_waiting() returns setof bigint {SQL} as $$
  select i.id from surveys_invitation i join surveys_survey s on s.id = i.survey_id
    join network_person p on p.id = i.person_id and p.deactivated_at is null
  where i.person_id = nullif(current_setting('luukku.person', true), '')::bigint and s.state = 'open' and s.closes_at > now() and not i.is_resting
    and not exists (select 1 from surveys_receipt r where r.invitation_id = i.id)
    and not exists (select 1 from surveys_response r where r.invitation_id = i.id and r.state <> 'draft')
$$
"""
TURNOUT = f"""
create function wall.surveys_turnout(which bigint[]) returns table (survey_id bigint, invited bigint, answered bigint) {SQL} as $$
  select s.id,
    case when s.settled_at is not null then s.invited_count else (select count(*) from surveys_invitation i where i.survey_id = s.id and not i.is_resting) end,
    case when s.settled_at is not null then s.answered_count
      when s.is_anonymous then (select coalesce(sum(b.entries), 0) from surveys_box b where b.survey_id = s.id)
      else (select count(*) from surveys_response r where r.survey_id = s.id and r.state <> 'draft') end
  from surveys_survey s where s.id = any(which) and s.id in (select wall.surveys_read())
$$
"""
ENOUGH = "(select count(*) from surveys_response x where x.survey_id = s.id and x.state <> 'draft') >= s.hide_below"
ROWS = f"""
create function wall.surveys_rows(which bigint[]) returns table (survey_id bigint, content jsonb, organisation_id bigint) {SQL} as $$
  select r.survey_id, r.content, r.organisation_id from surveys_response r join surveys_survey s on s.id = r.survey_id
  where s.id = any(which) and s.id in (select wall.surveys_read()) and r.state <> 'draft'
    and (not s.is_anonymous or s.settled_at is not null) and {ENOUGH}
  order by r.id
$$
"""
# Means over the area's surveys of one questionnaire and year, taken in by threes as they were settled: no step of it shows what one of them said.
COMPARE = f"""
create function wall.surveys_compare(which bigint) returns table (variable text, mean double precision, answers bigint, surveys bigint) {SQL} as $$
  with here as (
    select s.id, v.questionnaire_id, s.settled_at, a.area_id from surveys_survey s join surveys_version v on v.id = s.version_id
      join network_regionarea a on a.region_id = s.region_id and (a.valid_until is null or a.valid_until >= current_date)
    where s.id = which and s.settled_at is not null and s.id in (select wall.surveys_read())
  ), alike as (
    select distinct s.id, s.settled_at from here h join surveys_version v on v.questionnaire_id = h.questionnaire_id
      join surveys_survey s on s.version_id = v.id join network_regionarea a on a.region_id = s.region_id and a.area_id = h.area_id
        and (a.valid_until is null or a.valid_until >= current_date)
    where date_trunc('year', s.closes_at at time zone 'Europe/Helsinki')
        = (select date_trunc('year', closes_at at time zone 'Europe/Helsinki') from surveys_survey where id = which)
      and s.settled_at is not null and {ENOUGH}
  ), numbered as (
    select id, row_number() over (order by settled_at, id) as place, count(*) over () as n from alike
  ), taken as (
    select id from numbered where place <= n - n % 3
  ), each_one as (
    select r.survey_id, e.key, count(*) as n, sum(e.value::text::double precision) as total from surveys_response r join taken on taken.id = r.survey_id,
      jsonb_each(r.content) e where r.state <> 'draft' and jsonb_typeof(e.value) = 'number' group by 1, 2
  )
  select o.key, sum(o.total) / sum(o.n), sum(o.n)::bigint, count(*) from each_one o group by o.key
  having count(*) = (select count(*) from taken) and min(o.n) >= 4
$$
"""
INVITATION_BEFORE = f"""
create function wall.surveys_invitation_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.survey_id := old.survey_id; new.person_id := old.person_id; new.seed := old.seed; new.digest := old.digest;
  end if;
  new.readers := array(select principal from network_person where id = new.person_id);
  return new;
end $$
"""
RESPONSE_BEFORE = f"""
create function wall.surveys_response_before() returns trigger {DEFINER} as $$
begin
  select is_anonymous into new.is_anonymous from surveys_survey where id = new.survey_id;
  new.readers := case when new.is_anonymous then '{{}}' else
    array(select p.principal from surveys_invitation i join network_person p on p.id = i.person_id where i.id = new.invitation_id) end;
  return new;
end $$
"""
# What those who answer are told is not changed under them.
SURVEY_BEFORE = """
create function wall.surveys_survey_before() returns trigger language plpgsql as $$
begin
  new.region_id := old.region_id;
  if old.state <> 'draft' then
    new.is_anonymous := old.is_anonymous; new.hide_below := old.hide_below; new.version_id := old.version_id;
    if new.state = 'draft' or (old.state = 'closed' and new.state <> 'closed') then
      raise exception 'a survey that has closed stays closed' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$
"""
FUNCTIONS = (
    KEPT, READ, OPEN, PLACE, TAKE, DROP, WRITE, OWN, WAITING, TURNOUT, ROWS, COMPARE, INVITATION_BEFORE, RESPONSE_BEFORE, SURVEY_BEFORE,
)  # fmt: skip
TRIGGERS = (
    ("surveys_survey", "before update", "surveys_survey_before"),
    ("surveys_invitation", "before insert or update", "surveys_invitation_before"),
    ("surveys_response", "before insert or update", "surveys_response_before"),
)
BY_KEEPER = "(readers && wall.principals()) or survey_id in (select wall.surveys_kept())"


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _walled(table: str, web: str) -> Operation:
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            *([web] if web else [f"revoke all on {table} from luukku_web"]),
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("surveys", "0001_initial"), ("core", "0006_shared_principals")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        _walled("surveys_invitation", f"create policy web on surveys_invitation to luukku_web using ({BY_KEEPER}) with check ({BY_KEEPER})"),
        _walled("surveys_response", f"create policy web on surveys_response for select to luukku_web using ({BY_KEEPER})"),
        _walled("surveys_box", ""),
        _walled("surveys_receipt", ""),
        *[
            migrations.RunSQL(
                f"create trigger wall_before {when} on {table} for each row execute function wall.{function}()", f"drop trigger wall_before on {table}"
            )
            for table, when, function in TRIGGERS
        ],
        migrations.RunSQL("revoke insert, update, delete on surveys_response from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(
            "revoke execute on function wall.surveys_place(bytea, bigint, bigint) from public",
            "grant execute on function wall.surveys_place(bytea, bigint, bigint) to public",
        ),
    ]
