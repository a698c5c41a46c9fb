"""Keys are seen and kept by those who keep their organisation's data; what a partner sent is read by that organisation alone."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "security definer set search_path = public, wall, pg_temp"
# Heads of the organisation, and administrators; the first wall asks the role table.
KEEPS = """
exists (
  select 1 from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
    and (s.role = 'administrator' or (s.role = 'organisation-head' and s.organisation_id = desk_partnerkey.organisation_id))
    and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
"""
KEYS = [
    "alter table desk_partnerkey enable row level security, force row level security",
    f"create policy web_keeps on desk_partnerkey to luukku_web using ({KEEPS}) with check ({KEEPS})",
    "create policy house on desk_partnerkey to luukku_house using (true) with check (true)",
    "create policy own on desk_partnerkey to luukku_owner using (true) with check (true)",
]
OPEN = f"""
create function wall.desk_open_partner(given bytea) returns table (id bigint, organisation_id bigint, principal bigint)
language plpgsql volatile {DEFINER} as $$
begin
  update desk_partnerkey k set last_used_at = date_trunc('minute', now())
    where k.digest = given and k.ended_at is null and k.last_used_at is distinct from date_trunc('minute', now());
  return query select k.id, o.id, o.principal from desk_partnerkey k join network_organisation o on o.id = k.organisation_id
    where k.digest = given and k.ended_at is null and o.deactivated_at is null;
end $$
"""
SENT_BEFORE = f"""
create function wall.desk_sentcontact_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    raise exception 'what was sent stands as it was sent' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from desk_partnerkey where id = new.key_id and organisation_id = new.organisation_id)
     or (wall.by_web() and not exists (select 1 from desk_case where id = new.case_id and logged_by_id = new.organisation_id and readers && wall.principals())) then
    raise exception 'a partner sends by a key and into a case of its own' using errcode = 'insufficient_privilege';
  end if;
  select array[principal] into new.readers from network_organisation where id = new.organisation_id;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0035_partners")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        *confidential("desk_sentcontact", index=False),
        migrations.RunSQL(OPEN, "drop function wall.desk_open_partner"),
        migrations.RunSQL(SENT_BEFORE, "drop function wall.desk_sentcontact_before"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_sentcontact for each row execute function wall.desk_sentcontact_before()",
            "drop trigger wall_before on desk_sentcontact",
        ),
    ]
