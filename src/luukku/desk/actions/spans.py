"""How long things take, counted anew for the whole network: medians cannot be kept by adding, so they are recomputed and their time is shown."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as_house
from luukku.desk.queries.periods import YEAR

# Each row of a source: region, organisation, service, how long it took. Grouped by region, and by region with either of the others.
_SOURCES = {
    "taken-up": """select d.region_id, d.organisation_id, l.service_id, l.taken_up_at - l.received_at as took
        from desk_leg l left join desk_legstay s on s.leg_id = l.id and l.taken_up_at <= s.until and (s.since is null or l.taken_up_at > s.since)
        join network_desk d on d.id = coalesce(s.desk_id, l.desk_id) where l.taken_up_at >= %(since)s and l.state <> 'joined'""",
    "leg": """select d.region_id, d.organisation_id, l.service_id, l.settled_at - l.received_at
        from desk_leg l join network_desk d on d.id = l.desk_id where l.state = 'settled' and l.settled_at >= %(since)s""",
    "case": """select c.region_id, null::bigint, l.service_id, c.settled_at - c.contacted_at
        from desk_case c join desk_leg l on l.case_id = c.id and l.position = 1 where c.state = 'settled' and c.settled_at >= %(since)s""",
    "contact": """select h.region_id, d.organisation_id, h.service_id, h.contacted_at - h.sent_at
        from desk_handover h left join network_desk d on d.id = h.to_desk_id where h.contacted_at >= %(since)s""",
}
_GROUPED = """
insert into desk_span (kind, region_id, organisation_id, service_id, n, median_days, p90_days, counted_at)
select %(kind)s, region_id, organisation_id, service_id, count(*),
  percentile_cont(0.5) within group (order by extract(epoch from took) / 86400),
  percentile_cont(0.9) within group (order by extract(epoch from took) / 86400), %(now)s
from (%(source)s) as source (region_id, organisation_id, service_id, took)
group by grouping sets ((region_id), (region_id, organisation_id), (region_id, service_id))
having not (grouping(organisation_id) = 0 and organisation_id is null) and not (grouping(service_id) = 0 and service_id is null)
"""


def count_spans(*, at: datetime | None = None) -> int:
    """Replace all spans by those of the year that ends now; returns how many. One transaction: readers see the old ones until then."""
    now = at or timezone.now()
    with act_as_house("count how long things take in the whole network"), connection.cursor() as cursor:
        cursor.execute("delete from desk_span")
        made = 0
        for kind, source in _SOURCES.items():
            cursor.execute(_GROUPED.replace("%(source)s", source), {"kind": kind, "since": now - YEAR, "now": now})
            made += cursor.rowcount
        return made
