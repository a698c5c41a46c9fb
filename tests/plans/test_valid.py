"""Which regions have a plan in force, as it is told above."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.watching import network_points
from luukku.plans.models import Plan, PlanKind
from luukku.plans.queries.overview import overview
from tests.cast import Cast, Member
from tests.harness.client import Client


def approved(cast: Cast, code: str, year: int, last_year: int) -> Plan:
    now = timezone.now()
    kind = PlanKind.objects.get(code=code)
    return Plan.objects.create(kind=kind, region=cast.here.region, year=year, last_year=last_year, state="followed", approved_at=now)


def test_plan_of_communications_is_no_plan_of_the_network(cast: Cast, today: date) -> None:
    region = cast.here.region.pk
    points = [network_points[key] for key in ("plans.begun", "plans.approved")]
    approved(cast, "communications", today.year, today.year)
    assert [point.state([region], today)[region] for point in points] == [False, False]
    approved(cast, "action", today.year, today.year)
    assert [point.state([region], today)[region] for point in points] == [True, True]


def test_programme_of_a_term_is_valid_in_each_of_its_years(cast: Cast, today: date) -> None:
    plan = approved(cast, "term", today.year - 6, today.year + 1)
    years = range(today.year - 2, today.year + 1)
    with act_as(cast.national.actor) as actor:
        page = overview(actor, plan.kind, years)
    (line,) = [each for each in page.lines if each.region == cast.here.region]
    assert [cell is not None and cell.plan == plan for cell in line.cells] == [True, True, True]
    assert (line.is_valid, page.valid) == (True, 1)
    Plan.objects.update(last_year=today.year - 3)
    with act_as(cast.national.actor) as actor:
        assert overview(actor, plan.kind, years).valid == 0


def test_contact_of_an_area_sees_her_own_area_first_and_others_the_whole_country(client_of: Callable[[Member], Client], cast: Cast) -> None:
    def regions(member: Member, query: str = "") -> set[str]:
        page = client_of(member).get(f"/suunnitelmat/tilanne{query}").content.decode()
        return {name for name in ("Koskimaa", "Saarela") if f">{name}</a>" in page}

    assert regions(cast.area) == {"Koskimaa"}
    assert regions(cast.area, "?alue=") == {"Koskimaa", "Saarela"}
    assert regions(cast.area, f"?alue={cast.there.area.pk}") == {"Saarela"}
    assert regions(cast.national) == {"Koskimaa", "Saarela"}
