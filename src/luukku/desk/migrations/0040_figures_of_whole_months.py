"""The windows of figures, made anew over whole months and atoms of at least five (migration `whole_months`)."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
MONTHS = "(region bigint, since date, until date)"
# `rows` names what is counted, with its key and moment; `told` are those that stand in the figure.
TOLD = """
  with rows as materialized (
    {rows}
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
"""
WITHIN = "{moment} >= wall.begins(since) and {moment} < wall.begins(wall.ended_months(since, until))"


def _told(rows: str, moment: str) -> str:
    return TOLD.format(rows=rows.replace("WITHIN", WITHIN.format(moment=moment)).replace("MONTH", f"wall.month_of({moment}) as month"))


# Who reads an answer: the organisations that had a part when it was given. Later ones would change what has been told.
FACES = f"""
create function wall.desk_faces{MONTHS} returns table (answers bigint, total bigint) {SQL} as $$
  {_told('''select f.face, MONTH, array(
      select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id
      where l.case_id = f.case_id and l.received_at <= f.created_at
      union select c.logged_by_id where c.logged_by_id is not null order by 1)::text as key
    from desk_feedback f join desk_case c on c.id = f.case_id where c.region_id = region and WITHIN''', "f.created_at")}
  select count(*), coalesce(sum(face), 0) from told
$$
"""
KIOSK_FACES = f"""
create function wall.desk_kiosk_faces{MONTHS} returns table (answers bigint, total bigint) {SQL} as $$
  {_told('''select a.face, MONTH, d.organisation_id::text as key
    from desk_kioskanswer a join desk_kiosk k on k.id = a.kiosk_id join network_desk d on d.id = k.desk_id
    where d.region_id = region and WITHIN''', "a.given_at")}
  select count(*), coalesce(sum(face), 0) from told
$$
"""
_CLOCKS = """select k.kind, d.organisation_id, k.kept is true as kept, MONTH, k.kind || ' ' || d.organisation_id as key
    from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id
    where d.region_id = region and WITHIN and (k.kept is not null or (k.ended_at is null and k.paused_at is null and k.due_at < now()))"""
PROMISE = f"""
create function wall.desk_promise_kept{MONTHS} returns table (kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
  {_told(_CLOCKS, "k.due_at")}
  select kind, organisation_id, count(*) filter (where kept), count(*) filter (where not kept) from told group by 1, 2 order by 1, 2
$$
"""
# An organisation knows its own limits, however few: its people read them one by one anyway.
OWN_PROMISE = f"""
create function wall.desk_own_promise{MONTHS} returns table (kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
  with rows as (
    {_CLOCKS.replace("WITHIN", WITHIN.format(moment="k.due_at")).replace("MONTH, ", "")}
      and d.organisation_id in (select o.id from network_organisation o where o.principal = any(wall.principals()))
  )
  select kind, organisation_id, count(*) filter (where kept), count(*) filter (where not kept) from rows group by 1, 2 order by 1, 2
$$
"""
WAITS = f"""
create function wall.desk_waits{MONTHS} returns table (cause text, spells bigint, days double precision) {SQL} as $$
  {_told('''select w.cause, extract(epoch from w.ended_at - w.started_at) / 86400 as days, MONTH, w.cause || ' ' || d.organisation_id as key
    from desk_wait w join desk_leg l on l.id = w.leg_id join network_desk d on d.id = l.desk_id
    where d.region_id = region and WITHIN''', "w.ended_at")}
  select cause, count(*), sum(days)::double precision from told group by cause order by cause
$$
"""
BROKEN = f"""
create function wall.desk_broken{MONTHS} returns table (cause text, promises bigint) {SQL} as $$
  {_told('''select b.waiting_for, MONTH, b.waiting_for || ' ' || d.organisation_id as key
    from desk_breach b join network_desk d on d.id = b.desk_id where d.region_id = region and WITHIN''', "b.due_at")}
  select waiting_for, count(*) from told group by waiting_for order by waiting_for
$$
"""
HANDOVERS = f"""
create function wall.desk_handover_figures{MONTHS}
returns table (made bigint, accepted bigint, declined bigint, contacted bigint, warm bigint, hours double precision) {SQL} as $$
  {_told('''select h.*, MONTH, f.organisation_id::text as key from desk_handover h join network_desk f on f.id = h.from_desk_id
    where h.region_id = region and WITHIN''', "h.sent_at")}
  select count(*), count(accepted_at), count(*) filter (where state = 'declined'), count(contacted_at), count(meeting_at),
    case when count(contacted_at) >= 5
      then percentile_cont(0.5) within group (order by extract(epoch from contacted_at - sent_at) / 3600.0) filter (where contacted_at is not null)
    end from told
$$
"""
APPOINTMENTS = f"""
create function wall.desk_appointment_figures{MONTHS}
returns table (booked bigint, held bigint, no_show bigint, cancelled bigint, cancelled_late bigint, moved bigint, off_hours bigint) {SQL} as $$
  {_told('''select a.state, a.cancelled_late, a.moves, a.starts_at at time zone 'Europe/Helsinki' as at, MONTH, d.organisation_id::text as key
    from desk_appointment a join network_desk d on d.id = a.desk_id where d.region_id = region and WITHIN''', "a.starts_at")}
  select count(*), count(*) filter (where state = 'kept'), count(*) filter (where state = 'no-show'), count(*) filter (where state = 'cancelled'),
    count(*) filter (where cancelled_late), count(*) filter (where moves > 0),
    count(*) filter (where state <> 'cancelled' and (extract(isodow from at) > 5 or at::time < '08:00' or at::time >= '16:00')) from told
$$
"""
# How long matters take: always of the twelve months that ended last, so that no other period can be asked for.
TYPICAL = f"""
create function wall.desk_typical_days(region bigint, service bigint) returns table (median double precision, matters bigint) {SQL} as $$
  with found as (
    select extract(epoch from l.settled_at - c.contacted_at) / 86400 as days
    from desk_leg l join desk_case c on c.id = l.case_id, lateral (select wall.month_of(now()) as until) m
    where l.service_id = service and c.region_id = region and l.state = 'settled'
      and l.settled_at >= wall.begins((m.until - interval '1 year')::date) and l.settled_at < wall.begins(m.until)
  )
  select case when count(*) >= 5 then percentile_cont(.5) within group (order by days) end, case when count(*) >= 5 then count(*) else 0 end
  from found
$$
"""
# Services with fewer than five stand in a desk's median only together, and only if they are five then: else all less the known ones would be they.
NUMBERS = f"""
create function wall.desk_queue_numbers(given bigint[], wanted bigint)
returns table (desk_id bigint, waiting bigint, in_hand bigint, settled bigint, median_days double precision) {SQL} as $$
  with period as (select wall.begins((m.until - interval '1 year')::date) as since, wall.begins(m.until) as until
    from (select wall.month_of(now()) as until) m
  ), done as (
    select l.desk_id, l.service_id, extract(epoch from l.settled_at - l.received_at) / 86400.0 as days,
      count(*) over (partition by l.desk_id, l.service_id) as n
    from desk_leg l, period p where l.desk_id = any(given) and l.state = 'settled' and l.settled_at >= p.since and l.settled_at < p.until
  ), told as (
    select t.desk_id, count(*) as settled, percentile_cont(0.5) within group (order by t.days) as median from (
      select d.*, count(*) filter (where d.n < 5) over (partition by d.desk_id) as few from done d
    ) t where (t.n >= 5 and (wanted is null or t.service_id = wanted)) or (wanted is null and t.few >= 5) group by t.desk_id
  )
  select d.id,
    (select count(*) from desk_leg l where l.desk_id = d.id and l.is_open and l.state = 'new')
      + (select count(*) from desk_handover h where h.to_desk_id = d.id and h.state in ('sent', 'asked')),
    (select count(*) from desk_leg l where l.desk_id = d.id and l.is_open and l.state <> 'new'),
    coalesce(t.settled, 0), t.median
  from network_desk d left join told t on t.desk_id = d.id where d.id = any(given) order by d.id
$$
"""
OVER_PERIODS = ("desk_faces", "desk_kiosk_faces", "desk_promise_kept", "desk_waits", "desk_broken", "desk_handover_figures", "desk_appointment_figures")
GONE = (
    *(f"{name}(bigint, timestamptz, timestamptz)" for name in OVER_PERIODS),
    "desk_typical_days(bigint, bigint, integer)",
    "desk_queue_numbers(bigint[], bigint, timestamptz)",
)
NEW = (FACES, KIOSK_FACES, PROMISE, OWN_PROMISE, WAITS, BROKEN, HANDOVERS, APPOINTMENTS, TYPICAL, NUMBERS)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0039_whole_months")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(f"drop function wall.{name}") for name in GONE],
        *[migrations.RunSQL(statement) for statement in NEW],
    ]
