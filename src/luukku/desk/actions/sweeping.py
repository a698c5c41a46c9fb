"""The sweep over running clocks: who is to be warned, which promises have broken. Lateness itself is never stored, it follows from the limit.

One transaction and a handful of statements whatever the number of legs. The database refuses a second warning of the same limit to the same
person and a second record of a broken promise, so a sweep that was killed, or runs twice at once, repeats nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from luukku.core import mail, trail
from luukku.core.actor import HOUSE
from luukku.core.trail import Happening
from luukku.desk.enums import PROMISES
from luukku.desk.models import Case
from luukku.desk.queries.horizons import Horizon, horizons
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Person

_LOCK = 7_310_412  # any number that nobody else locks by

# Whom to warn of what: of clocks, of low marks that wait, and of the days on which a part is to be looked at. Those last are no promise and climb to
# nobody above; a next step is warned of when its day has passed, and not where it is a booked time, which is marked as kept or missed.
# A handler first, and for one who is away her deputy; of a matter that nobody at work has, the leads at once. A desk without a lead who is at work:
# all who handle its matters.
_WARN = """
with horizon as (select * from unnest(%(desks)s::bigint[], %(handler)s::timestamptz[], %(lead)s::timestamptz[], %(coordinator)s::timestamptz[])
    as h(desk_id, handler, lead, coordinator)),
seat as (
  select s.person_id, s.role, s.organisation_id, s.region_id from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and (s.valid_from is null or s.valid_from <= %(today)s) and (s.valid_until is null or s.valid_until >= %(today)s)),
away as (select person_id, deputy_id from network_absence where first_day <= %(today)s and last_day >= %(today)s),
here as (select person_id from seat where person_id not in (select person_id from away)),
staff as (
  select h.desk_id, s.person_id, bool_or(s.role = any(%(leads)s)) as leads
  from horizon h join network_desk d on d.id = h.desk_id
  join seat s on s.organisation_id = d.organisation_id and (s.region_id is null or s.region_id = d.region_id)
  where s.role = any(%(handlers)s) and s.person_id in (select person_id from here) group by h.desk_id, s.person_id),
lead as (
  select desk_id, person_id from (select *, bool_or(leads) over (partition by desk_id) as any_lead from staff) t where leads or not any_lead),
owed as (
  select k.id as clock_id, null::bigint as leg_id, null::bigint as follow_up_id, k.due_at, l.desk_id, l.handler_id, true as climbs
  from desk_clock k join desk_leg l on l.id = k.leg_id
  where k.ended_at is null and k.paused_at is null and k.due_at <= %(last)s
  union all
  select null, l.id, null, l.look_at, l.desk_id, l.handler_id, false from desk_leg l
  where l.is_open and l.look_at <= case l.state when 'waiting' then %(last)s else %(now)s end
    and not exists (select 1 from desk_appointment a where a.case_id = l.case_id and a.starts_at = l.look_at and a.state = 'booked')
  union all
  select null, null, f.id, f.due_at, l.desk_id, l.handler_id, true from desk_followup f
    join lateral (select desk_id, handler_id from desk_leg where case_id = f.case_id order by position desc limit 1) l on true
  where f.done_at is null and f.due_at <= %(last)s),
running as materialized (
  select o.*, d.region_id, h.handler, h.lead, h.coordinator,
    exists (select 1 from staff s where s.desk_id = o.desk_id and s.person_id = o.handler_id) as in_hand
  from owed o join horizon h on h.desk_id = o.desk_id join network_desk d on d.id = o.desk_id
  where o.due_at <= greatest(h.handler, h.coordinator)),
wanted as (
  select r.clock_id, r.leg_id, r.follow_up_id, 'handler' as step, r.due_at, r.handler_id as person_id from running r
    where r.in_hand and r.due_at <= r.handler
  union
  select r.clock_id, r.leg_id, r.follow_up_id, 'handler', r.due_at, a.deputy_id from running r join away a on a.person_id = r.handler_id
    where r.due_at <= r.handler and a.deputy_id in (select person_id from here)
  union
  select r.clock_id, r.leg_id, r.follow_up_id, 'lead', r.due_at, l.person_id from running r join lead l on l.desk_id = r.desk_id
    where r.due_at <= case when not r.in_hand then r.handler when r.climbs then r.lead end
  union
  select r.clock_id, r.leg_id, r.follow_up_id, 'coordinator', r.due_at, s.person_id
    from running r join seat s on s.region_id = r.region_id and s.role = %(coordinator_role)s
    where r.climbs and r.due_at <= r.coordinator),
