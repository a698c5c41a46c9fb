"""Counts of handovers follow every change at the end of its transaction: a plain trigger would hold one busy row through the whole of it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "security definer set search_path = public, wall, pg_temp"
COUNT = f"""
create function wall.desk_count_handover(h desk_handover, sign integer) returns void language sql {DEFINER} as $$
  insert into desk_handovercount as c
    (day, region_id, from_organisation_id, to_organisation_id, service_id, sent, accepted, declined, contacted, warm)
  select (h.sent_at at time zone 'Europe/Helsinki')::date, h.region_id,
    (select organisation_id from network_desk where id = h.from_desk_id), (select organisation_id from network_desk where id = h.to_desk_id),
    h.service_id, sign, sign * (h.accepted_at is not null)::int, sign * (h.state = 'declined')::int, sign * (h.contacted_at is not null)::int,
    sign * (h.meeting_at is not null)::int
  where h.sent_at is not null
  on conflict (region_id, day, from_organisation_id, to_organisation_id, service_id) do update set
    sent = c.sent + excluded.sent, accepted = c.accepted + excluded.accepted, declined = c.declined + excluded.declined,
    contacted = c.contacted + excluded.contacted, warm = c.warm + excluded.warm
$$
"""
COUNTED = f"""
create function wall.desk_handover_counted() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op <> 'INSERT' then
    perform wall.desk_count_handover(old, -1);
  end if;
  if tg_op <> 'DELETE' then
    perform wall.desk_count_handover(new, 1);
  end if;
  return null;
end $$
"""
TRIGGER = """
create constraint trigger counted after insert or update or delete on desk_handover deferrable initially deferred
for each row execute function wall.desk_handover_counted()
"""
TABLES = ("desk_handovercount", "desk_span")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0028_figures")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL([COUNT, "revoke execute on function wall.desk_count_handover from public"], "drop function wall.desk_count_handover"),
        migrations.RunSQL(COUNTED, "drop function wall.desk_handover_counted"),
        migrations.RunSQL("select wall.desk_count_handover(h, 1) from desk_handover h", migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, "drop trigger counted on desk_handover"),
        *[migrations.RunSQL(f"revoke insert, update, delete on {table} from luukku_web", migrations.RunSQL.noop) for table in TABLES],
    ]
