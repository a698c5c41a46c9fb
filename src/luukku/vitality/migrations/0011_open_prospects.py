"""Whoever ends an organisation's part need not see to whom it sells the region, but must know that it does."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SELLS = """
create function wall.vitality_sells(kind text, thing bigint) returns boolean
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select exists (
    select 1 from vitality_prospect p where p.ended_at is null and case kind
      when 'network.organisation' then p.organisation_id = thing
      when 'network.participation' then exists (
        select 1 from network_participation n where n.id = thing and n.organisation_id = p.organisation_id and n.region_id = p.region_id)
      else false end)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0010_contacts_of_today")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(SELLS, "drop function wall.vitality_sells")]
