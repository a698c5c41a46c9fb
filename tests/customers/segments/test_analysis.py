"""The segment analysis: right numbers of their time for those who see figures, and nothing small."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.core.registries import segment_columns
from luukku.customers.actions.facts import state_fact
from luukku.customers.actions.segmenting import say_segment, segment_anew
from luukku.customers.models import Company, CompanyFact
from luukku.customers.queries.segments.analysis import analyse, shown_of
from luukku.customers.queries.segments.industries import section_of
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.factories.desk import CaseFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]
LAST_MONTH = timezone.localdate().replace(day=1) - timedelta(days=1)


@pytest.fixture
def companies(cast: Cast) -> list[Company]:
    """Twelve small ones and eight bigger, in two industries; three small builders among them."""

    def make(count: int, persons: int, industry: str) -> list[Company]:
        return CompanyFactory.create_batch(
            count, persons=persons, industry=industry, industry_system="tol2008", municipality=cast.here.municipality, founded_on=date(2010, 1, 1)
        )

    made = [*make(3, 2, "41200"), *make(9, 2, "47110"), *make(8, 40, "41200"), *make(7, 40, "47110")]
    segment_anew([each.pk for each in made], LAST_MONTH - timedelta(days=5))
    return made


def test_table_counts_the_companies_and_hides_small_cells_with_what_tells_them(companies: list[Company], cast: Cast) -> None:
    with translation.override("en"), act_as(cast.coordinator.actor) as actor:
        table = analyse(actor, cast.here.region, "industry", LAST_MONTH)
    assert table.total == 27
    assert [(row.name, row.total) for row in table.rows] == [("Locally operating small companies", 12), ("Companies on the domestic market", 15)]
    assert dict(zip(table.columns, table.column_totals, strict=True)) == {"Trade": 16, "Construction": 11}
    assert {cell for row in table.rows for cell in row.cells} == {None}


def test_months_before_a_change_stay_as_they_were(companies: list[Company], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        for each in companies[:12]:
            say_segment(by=actor, company=each, segment="large", reason="Their group is.")
    with act_as(cast.coordinator.actor) as actor:
        assert [row.total for row in analyse(actor, cast.here.region, "age", LAST_MONTH).rows] == [12, 15]
        assert [row.total for row in analyse(actor, cast.here.region, "age", timezone.localdate()).rows] == [15, 12]


@pytest.mark.parametrize("by", ["industry", "municipality", "age", "change", "desk.use"])
def test_every_table_of_a_region_has_the_same_totals(companies: list[Company], cast: Cast, by: str) -> None:
    with act_as(cast.steering.actor) as actor:
        table = analyse(actor, cast.here.region, by, LAST_MONTH)
    assert [row.total for row in table.rows] == [12, 15]


def test_service_use_tells_who_was_never_in_contact(companies: list[Company], cast: Cast) -> None:
    at = timezone.now() - timedelta(days=60)
    for each in companies[3:9] + companies[12:18]:
        CaseFactory.create(region=cast.here.region, company=each, business_id=each.business_id, contacted_at=at, created_at=at)
    with translation.override("en"), act_as(cast.coordinator.actor) as actor:
        table = analyse(actor, cast.here.region, "desk.use", LAST_MONTH)
    assert dict(zip(table.columns, table.column_totals, strict=True)) == {"Never in contact": 15, "In contact within a year": 12}
    assert [list(row.cells) for row in table.rows] == [[6, 6], [9, 6]]


def test_companies_in_change_are_counted_as_they_were_known_on_the_day(companies: list[Company], cast: Cast) -> None:
    long_ago = timezone.now() - timedelta(days=80)
    with act_as(cast.adviser.actor) as actor:
        for field, value, some in (
            ("stage", "succession", companies[:6]), ("export", "considering", companies[4:12]), ("growth", "fast", companies[10:18]),
            ("growth", "growing", companies[18:20]), ("export", "significant", companies[18:20]),
        ):  # fmt: skip
            for each in some:
                state_fact(by=actor, company=each, field=field, value=value)
    CompanyFact.objects.filter(company__in=companies[:12]).update(made_at=long_ago)
    with translation.override("en"), act_as(cast.coordinator.actor) as actor:
        then, now = (analyse(actor, cast.here.region, "change", day) for day in (LAST_MONTH, timezone.localdate()))
    assert dict(zip(then.columns, then.column_totals, strict=True)) == {"No change known": 15, "Changing owners": 6, "Considering to go abroad": 6}
    assert dict(zip(now.columns, now.column_totals, strict=True)) == {
        "No change known": 9, "Changing owners": 6, "Considering to go abroad": 6, "Growing at home": 6
    }  # fmt: skip


def test_figures_are_of_ones_own_region(companies: list[Company], cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.coordinator.actor) as actor, pytest.raises(NotAllowed):
        analyse(actor, cast.there.region, "age", LAST_MONTH)
    for member, status in ((cast.adviser, 403), (cast.shepherd, 403), (cast.founder, 403), (cast.area, 200), (cast.national, 200)):
        assert client_of(member).get("/segmentit/erittely").status_code == status, member.name


def test_page_and_file_tell_the_same(companies: list[Company], cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get("/segmentit/erittely?by=industry").content.decode()
    assert "Kauppa" in page
    assert ">9<" not in page
    body = browser.get("/segmentit/erittely.csv?by=industry").content.decode("utf-8-sig")
    rows = [line.split(";") for line in body.splitlines()]
    assert rows[0][1:] == ["Kauppa", "Rakentaminen", "Kaikki"]
    assert rows[1][1:] == ["salattu", "salattu", "12"]
    assert rows[-1][1:] == ["16", "11", "27"]
    assert "Liian vähän yrityksiä" in client_of(cast.national).get(f"/segmentit/erittely?region={cast.there.region.code}").content.decode()


def test_page_costs_the_same_however_many_companies(companies: list[Company], cast: Cast, client_of: ClientOf, sql_count: Callable[..., Any]) -> None:
    browser = client_of(cast.coordinator)
    browser.get("/segmentit/erittely?by=age")
    with sql_count(at_most=12):
        browser.get("/segmentit/erittely?by=age")


def test_small_segments_stand_under_others() -> None:
    cells = {("founder", "0"): 2, ("local-small", "0"): 30, ("large", "0"): 7}
    with translation.override("en"):
        table = shown_of(cells, segment_columns["age"])
    assert [(row.name, row.total) for row in table.rows] == [("Locally operating small companies", 30), ("Others", 9)]


@pytest.mark.parametrize(("division", "section"), [("01", "A"), ("41", "F"), ("47", "G"), ("62", "J"), ("", ""), ("00", "")])
def test_section_of_an_industry(division: str, section: str) -> None:
    assert section_of(division) == section
