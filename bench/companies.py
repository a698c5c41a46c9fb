"""The work with companies at the country's size: `luukku bench companies`. Segments, their analysis, whom to meet, one company's page.

On the 600,000 invented companies of the load data, in a transaction that is undone. The region is the one with most companies; a third of them have
been met and a tenth are to be. The floor is one company by its key. Statements are counted, too.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from bench.plans import timed, whoever_sees_all
from bench.subjects import prepare
from luukku.accounts.models import User
from luukku.core.actor import Actor, act_as
from luukku.core.paging import Cursor
from luukku.core.registries import company_panels, shown_panels
from luukku.customers.actions.segmenting import segment_all
from luukku.customers.models import Company, CompanySegment
from luukku.customers.queries.companies import company_page
from luukku.customers.queries.segments.analysis import analyse, columns_to_choose
from luukku.customers.queries.timeline import timeline
from luukku.network.access import actor_of_person
from luukku.network.models import Region
from luukku.relations.models import Touch
from luukku.relations.queries.contact_plan import KINDS, Wanted, companies_to_meet

ALL_IN, ANEW_IN = 120.0, 30.0  # seconds for the first reckoning of all, and for one in which nothing moves
AIMS = {"page": (0.15, 28), "analysis": (1.5, 12), "list": (0.15, 4)}  # seconds and statements
_SHARE = "(n %% 3 = 0 or n %% 10 = 1)"  # of the region's companies: met, or to be met
_VISITS = (
    "set constraints all immediate",
    "alter table relations_visit disable trigger user",
    f"""insert into relations_visit (company_id, region_id, desk_id, organisation_id, planned_by_id, planned_at, year, day, way, place, purpose,
      questions, state, readers)
    select c.id, d.region_id, d.id, d.organisation_id, s.person_id, now(), extract(year from day), day, 'site', '', '', '',
      case when n %% 3 = 0 then 'held' else 'planned' end, array[]::bigint[]
    from (select id, row_number() over (order by id) n from customers_company where municipality_id = any(%(places)s)) c
      cross join lateral (select wall.today() + (case when n %% 3 = 0 then -(n %% 1200) else 1 + n %% 30 end)::int as day) days
      cross join (select * from network_desk where region_id = %(region)s order by id limit 1) d
      cross join (select person_id from network_seat where role = 'adviser' order by id limit 1) s
    where {_SHARE}""",
    """insert into relations_touch (visit_id, company_id, organisation_id, region_id, year, day, is_met, way)
    select id, company_id, organisation_id, region_id, year, day, state = 'held', way from relations_visit v
    where region_id = %(region)s and not exists (select 1 from relations_touch t where t.visit_id = v.id)""",
    "alter table relations_visit enable trigger user",
    "analyze relations_touch, relations_visit, customers_companysegment",
)


def main(argv: Sequence[str] = ()) -> list[str]:
    """Prints figures with the load of the machine; returns the aims that were missed."""
    prepare()
    print(f"{Company.objects.count():,} companies; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with transaction.atomic():
        missed = reckoning()
        region = largest_region()
        national, adviser = whoever_sees_all(), actor_of_person(User.objects.get(email="adviser@demo.example").person.pk)
        met, touched = visit_many(region)
        print(f"{touched:,} companies met or to be met in the largest region, {region.code}")
        company = Company.objects.get(pk=met)
        floor, _none = timed(lambda: Company.objects.filter(pk=met).first())
        for kind, name, who, ask in asked(national, adviser, region, company):
            with act_as(who):
                seconds, statements = timed(ask)
            print(f"{name:<44}{seconds * 1000:>9.1f} ms{seconds / floor:>8.1f} x floor{statements:>5} statements")
            most, count = AIMS[kind]
            missed += [f"{name}: {seconds:.2f} s, {statements} statements"] if seconds > most or statements > count else []
        transaction.set_rollback(True)
    return missed


def reckoning() -> list[str]:
    """Every company's segment from nothing, and once more; the aims that were missed."""
    CompanySegment.objects.all().delete()
    missed = []
    for title, most in (("from nothing", ALL_IN), ("nothing moves", ANEW_IN)):
        began = time.perf_counter()
        seen, moved = segment_all()
        seconds = time.perf_counter() - began
        print(f"segments, {title}: {seen:,} companies in {seconds:.1f} s, {moved:,} moved")
        missed += [f"segments, {title}: {seconds:.0f} s, aim {most:.0f}"] if seconds > most else []
    return missed


def largest_region() -> Region:
    """The one with most companies today, opened."""
    here = Q(municipality_spells__valid_until=None)
    region = Region.objects.annotate(n=Count("municipality_spells__municipality__companies", filter=here)).order_by("-n")[0]
    Region.objects.filter(pk=region.pk).update(is_live=True)
    return region


def visit_many(region: Region) -> list[int]:
    """Visits to a part of the region's companies, in bulk as the triggers would have made them; the key of one that was met, and how many."""
    places = list(region.municipality_spells.filter(valid_until=None).values_list("municipality_id", flat=True))
    with connection.cursor() as cursor:
        for statement in _VISITS:
            cursor.execute(statement, {"region": region.pk, "places": places} if "%(" in statement else None)
    touches = Touch.objects.filter(region=region)
    return [touches.filter(is_met=True).order_by("pk").values_list("company_id", flat=True)[0], touches.count()]


def asked(national: Actor, adviser: Actor, region: Region, company: Company) -> Iterator[tuple[str, str, Actor, Callable[[], Any]]]:
    """What is measured: kind of aim, name, who asks, and the question."""
    yield "page", "a company's page, all of its panels", adviser, lambda: (company_page(company), shown_panels(company_panels, adviser, company))
    yield "page", "a company's timeline", adviser, lambda: timeline(adviser, company)
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    for by, _label in columns_to_choose():
        yield "analysis", f"segments by {by}", national, lambda by=by: analyse(national, region, by, day)  # type: ignore[misc]
    for kind in KINDS:
        yield "list", f"whom to meet, {kind}", national, lambda kind=kind: companies_to_meet(national, region, Wanted(kind), Cursor())  # type: ignore[misc]
    wanted = Wanted(segment="domestic-sme", without_plans=True)
    yield "list", "whom to meet, narrowed by segment and plan", national, lambda: companies_to_meet(national, region, wanted, Cursor())