told as (
  insert into desk_clockwarning (clock_id, leg_id, follow_up_id, step, due_at, person_id, at)
  select clock_id, leg_id, follow_up_id, step, due_at, person_id, %(now)s from wanted
  on conflict do nothing returning person_id)
select person_id, count(*) from told group by person_id
"""
_BREAK = """
with broken as (
  insert into desk_breach (clock_id, kind, desk_id, due_at, waiting_for, noticed_at)
  select k.id, k.kind, l.desk_id, k.due_at, coalesce((
      select w.cause from desk_wait w where w.leg_id = l.id and w.started_at <= k.due_at and (w.ended_at is null or w.ended_at > k.due_at)
      order by w.started_at desc limit 1), ''),
    %(now)s
  from (
    select id, leg_id, kind, due_at from desk_clock where ended_at is null and paused_at is null and due_at < %(now)s
    union all select id, leg_id, kind, due_at from desk_clock where kept = false
  ) k join desk_leg l on l.id = k.leg_id
  where k.kind = any(%(promises)s) and not exists (select 1 from desk_breach b where b.clock_id = k.id)
  on conflict do nothing returning clock_id, kind, desk_id, due_at, waiting_for)
select l.case_id, b.due_at, d.region_id, d.organisation_id, l.id, b.clock_id, b.kind, b.waiting_for
from broken b join desk_clock k on k.id = b.clock_id join desk_leg l on l.id = k.leg_id join network_desk d on d.id = b.desk_id
"""
_BREAK_MARKS = """
with broken as (
  update desk_followup set broken_at = %(now)s where broken_at is null and due_at < coalesce(done_at, %(now)s) returning case_id, due_at)
select b.case_id, b.due_at, d.region_id, d.organisation_id, l.id
from broken b join lateral (select id, desk_id from desk_leg where case_id = b.case_id order by position desc limit 1) l on true
  join network_desk d on d.id = l.desk_id
"""


@dataclass(frozen=True)
class Swept:
    """What one sweep did: warnings written, people mailed, promises and days of low marks found broken."""

    warnings: int
    people: int
    broken: int


def sweep(*, now: datetime | None = None) -> Swept:
    """Warn whom it concerns and record what has broken. Runs as the house, in the caller's transaction; of two at once one waits."""
    moment = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    broken = _record_broken(moment) + _record_unanswered(moment)
    told = _warn(moment, horizons(moment))
    mail.queue_for_each("desk.warning", Person, told.keys(), at=moment.isoformat())
    return Swept(sum(told.values()), len(told), broken)


def _warn(now: datetime, known: list[Horizon]) -> dict[int, int]:
    """How many warnings each person gets."""
    last = max((each for horizon in known for each in (horizon.handler, horizon.coordinator) if each is not None), default=None)
    if last is None:
        return {}
    values: dict[str, Any] = {
        "desks": [each.desk_id for each in known], "handler": [each.handler for each in known], "lead": [each.lead for each in known],
        "coordinator": [each.coordinator for each in known], "last": last, "now": now, "today": timezone.localdate(now),
        "leads": [role.value for role in roles_with(Right.LEAD_DESK)], "handlers": [role.value for role in roles_with(Right.HANDLE_CASES)],
        "coordinator_role": Role.COORDINATOR.value,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WARN, values)
        return {int(person): int(count) for person, count in cursor.fetchall()}


def _record_broken(now: datetime) -> int:
    """Each broken promise once, with an event on its case at the moment it broke."""
    with connection.cursor() as cursor:
        cursor.execute(_BREAK, {"now": now, "promises": list(PROMISES)})
        rows = cursor.fetchall()
    happenings = [
        Happening(case_id, due_at, region_id, organisation_id, {"leg": leg, "clock": clock, "kind": kind, "cause": cause or None})
        for case_id, due_at, region_id, organisation_id, leg, clock, kind, cause in rows
    ]
    trail.record_many("case.late", Case, by=HOUSE, happenings=happenings)
    return len(rows)


def _record_unanswered(now: datetime) -> int:
    """Each low mark once that was not answered by its day, at the moment it passed."""
    with connection.cursor() as cursor:
        cursor.execute(_BREAK_MARKS, {"now": now})
        rows = cursor.fetchall()
    happenings = [Happening(case_id, due_at, region_id, organisation_id, {"leg": leg}) for case_id, due_at, region_id, organisation_id, leg in rows]
    trail.record_many("case.follow_up_late", Case, by=HOUSE, happenings=happenings)
    return len(rows)
