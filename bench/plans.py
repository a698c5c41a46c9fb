"""Plans of a whole country: `luukku bench plans`. A plan's page with 200 measures, and the view of 68 regions over five years.

On whatever database there is: regions, plans and 20 measures for each are added in bulk, in a transaction that is undone at the end. The floor is one
indexed read of a plan in the same run. Statements are counted, too.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Seat
from luukku.plans.models import Plan, PlanKind
from luukku.plans.queries.overview import overview
from luukku.plans.queries.pages import plan_page

REGIONS, YEARS, EACH, LARGE, ROUNDS = 68, 5, 20, 200, 7
AIMS = {"a plan of 200 measures": (0.5, 20), "68 regions over five years": (1.0, 9)}  # seconds and statements
_FILL = (
    """insert into network_region (code, name_fi, name_sv, name_en, prefix, is_live, phone, email, intro_fi, intro_sv, intro_en, taken_up_days,
      informed_days, guided_days, feedback_gap_days, source)
    select 'bench-' || n, 'Seutu ' || n, '', '', 'Z' || n, true, '', '', '', '', '', 2, 10, 2, 30, '' from generate_series(1, %(regions)s) n""",
    """insert into plans_plan (kind_id, region_id, year, last_year, name, mission, vision, priorities, budget_words, version, state, is_public,
      approved_words, approved_at, closing_words, closed_at, share_rule, common_sum, common_hours, created_at)
    select %(kind)s, r.id, y, y, '', '', '', '', '', 1, case when y = %(year)s then 'followed' else 'closed' end, false, '', now(), '',
      case when y = %(year)s then null else now() end, 'agreed', 0, 0, now()
    from network_region r cross join generate_series(%(year)s - %(years)s + 1, %(year)s) y where r.code like 'bench-%%'""",
    """insert into plans_measure (plan_id, part_id, number, goal, words, more, segment, indicator, indicator_kind, start_value, target_value, value,
      figure, resources, extras, starts_on, due_on, state, light_said, light_reason, outcome, origin, version, created_at, touched_at)
    select p.id, (select min(id) from plans_planpart where kind_id = p.kind_id), n, 'Tavoite', 'Toimenpide ' || n, '', '', 'Käynnit', 'number', 0, 20,
      n %% 25, '', '', '{}', make_date(p.year, 1, 1), make_date(p.year, 12, 31), case when n %% 4 = 0 then 'done' else 'going' end, '', '', '', '', 1,
      now(), now() - n * interval '9 days'
    from plans_plan p join network_region r on r.id = p.region_id
      cross join lateral generate_series(1, case when r.code = 'bench-1' and p.year = %(year)s then %(large)s else %(each)s end) n
    where r.code like 'bench-%%'""",
    """insert into plans_measureseat (measure_id, plan_id, role, is_lead) select m.id, m.plan_id, 'coordinator', true from plans_measure m
    join plans_plan p on p.id = m.plan_id join network_region r on r.id = p.region_id where r.code like 'bench-%%'""",
    """insert into plans_checkpoint (measure_id, plan_id, day, words) select m.id, m.plan_id, make_date(p.year, 6, 30), 'Puolet' from plans_measure m
    join plans_plan p on p.id = m.plan_id join network_region r on r.id = p.region_id where r.code like 'bench-%%' and m.number %% 3 = 0""",
    """insert into plans_note (plan_id, measure_id, kind, words, state, evidence, at, reply)
    select m.plan_id, m.id, 'progress', 'Etenee', 'going', '',
    now(), '' from plans_measure m join plans_plan p on p.id = m.plan_id join network_region r on r.id = p.region_id where r.code like 'bench-%%'""",
    "analyze plans_plan, plans_measure, plans_measureseat, plans_checkpoint, plans_note",
)


def main(argv: Sequence[str] = ()) -> list[str]:
    """Fill, ask, print medians with the load of the machine; returns which aims were missed."""
    missed = []
    with transaction.atomic():
        kind, year = PlanKind.objects.get(code="action"), timezone.localdate().year
        given = {"regions": REGIONS, "kind": kind.pk, "year": year, "years": YEARS, "each": EACH, "large": LARGE}
        with connection.cursor() as cursor:
            for statement in _FILL:
                cursor.execute(statement, given)
            cursor.execute("select count(*) from plans_measure")
            print(f"{int(cursor.fetchone()[0]):,} measures; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        large = Plan.objects.get(region__code="bench-1", year=year)
        actor = whoever_sees_all()
        asked: dict[str, Callable[[], Any]] = {
            "a plan of 200 measures": lambda: plan_page(actor, large.pk),
            "68 regions over five years": lambda: overview(actor, kind, range(year - YEARS + 1, year + 1)),
        }
        with act_as(actor):
            floor, _none = timed(lambda: Plan.objects.filter(pk=large.pk).first())
            for name, ask in asked.items():
                seconds, statements = timed(ask)
                most, count = AIMS[name]
                print(f"{name:<30}{seconds * 1000:>9.1f} ms{seconds / floor:>8.1f} x floor{statements:>5} statements")
                missed += [f"{name}: {seconds:.2f} s, {statements} statements"] if seconds > most or statements > count else []
        transaction.set_rollback(True)
    return missed


def whoever_sees_all() -> Actor:
    return actor_of_person(Seat.objects.filter(role=Role.NATIONAL_OWNER).order_by("id").values_list("person_id", flat=True)[0])


def timed(ask: Callable[[], Any]) -> tuple[float, int]:
    """Seconds, the median of the rounds after one that warms up, and how many statements one takes."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return statistics.median(found), len(captured)
