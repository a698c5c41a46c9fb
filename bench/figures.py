"""Figures over a million legs: `luukku bench figures`. The handover matrix, how the promise is kept, and how long things take.

On the load data, to which legs, clocks, handovers and faces are added in bulk, in a transaction that is undone at the end. The floor is one indexed
count of one region's limits of one month in the same run. The largest region is asked, which holds two fifths of all.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench.subjects import prepare
from luukku.core.actor import Actor, act_as
from luukku.core.months import ended_months
from luukku.desk.actions.promise_counts import count_promises
from luukku.desk.actions.spans import count_spans
from luukku.desk.measures import face, handovers_made, informed_in_time
from luukku.desk.queries.causes import causes
from luukku.desk.queries.network_figures import handover_matrix, span_figures
from luukku.desk.queries.promise_months import promise_months
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Region, Seat

LEGS = 1_000_000
ROUNDS = 5
TABLES = ("desk_leg", "desk_clock", "desk_handover", "desk_feedback")
_FILL = (
    *(f"alter table {table} disable trigger user" for table in TABLES),
    # as many legs more of each case as make the million, over the two years that end now
    """insert into desk_leg (case_id, position, desk_id, need, service_id, handler_id, state, waiting_for, next_step, due_kind, not_contacted,
      answer_awaited, received_at, taken_up_at, settled_at, customer_key, readers, language)
    select l.case_id, 20 + k, l.desk_id, '', s.id, h.person_id, 'settled', '', '', '', false, false, t.at, t.at + interval '5 hours',
      t.at + (1 + hashint8(l.id + k * 7) %% 20 + 20) * interval '1 day' / 2, l.customer_key, l.readers, l.language
    from desk_leg l cross join generate_series(1, %(more)s) k
    cross join lateral (select now() - ((hashint8(l.id * 31 + k) %% 365 + 365) * interval '1 day') as at) t
    left join lateral (select id from catalogue_service order by id offset abs(hashint8(l.id + k)) %% 70 limit 1) s on true
    join desk_handlers h on h.desk_id = l.desk_id where l.position = 1""",
    """insert into desk_clock (leg_id, kind, started_at, due_at, ended_at, "end", readers)
    select l.id, c.kind, l.received_at, l.received_at + c.days * interval '1 day',
      l.received_at + c.days * interval '1 day' * (case when hashint8(l.id) %% 20 = 0 then 1.5 else 0.5 end), 'met', l.readers
    from desk_leg l cross join (values ('taken-up', 2), ('informed', 14)) c(kind, days) where l.position > 20""",
    # every third leg of the last year was handed over to the next desk of its region
    """insert into desk_handover (door_principal, case_id, leg_id, number, region_id, language, from_desk_id, from_person_id, to_desk_id, service_id,
      is_part, need, reason, state, next_words, consent_way, consent_version, consent_at, created_at, sent_at, accepted_at, contacted_at, closed_at,
      readers, outside_name, outside_email, outside_language, outside_person, outside_phone)
    select nextval('wall.principal'), l.case_id, l.id, '', d.region_id, 'fi', d.id, l.handler_id, n.id, l.service_id,
      false, '', 'x', 'done', '', 'phone', '1', l.received_at, l.received_at, l.received_at, l.received_at + interval '6 hours',
      l.received_at + interval '1 day', l.received_at + interval '1 day',
      l.readers, '', '', 'fi', '', ''
    from desk_leg l join network_desk d on d.id = l.desk_id
    join lateral (select id from network_desk o where o.region_id = d.region_id order by (o.id <= d.id), o.id limit 1) n on true
    where l.position > 20 and l.id %% 3 = 0 and l.received_at > now() - interval '1 year'""",
    """insert into desk_feedback (case_id, face, comment, may_contact, created_at, readers)
    select c.id, 1 + hashint8(c.id) %% 4 + case when hashint8(c.id) %% 4 < 0 then 3 else 0 end,
      '', false, coalesce(c.settled_at, c.contacted_at), c.readers
    from desk_case c where not exists (select 1 from desk_feedback f where f.case_id = c.id)""",
    """insert into desk_handovercount (day, region_id, from_organisation_id, to_organisation_id, service_id, sent, accepted, declined, contacted,
    warm)
    select (h.sent_at at time zone 'Europe/Helsinki')::date, h.region_id, f.organisation_id, t.organisation_id, h.service_id, count(*),
    count(h.accepted_at), 0, count(h.contacted_at), 0 from desk_handover h join network_desk f on f.id = h.from_desk_id
    join network_desk t on t.id = h.to_desk_id where h.reason = 'x' group by 1, 2, 3, 4, 5 on conflict do nothing""",
    "analyze desk_leg, desk_clock, desk_handover, desk_feedback, desk_handovercount",
)


def main(argv: Sequence[str] = ()) -> None:
    """Prepare, fill, ask each figure five times, print the medians with the load of the machine."""
    prepare()
    with transaction.atomic():
        began = time.perf_counter()
        legs = fill()
        print(f"{legs:,} legs in {time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        region, actor = largest(), whoever_sees_all()
        base = timed(lambda: floor(region))
        print(f"{'floor':<34}{base * 1000:>9.1f} ms")
        began = time.perf_counter()
        cells = count_promises()
        print(f"hourly count of promises: {cells:,} cells in {time.perf_counter() - began:.1f} s")
        for name, ask in questions(actor, region).items():
            with act_as(actor):
                seconds = timed(ask)
            print(f"{name:<34}{seconds * 1000:>9.1f} ms{seconds / base:>8.1f} x floor")
        began = time.perf_counter()
        spans = count_spans()
        print(f"hourly recompute: {spans:,} spans in {time.perf_counter() - began:.1f} s; load {os.getloadavg()[0]:.1f}")
        transaction.set_rollback(True)


def fill() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from desk_leg")
        more = max(0, round(LEGS / int(cursor.fetchone()[0])) - 1)
        cursor.execute(
            "create temporary table desk_handlers on commit drop as select d.id as desk_id, min(s.person_id) as person_id from network_desk d"
            " join network_seat s on s.organisation_id = d.organisation_id group by d.id"
        )
        for statement in _FILL:
            began = time.perf_counter()
            cursor.execute(statement, {"more": more})
            print(f"  {time.perf_counter() - began:6.1f} s  {' '.join(statement.split())[:70]}", flush=True)
        cursor.execute("select count(*) from desk_leg")
        return int(cursor.fetchone()[0])


def largest() -> Region:
    with connection.cursor() as cursor:
        cursor.execute("select d.region_id from desk_leg l join network_desk d on d.id = l.desk_id group by 1 order by count(*) desc limit 1")
        return Region.objects.get(pk=cursor.fetchone()[0])


def whoever_sees_all() -> Actor:
    return actor_of_person(Seat.objects.filter(role=Role.NATIONAL_OWNER).order_by("id").values_list("person_id", flat=True)[0])


def questions(actor: Actor, region: Region) -> dict[str, Callable[[], Any]]:
    year, today = ended_months(12), timezone.localdate()
    return {
        "handover matrix, a year": lambda: handover_matrix(actor, region, today - timedelta(days=365), today, outside="–"),
        "how long things take": lambda: span_figures(actor, region),
        "promise, 12 months and the whole": lambda: promise_months(actor, region, year),
        "waiting by cause, a year": lambda: causes(actor, region.pk, year),
        "measure: informed in time, 3 months": lambda: informed_in_time(region.pk, ended_months(3)),
        "measure: faces, a year": lambda: face(region.pk, year),
        "measure: handovers made, a year": lambda: handovers_made(region.pk, year),
    }


def floor(region: Region) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id where d.region_id = %s"
            " and k.kind = 'informed' and k.due_at >= now() - interval '60 days' and k.due_at < now() - interval '30 days'",
            [region.pk],
        )
        cursor.fetchone()


def timed(ask: Callable[[], Any]) -> float:
    """Seconds, the median of the rounds after one that warms up."""
    ask()
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return statistics.median(found)
