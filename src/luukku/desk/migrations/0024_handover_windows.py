"""Windows of handovers: an outside organisation's link, the way from a handover to its case, and how busy a desk is."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"

LINK = f"""
create function wall.desk_handover_link(given bytea) returns table (principal bigint) {DEFINER} as $$
  select door_principal from desk_handover
  where link_digest = given and link_expires_at > now() and state in ('sent', 'asked', 'accepted', 'done')
$$
"""
# Who may answer a handover must change the case it belongs to, which she does not read yet, and withhold from herself what was not passed:
# the actions act as the case's readers for the length of one answer.
DOOR = f"""
create function wall.desk_handover_door(handover bigint) returns table (case_id bigint, principals bigint[]) {DEFINER} as $$
  select c.id, c.readers from desk_handover h join desk_case c on c.id = h.case_id
  where h.id = handover and h.readers && wall.principals() and h.state in ('sent', 'asked', 'accepted')
$$
"""
# Numbers only. A median of fewer than five would tell of single customers, and says nothing.
NUMBERS = f"""
create function wall.desk_queue_numbers(given bigint[], wanted bigint, since timestamptz)
returns table (desk_id bigint, waiting bigint, in_hand bigint, settled bigint, median_days double precision) {DEFINER} as $$
  select d.id,
    (select count(*) from desk_leg l where l.desk_id = d.id and l.is_open and l.state = 'new')
      + (select count(*) from desk_handover h where h.to_desk_id = d.id and h.state in ('sent', 'asked')),
    (select count(*) from desk_leg l where l.desk_id = d.id and l.is_open and l.state <> 'new'),
    coalesce(m.settled, 0),
    case when m.settled >= 5 then m.median end
  from network_desk d
  left join lateral (
    select count(*) as settled, percentile_cont(0.5) within group (order by extract(epoch from l.settled_at - l.received_at) / 86400.0) as median
    from desk_leg l where l.desk_id = d.id and l.state = 'settled' and l.settled_at >= since and (wanted is null or l.service_id = wanted)
  ) m on true
  where d.id = any(given) order by d.id
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0023_handover_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LINK, "drop function wall.desk_handover_link"),
        migrations.RunSQL(DOOR, "drop function wall.desk_handover_door"),
        migrations.RunSQL(NUMBERS, "drop function wall.desk_queue_numbers"),
    ]
