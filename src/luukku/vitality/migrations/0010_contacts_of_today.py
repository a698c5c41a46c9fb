"""Whom the others ask in a party reads the situation only while she has a seat there: with another employer she reads it no more, from that day.

A seat ends by its date, when nothing is written; so she is not copied into the rows' readers but looked for at each reading.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
ORGANISATIONS = "where p.situation_id = wanted\n"
AND_PERSONS = f"""{ORGANISATIONS}    union select h.principal from vitality_situationparty p join network_person h on h.id = p.person_id where p.situation_id = wanted\n"""
CONTACT = f"""
create function wall.vitality_contact(wanted bigint) returns boolean {SQL} as $$
  select exists (
    select 1 from vitality_situationparty y join network_seat s on s.person_id = y.person_id and s.organisation_id = y.organisation_id
      join network_person p on p.id = s.person_id
    where y.situation_id = wanted and y.person_id = nullif(current_setting('luukku.person', true), '')::bigint and p.deactivated_at is null
      and (s.valid_from is null or s.valid_from <= wall.today()) and (s.valid_until is null or s.valid_until >= wall.today()))
$$
"""
LED = "or wall.vitality_leads(region_id)"


def _policy(test: str) -> str:
    return f"alter policy web on vitality_situation using ({test}) with check ({test})"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0009_left_partners"), ("core", "0008_today")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(CONTACT, "drop function wall.vitality_contact(bigint)"),
        amended("wall.vitality_situation_readers(bigint)", AND_PERSONS, ORGANISATIONS),
        amended("wall.vitality_situations()", LED, f"{LED} or wall.vitality_contact(id)"),
        migrations.RunSQL(
            _policy(f"(readers && wall.principals()) {LED} or wall.vitality_contact(id)"), _policy(f"(readers && wall.principals()) {LED}")
        ),
        migrations.RunSQL("update vitality_situation set readers = '{}'", migrations.RunSQL.noop),
    ]
