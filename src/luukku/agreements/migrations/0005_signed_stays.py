"""Nobody signs for another, nothing of a signed document is taken away, and a link signs only while its holder may.

A link opens nothing of a draft that came to nothing; and somebody who was named by her seat signs no more when that seat has ended.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
LINK = f"""
create or replace function wall.agreements_link(given bytea) returns table (principal bigint) {SQL} as $$
  select s.principal from agreements_signatory s join agreements_document d on d.id = s.document_id
  where s.link_digest = given and s.link_expires_at > now() and d.state in ('out', 'signed')
    and (s.person_id is null or s.signed_digest = d.digest or exists (
      select 1 from network_seat t join network_person p on p.id = t.person_id and p.deactivated_at is null
      where t.person_id = s.person_id and t.organisation_id = s.organisation_id and t.role = 'organisation-head'
        and (t.valid_from is null or t.valid_from <= wall.agreements_today()) and (t.valid_until is null or t.valid_until >= wall.agreements_today())))
$$
"""
LINK_BEFORE = f"""
create or replace function wall.agreements_link(given bytea) returns table (principal bigint) {SQL} as $$
  select s.principal from agreements_signatory s where s.link_digest = given and s.link_expires_at > now()
$$
"""
DOCUMENT = f"""
create function wall.agreements_document_stays() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and old.state = 'signed' then
    raise exception 'what has been signed stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$
"""
SIGNATORY = f"""
create function wall.agreements_signatory_stays() returns trigger {DEFINER} as $$
declare
  person bigint := nullif(current_setting('luukku.person', true), '')::bigint;
begin
  if not wall.by_web() then
    return coalesce(new, old);
  end if;
  if tg_op <> 'INSERT' and exists (select 1 from agreements_document where id = old.document_id and state = 'signed') and (tg_op = 'DELETE'
      or (new.organisation_id, new.person_id, new.outside_name, new.outside_title, new.signed_at, new.signed_digest, new.signed_for)
        is distinct from (old.organisation_id, old.person_id, old.outside_name, old.outside_title, old.signed_at, old.signed_digest, old.signed_for)) then
    raise exception 'what has been signed stays as it is' using errcode = 'insufficient_privilege';
  end if;
  if (tg_op = 'INSERT' and new.signed_digest <> '') or (tg_op = 'UPDATE'
      and (new.signed_at, new.signed_digest, new.signed_for) is distinct from (old.signed_at, old.signed_digest, old.signed_for)
      and not (old.principal = any(wall.principals()) or coalesce(old.person_id = person, false))) then
    raise exception 'nobody signs for another' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$
"""
ATTACHMENT = f"""
create function wall.agreements_attachment_stays() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and exists (select 1 from agreements_document where id = coalesce(new.document_id, old.document_id) and state in ('out', 'signed')) then
    raise exception 'what is out to be signed stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$
"""
TRIGGERS = (
    ("document", "before delete", "agreements_document_stays"),
    ("signatory", "before insert or update or delete", "agreements_signatory_stays"),
    ("attachment", "before insert or delete", "agreements_attachment_stays"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("agreements", "0004_reviews_by_year")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LINK, LINK_BEFORE),
        *[
            migrations.RunSQL(statement, f"drop function wall.{name} cascade")
            for statement, (_table, _when, name) in zip((DOCUMENT, SIGNATORY, ATTACHMENT), TRIGGERS, strict=True)
        ],
        *[
            migrations.RunSQL(
                f"create trigger wall_stays {when} on agreements_{table} for each row execute function wall.{name}()",
                f"drop trigger wall_stays on agreements_{table}",
            )
            for table, when, name in TRIGGERS
        ],
    ]
