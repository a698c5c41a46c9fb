"""Who gives a service takes part in the region, and the person named for it belongs to the organisation.

Checked when it is written: what ends later (a part in a region, a seat) hides the row from customers and must not be refused for its sake.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

RULES = """
create function catalogue_provider_rules() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  moved boolean := tg_op = 'INSERT';
  named boolean := tg_op = 'INSERT';
begin
  if tg_op = 'UPDATE' then
    moved := (new.organisation_id, new.region_id) is distinct from (old.organisation_id, old.region_id);
    named := moved or new.person_id is distinct from old.person_id;
  end if;
  if moved and not exists (
    select from network_participation p
    where p.organisation_id = new.organisation_id and p.region_id = new.region_id and p.valid_until is null
  ) then
    raise exception 'the organisation takes no part in the region' using errcode = 'check_violation', constraint = 'provider_takes_part';
  end if;
  if named and new.person_id is not null and not exists (
    select from network_seat s
    where s.person_id = new.person_id and s.organisation_id = new.organisation_id
      and (s.valid_until is null or s.valid_until >= (now() at time zone 'Europe/Helsinki')::date)
  ) then
    raise exception 'the person has no seat in the organisation' using errcode = 'check_violation', constraint = 'provider_person_belongs';
  end if;
  return new;
end $$
"""
KEPT = """
create trigger provider_rules before insert or update of organisation_id, region_id, person_id on catalogue_serviceprovider
for each row execute function catalogue_provider_rules()
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("catalogue", "0004_models_without_words"),
        ("network", "0003_principal_not_in_history"),
    ]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(RULES, "drop function catalogue_provider_rules()"),
        migrations.RunSQL(KEPT, "drop trigger provider_rules on catalogue_serviceprovider"),
    ]
