"""Who reads agreements: the people of their parties while their parts hold, who keeps the region and leads its groups, the area's contact and the nation's
owner, by seats and parts of today; of one document whoever signs it by a link; and everybody what a region has made public.

Seats and parts end with a day, so they are asked on every reading and not copied; `readers` name the links, which triggers keep.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import given_principal

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
OF_DOCUMENT = ("section", "sectiontext", "comment", "attachment", "signatory")
OF_AGREEMENT = ("step", "promise", "review", "notice", "markapplication", "markcriterion", "markuse")
REGIONAL = "('coordinator', 'steering-chair', 'steering-member', 'working-chair', 'working-member', 'process-owner', 'viewer')"

TODAY = "create function wall.agreements_today() returns date language sql stable as $$ select (now() at time zone 'Europe/Helsinki')::date $$"
SEATS = """
  select s.* from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
    and (s.valid_from is null or s.valid_from <= wall.agreements_today()) and (s.valid_until is null or s.valid_until >= wall.agreements_today())
"""
# Its part has ended, and no other one in the region holds.
LEFT = f"""
create function wall.agreements_left(organisation bigint, region bigint) returns boolean {SQL} as $$
  select exists (select 1 from agreements_party p join agreements_agreement a on a.id = p.agreement_id
      where a.region_id = region and p.organisation_id = organisation and least(p.last_day, a.last_day) < wall.agreements_today()
        and p.first_day is not null)
    and not exists (select 1 from agreements_party p join agreements_agreement a on a.id = p.agreement_id
      where a.region_id = region and p.organisation_id = organisation
        and coalesce(least(p.last_day, a.last_day) >= wall.agreements_today(), true) and p.first_day is not null)
$$
"""
PARTY = f"""
create function wall.agreements_party(organisation bigint, agreement bigint, region bigint) returns boolean {SQL} as $$
  select exists (select 1 from agreements_party p join agreements_agreement a on a.id = p.agreement_id
      where a.id = agreement and p.organisation_id = organisation and coalesce(least(p.last_day, a.last_day) >= wall.agreements_today(), true))
    or (not wall.agreements_left(organisation, region) and exists (select 1 from network_participation p
      where p.organisation_id = organisation and p.region_id = region
        and (p.valid_from is null or p.valid_from <= wall.agreements_today()) and (p.valid_until is null or p.valid_until >= wall.agreements_today())))
$$
"""
INSIDE = f"""
create function wall.agreements_inside() returns setof bigint {SQL} as $$
  with seats as ({SEATS})
  select a.id from agreements_agreement a where exists (select 1 from seats s where s.role = 'national-owner'
    or (s.role = 'area-contact' and exists (select 1 from network_regionarea r where r.area_id = s.area_id and r.region_id = a.region_id
      and (r.valid_from is null or r.valid_from <= wall.agreements_today()) and (r.valid_until is null or r.valid_until >= wall.agreements_today())))
    or (s.region_id = a.region_id and s.role in {REGIONAL}
      and (s.organisation_id is null or s.role = 'coordinator' or not wall.agreements_left(s.organisation_id, a.region_id)))
    or (s.organisation_id is not null and s.role not in {REGIONAL} and s.role <> 'shepherd' and (s.region_id is null or s.region_id = a.region_id)
      and wall.agreements_party(s.organisation_id, a.id, a.region_id)))
$$
"""
KEEPS = f"""
create function wall.agreements_keeps(region bigint) returns boolean {SQL} as $$
  select exists (select 1 from ({SEATS}) s where s.role = 'coordinator' and s.region_id = region)
$$
"""
PUBLIC = f"""
create function wall.agreements_public() returns setof bigint {SQL} as $$
  select id from agreements_agreement where visibility = 'public' and signed_at is not null and first_day <= wall.agreements_today()
$$
"""
HELD = f"""
create function wall.agreements_held() returns setof bigint {SQL} as $$
  select agreement_id from agreements_markapplication where state in ('granted', 'conditional') and last_day >= wall.agreements_today()
$$
"""
LINK = f"""
create function wall.agreements_link(given bytea) returns table (principal bigint) {SQL} as $$
  select s.principal from agreements_signatory s where s.link_digest = given and s.link_expires_at > now()
