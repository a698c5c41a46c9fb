"""What became of a region's handovers, numbers only: made, accepted, declined, completed, warm, and the median of hours to the contact."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

FIGURES = """
create function wall.desk_handover_figures(region bigint, since timestamptz, until timestamptz)
returns table (made bigint, accepted bigint, declined bigint, contacted bigint, warm bigint, hours double precision)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select count(*), count(h.accepted_at), count(*) filter (where h.state = 'declined'), count(h.contacted_at), count(h.meeting_at),
    case when count(h.contacted_at) >= 5
      then percentile_cont(0.5) within group (order by extract(epoch from h.contacted_at - h.sent_at) / 3600.0) filter (where h.contacted_at is not null)
    end
  from desk_handover h where h.region_id = region and h.sent_at >= since and h.sent_at < until
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0030_busy_hours")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(FIGURES, "drop function wall.desk_handover_figures")]
