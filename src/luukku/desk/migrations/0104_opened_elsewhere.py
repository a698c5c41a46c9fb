"""What was said before a matter is opened again at another organisation's desk is kept from that organisation. It only takes away."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

KEEP = """
create function wall.desk_keep_earlier(own_case bigint, from_whom bigint) returns void
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if not exists (select 1 from desk_case where id = own_case and readers && wall.principals()) then
    raise exception 'one keeps what belongs to a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  update desk_message set withheld = array_append(withheld, from_whom) where case_id = own_case and from_whom <> all(withheld);
  update desk_note set withheld = array_append(withheld, from_whom) where case_id = own_case and from_whom <> all(withheld);
  update desk_attachment set withheld = array_append(withheld, from_whom) where case_id = own_case and from_whom <> all(withheld);
  update desk_incomingmail set withheld = array_append(withheld, from_whom) where case_id = own_case and from_whom <> all(withheld);
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0103_todays_seats")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(KEEP, "drop function wall.desk_keep_earlier(bigint, bigint)")]