$$
"""
# Number, state and lateness of what a party still has open: for the region's coordinator, its own people, and the house.
OPEN = f"""
create function wall.agreements_open_legs(organisation bigint, region bigint)
returns table (leg_id bigint, number text, state text, due_at timestamptz) {SQL} as $$
  select l.id, c.number, l.state, l.due_at from desk_leg l join desk_case c on c.id = l.case_id join network_desk d on d.id = l.desk_id
  where l.is_open and d.organisation_id = organisation and d.region_id = region and (not wall.by_web() or wall.agreements_keeps(region)
    or exists (select 1 from ({SEATS}) s where s.organisation_id = organisation and s.role in ('adviser', 'desk-lead', 'organisation-head')))
  order by c.number, l.id
$$
"""
# How many belong to the steering group that an agreement names, and whether somebody from business leads it: numbers only.
STEERING = f"""
create function wall.agreements_steering(agreement bigint) returns table (members bigint, chairs bigint, from_business bigint) {SQL} as $$
  select count(m.id), count(m.id) filter (where m.role = 'chair'), count(m.id) filter (where m.role = 'chair'
    and (m.outside_of <> '' or t.is_private or t.code in ('entrepreneurs-association', 'chamber')))
  from agreements_agreement a join governance_membership m on m.group_id = a.steering_id
    left join network_seat s on s.id = m.seat_id left join network_organisation o on o.id = m.organisation_id left join network_organisationtype t on t.id = o.type_id
  where a.id = agreement and (m.valid_from is null or m.valid_from <= wall.agreements_today())
    and (m.valid_until is null or m.valid_until >= wall.agreements_today())
    and (m.seat_id is null or ((s.valid_from is null or s.valid_from <= wall.agreements_today()) and (s.valid_until is null or s.valid_until >= wall.agreements_today())))
$$
"""
LINKS = f"""
create function wall.agreements_links(agreed bigint, written bigint) returns bigint[] {SQL} as $$
  select coalesce(array_agg(s.principal order by s.principal), '{{}}') from agreements_signatory s
  where s.link_digest is not null and (s.document_id = written or (written is null and s.agreement_id = agreed))
$$
"""
AGREEMENT_BEFORE = f"""
create function wall.agreements_agreement_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.region_id := old.region_id; end if;
  new.readers := wall.agreements_links(new.id, null);
  return new;
end $$
"""
BEFORE = f"""
create function wall.agreements_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.agreement_id := old.agreement_id; end if;
  new.readers := case when tg_argv[0] = 'links' then wall.agreements_links(new.agreement_id, null) else '{{}}' end;
  return new;
end $$
"""
DOCUMENT_BEFORE = f"""
create function wall.agreements_document_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.agreement_id := old.agreement_id; end if;
  new.readers := wall.agreements_links(null, new.id);
  return new;
end $$
"""
OF_DOCUMENT_BEFORE = f"""
create function wall.agreements_of_document_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.document_id := old.document_id; end if;
  select agreement_id into new.agreement_id from agreements_document where id = new.document_id;
  new.readers := case when tg_argv[0] = 'links' then wall.agreements_links(null, new.document_id) else '{{}}' end;
  return new;
end $$
"""
# What was signed, by whom and when stays as it was.
SIGNED = f"""
create function wall.agreements_signed_guard() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and old.state = 'signed' and (new.body, new.digest, new.state, new.signed_at) is distinct from (old.body, old.digest, old.state, old.signed_at) then
    raise exception 'what has been signed stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# An attachment opens its file to those who read the document, so nobody may put another's file under a document of her own.
FILE_GUARD = f"""
create function wall.agreements_file_guard() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.file_id := old.file_id;
  elsif wall.by_web() and not exists (select 1 from core_storedfile where id = new.file_id and readers && wall.principals()) then
    raise exception 'one brings files of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# A new link, or one that is taken away, opens or closes everything of its document.
LINK_AFTER = f"""
create function wall.agreements_link_after() returns trigger {DEFINER} as $$
declare
  written bigint := coalesce(new.document_id, old.document_id);
  agreed bigint := coalesce(new.agreement_id, old.agreement_id);
begin
  update agreements_agreement set readers = '{{}}' where id = agreed;
  update agreements_party set readers = '{{}}' where agreement_id = agreed;
  update agreements_document set readers = '{{}}' where id = written;
  update agreements_attachment set readers = '{{}}' where document_id = written;
  update agreements_signatory set readers = '{{}}' where document_id = written and readers is distinct from wall.agreements_links(null, written);
  return null;
end $$
"""
# No new door may be a link's principal: every guard of doors learns of them, whichever migration made it last.
DOORS = """
do $do$
declare
  guard record;
