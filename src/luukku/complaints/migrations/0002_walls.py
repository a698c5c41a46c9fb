"""Who may read a complaint: its own link, the customer, the status page it was made on, its owner; and by their seats today the coordinator of the
region and the leads of the desk's organisation. Never the one complained of, whatever her seat: she reads what was shared with her.

A seat that has ended opens nothing, so it is asked on every reading and not copied into `readers`.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

SEAT = f"""
create function wall.complaints_seat(region bigint, organisation bigint, about bigint) returns boolean {SQL} as $$
  select exists (
    select 1 from network_seat s join network_person p on p.id = s.person_id
    where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
      and s.person_id is distinct from about
      and ((s.role = 'coordinator' and s.region_id = region)
        or (s.role = 'desk-lead' and s.organisation_id = organisation and (s.region_id is null or s.region_id = region)))
      and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
$$
"""
SEAT_OF = f"""
create function wall.complaints_seat_of(complaint bigint) returns boolean {SQL} as $$
  select coalesce((select wall.complaints_seat(c.region_id, c.organisation_id, c.about_person_id) from complaints_complaint c where c.id = complaint), false)
$$
"""
HERS = f"""
create function wall.complaints_hers(c complaints_complaint) returns bigint[] {SQL} as $$
  {SORTED}(array[c.door_principal, (select k.principal from customers_customer k join desk_case d on d.customer_id = k.id where d.id = c.case_id),
    (select d.door_principal from desk_case d where d.id = c.case_id and c.by_case_page)]) as p where p is not null
$$
"""
OWNER = f"""
create function wall.complaints_owner(c complaints_complaint) returns bigint[] {SQL} as $$
  select array(select principal from network_person where id = c.owner_id and id is distinct from c.about_person_id)
$$
"""
TURN = f"""
create function wall.complaints_turn_readers(t complaints_complaintturn) returns bigint[] {SQL} as $$
  {SORTED}((select wall.complaints_owner(c)
      || case when t.kind in ('words', 'answer') then wall.complaints_hers(c) else '{{}}'::bigint[] end
      || case when t.kind in ('shared', 'reply') then array(select principal from network_person where id = c.about_person_id) else '{{}}'::bigint[] end
    from complaints_complaint c where c.id = t.complaint_id)) as p
$$
"""
BEFORE = f"""
create function wall.complaints_complaint_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if (new.door_principal, new.link_digest, new.region_id, new.organisation_id, new.words, new.wish, new.came, new.received_at, new.about_person_id)
       is distinct from
       (old.door_principal, old.link_digest, old.region_id, old.organisation_id, old.words, old.wish, old.came, old.received_at, old.about_person_id) then
      raise exception 'a complaint stands as it was made' using errcode = 'insufficient_privilege';
    end if;
    if new.case_id is not null then new.case_id := old.case_id; end if;
  elsif wall.by_web() and new.case_id is not null
      and not exists (select 1 from desk_case where id = new.case_id and readers && wall.principals()) then
    raise exception 'one complains about a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := ({SORTED}(wall.complaints_hers(new) || wall.complaints_owner(new)) as p);
  return new;
end $$
"""
AFTER = f"""
create function wall.complaints_complaint_after() returns trigger {DEFINER} as $$
begin
  update complaints_complaintturn t set readers = '{{}}'
    where t.complaint_id = new.id and t.readers is distinct from wall.complaints_turn_readers(t);
  update complaints_correction k set readers = '{{}}' where k.complaint_id = new.id and k.readers is distinct from wall.complaints_owner(new);
  return null;
end $$
"""
# Who holds a link may add words and nothing else; the one complained of may reply to what was shared with her.
TURN_BEFORE = f"""
create function wall.complaints_turn_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - 'readers' <> to_jsonb(old) - 'readers' then
      raise exception 'what was said stands' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not exists (
      select 1 from complaints_complaint c where c.id = new.complaint_id and (
        wall.complaints_seat(c.region_id, c.organisation_id, c.about_person_id)
        or wall.complaints_owner(c) && wall.principals()
        or (new.kind = 'words' and wall.complaints_hers(c) && wall.principals())
        or (new.kind = 'reply' and exists (select 1 from complaints_complaintturn t
          where t.complaint_id = c.id and t.kind = 'shared' and t.readers && wall.principals())))) then
    raise exception 'one speaks of complaints that one reads' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.complaints_turn_readers(new);
  return new;
end $$
"""
CORRECTION_BEFORE = f"""
create function wall.complaints_correction_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.complaint_id := old.complaint_id;
  elsif wall.by_web() and not exists (
      select 1 from complaints_complaint c where c.id = new.complaint_id
        and (wall.complaints_seat(c.region_id, c.organisation_id, c.about_person_id) or wall.complaints_owner(c) && wall.principals())) then
    raise exception 'one corrects what one answers for' using errcode = 'insufficient_privilege';
  end if;
  select wall.complaints_owner(c) into new.readers from complaints_complaint c where c.id = new.complaint_id;
  return new;
end $$
"""
# A door of one's own that is anybody else's principal would read all that they read.
DOOR_GUARD = f"""
create function wall.complaints_door_guard() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and (
    not coalesce(new.door_principal = any(wall.principals()), false)
    or exists (select 1 from network_organisation where principal = new.door_principal)
    or exists (select 1 from network_person where principal = new.door_principal)
    or exists (select 1 from customers_customer where principal = new.door_principal)
    or exists (select 1 from customers_shepherd where principal = new.door_principal)
    or exists (select 1 from desk_kiosk where principal = new.door_principal)
    or exists (select 1 from desk_handover where door_principal = new.door_principal)
    or exists (select 1 from desk_case where door_principal = new.door_principal)
    or exists (select 1 from statements_statement where door_principal = new.door_principal)
  ) then
    raise exception 'a new complaint has a door of its own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
CASE_GUARD = """
create or replace function wall.desk_door_guard() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if wall.by_web() and (
    not coalesce(new.door_principal = any(wall.principals()), false)
    or exists (select 1 from network_organisation where principal = new.door_principal)
    or exists (select 1 from network_person where principal = new.door_principal)
    or exists (select 1 from customers_customer where principal = new.door_principal)
    or exists (select 1 from customers_shepherd where principal = new.door_principal)
    or exists (select 1 from desk_kiosk where principal = new.door_principal)
    or exists (select 1 from desk_handover where door_principal = new.door_principal)
    or exists (select 1 from statements_statement where door_principal = new.door_principal)
    or exists (select 1 from complaints_complaint where door_principal = new.door_principal)
  ) then
    raise exception 'a new case has a door of its own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
CASE_AFTER = f"""
create function wall.complaints_of_case() returns trigger {DEFINER} as $$
begin
  update complaints_complaint set readers = '{{}}' where case_id = new.id;
  return null;
end $$
"""
LINK = f"""
create function wall.complaints_link(given bytea) returns table (principal bigint) {SQL} as $$
  select door_principal from complaints_complaint
  where link_digest = given and (closed_at is null or closed_at > now() - interval '90 days')
$$
"""
# Whom a new complaint goes to is asked by whoever makes it, who reads no handler: the one who has the case, and who answers for complaints.
HANDLER = f"""
create function wall.complaints_handler(own_case bigint) returns table (desk_id bigint, person_id bigint) {SQL} as $$
  select l.desk_id, l.handler_id from desk_leg l join desk_case c on c.id = l.case_id
  where c.id = own_case and c.readers && wall.principals()
  order by (l.handler_id is not distinct from c.sponsor_id) desc, l.is_open desc, l.position limit 1
$$
"""
# Whole months, in atoms of at least five (desk's `whole_months`); an organisation knows its own, however few.
FIGURES = f"""
create function wall.complaints_figures(region bigint, since date, until date)
returns table (organisation_id bigint, cause text, made bigint, answered bigint, in_time bigint, corrected bigint) {SQL} as $$
  with rows as materialized (
    select c.id, c.organisation_id, c.cause, c.first_answered_at, c.first_due_at, wall.month_of(c.received_at) as month,
      c.organisation_id || ' ' || c.cause as key,
      exists (select 1 from complaints_correction k where k.complaint_id = c.id) as corrected,
      exists (select 1 from network_organisation o where o.id = c.organisation_id and o.principal = any(wall.principals())) as own
    from complaints_complaint c
    where c.region_id = region and c.received_at >= wall.begins(since) and c.received_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r left join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
    where r.own or e.key is not null
  )
  select organisation_id, cause, count(*), count(first_answered_at), count(*) filter (where first_answered_at <= first_due_at),
    count(*) filter (where corrected)
  from told group by 1, 2 order by 1, 2
$$
"""
# What is told of a complaint in the trail is read by those who read the complaint.
TRAIL = r"""
drop policy web_reads on core_event;
create policy web_reads on core_event for select to luukku_web using (subject_kind !~ '^(desk|customers|core|complaints)\.'
  or (subject_kind = 'desk.case' and exists (select 1 from desk_case c where c.id = subject_id))
  or (subject_kind = 'complaints.complaint' and exists (select 1 from complaints_complaint c where c.id = subject_id)))
"""
TRIGGERS = (
    ("guard_door", "complaints_complaint", "before insert", "complaints_door_guard()"),
    ("wall_before", "complaints_complaint", "before insert or update", "complaints_complaint_before()"),
    ("wall_after", "complaints_complaint", "after update", "complaints_complaint_after()"),
    ("wall_before", "complaints_complaintturn", "before insert or update", "complaints_turn_before()"),
    ("wall_before", "complaints_correction", "before insert or update", "complaints_correction_before()"),
    ("wall_complaints", "desk_case", "after update of customer_id", "complaints_of_case()"),
)
INNER = (
    "complaints_hers(complaints_complaint)", "complaints_owner(complaints_complaint)", "complaints_turn_readers(complaints_complaintturn)",
)  # fmt: skip


def _confidential(table: str, seat: str) -> Operation:
    test = f"(readers && wall.principals()) or {seat}"
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web on {table} to luukku_web using ({test}) with check ({test})",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("complaints", "0001_initial"), ("statements", "0005_shepherds_doors"), ("desk", "0039_whole_months"), ("network", "0006_principals_are_given"),
    ]  # fmt: skip
    operations: ClassVar[list[Operation]] = [
        *[
            migrations.RunSQL(statement, f"drop function {_name(statement)}")
            for statement in (
                SEAT, SEAT_OF, HERS, OWNER, TURN, BEFORE, AFTER, TURN_BEFORE, CORRECTION_BEFORE, DOOR_GUARD, CASE_AFTER, LINK, HANDLER, FIGURES,
            )
        ],
        migrations.RunSQL(CASE_GUARD, migrations.RunSQL.noop),
        _confidential("complaints_complaint", "wall.complaints_seat(region_id, organisation_id, about_person_id)"),
        _confidential("complaints_complaintturn", "wall.complaints_seat_of(complaint_id)"),
        _confidential("complaints_correction", "wall.complaints_seat_of(complaint_id)"),
        house_only("complaints_complaintwarning")[0],
        *[
            migrations.RunSQL(f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}")
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                [f"grant execute on function wall.{name} to public"],
            )
            for name in INNER
        ],
    ]  # fmt: skip