begin
  for guard in select p.oid, pg_get_functiondef(p.oid) as body from pg_proc p where p.pronamespace = 'wall'::regnamespace
      and p.prosrc like '%or exists (select 1 from desk_kiosk where principal = new.door_principal)%'
      and p.prosrc not like '%agreements_signatory%' loop
    execute replace(guard.body, 'or exists (select 1 from desk_kiosk where principal = new.door_principal)',
      'or exists (select 1 from desk_kiosk where principal = new.door_principal)
    or exists (select 1 from agreements_signatory where principal = new.door_principal)');
  end loop;
end $do$
"""
FILES = """
create policy web_agreements on core_storedfile for select to luukku_web
using ((readers && wall.principals()) or exists (select 1 from agreements_attachment a where a.file_id = core_storedfile.id))
"""
FUNCTIONS = (
    TODAY, LEFT, PARTY, INSIDE, KEEPS, PUBLIC, HELD, LINK, OPEN, STEERING, LINKS, AGREEMENT_BEFORE, BEFORE, DOCUMENT_BEFORE, OF_DOCUMENT_BEFORE, SIGNED, FILE_GUARD,
    LINK_AFTER,
)  # fmt: skip
LINKED = ("attachment", "signatory")
TRIGGERS = (
    ("wall_before", "agreement", "before insert or update", "agreements_agreement_before()"),
    ("wall_before", "document", "before insert or update", "agreements_document_before()"),
    ("wall_before", "party", "before insert or update", "agreements_before('links')"),
    *(("wall_before", table, "before insert or update", "agreements_before('')") for table in OF_AGREEMENT),
    *(
        ("wall_before", table, "before insert or update", f"agreements_of_document_before('{'links' if table in LINKED else ''}')")
        for table in OF_DOCUMENT
    ),
    ("wall_signed", "document", "before update", "agreements_signed_guard()"),
    ("wall_file", "attachment", "before insert or update", "agreements_file_guard()"),
    ("wall_link", "signatory", "after update of link_digest or delete", "agreements_link_after()"),
)
INNER = ("agreements_left(bigint, bigint)", "agreements_party(bigint, bigint, bigint)", "agreements_links(bigint, bigint)")


def _confidential(table: str, seats: str, public: str = "") -> Operation:
    test = f"(readers && wall.principals()) or {seats}"
    more = [f"create policy web_public on {table} for select to luukku_web using ((readers && wall.principals()) or {public})"] if public else []
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web on {table} to luukku_web using ({test}) with check ({test})",
            *more,
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


_INSIDE = "agreement_id in (select wall.agreements_inside())"
_SHOWN = "agreement_id in (select wall.agreements_public())"
_MARKED = "agreement_id in (select wall.agreements_held())"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("agreements", "0001_agreements"), ("governance", "0005_clock_walls"), ("core", "0006_shared_principals"), ("desk", "0093_left_regions")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, f"drop function {_name(statement)}") for statement in FUNCTIONS],
        _confidential(
            "agreements_agreement", "wall.agreements_keeps(region_id) or id in (select wall.agreements_inside())",
            "id in (select wall.agreements_public()) or id in (select wall.agreements_held())",
        ),
        _confidential("agreements_party", _INSIDE, f"{_SHOWN} or {_MARKED}"),
        _confidential("agreements_document", _INSIDE, f"(state = 'signed' and {_SHOWN})"),
        *[_confidential(f"agreements_{table}", _INSIDE) for table in (*OF_DOCUMENT, "step", "promise", "review", "notice", "markcriterion")],
        _confidential("agreements_markapplication", _INSIDE, f"((state = 'granted' or state = 'conditional') and {_MARKED})"),
        _confidential("agreements_markuse", _INSIDE, _MARKED),
        given_principal("agreements_signatory"),
        *[
            migrations.RunSQL(
                f"create trigger {name} {when} on agreements_{table} for each row execute function wall.{function}",
                f"drop trigger {name} on agreements_{table}",
            )
            for name, table, when, function in TRIGGERS
        ],
        migrations.RunSQL(DOORS, migrations.RunSQL.noop),
        migrations.RunSQL(FILES, "drop policy web_agreements on core_storedfile"),
        migrations.RunSQL(
            [
                statement for function in INNER for statement in (
                    f"revoke execute on function wall.{function} from public", f"grant execute on function wall.{function} to luukku_house",
                )
            ],
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
