"""A programme of a term, year beside year: how far it was when each year ended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.plans.actions.deciding import Approval, approve_plan, freeze
from luukku.plans.actions.following import Report, report
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan, fetched
from luukku.plans.enums import SnapshotKind
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.seats import Key
from luukku.plans.queries.through import through
from tests.cast import Cast, Member
from tests.harness.client import Client


def on(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 12))


@pytest.fixture
def programme(cast: Cast, adviser_seat: Key, today: date) -> Plan:
    """Of the organisation, begun two years ago: one measure is counted, the other stands in it since last year only."""
    first = today.year - 2
    with act_as(cast.coordinator.actor) as by:
        begun = BeginForm(PlanKind.objects.get(code="strategy"), first, first + 3, "Kauden ohjelma", cast.here.organisation)
        plan = begin_plan(by=by, region=cast.here.region, form=begun, at=on(first, 1, 10))
        given = {"part": plan.kind.parts.get(), "starts_on": date(first, 1, 1), "due_on": date(first + 3, 12, 31), "seats": [adviser_seat]}
        counted = MeasureForm(words="Tontteja myyty", indicator="Tontit", indicator_kind="number", target_value=Decimal(20), **given)  # type: ignore[arg-type]
        add_measure(by=by, plan=plan, form=counted, at=on(first, 1, 11))
        approve_plan(by=by, plan=plan, approval=Approval(words="Valtuusto § 12"), at=on(first, 2, 1))
        later = MeasureForm(words="Rekrytoinnin tuki", **given)  # type: ignore[arg-type]
        add_measure(by=by, plan=fetched(plan.pk), form=later, at=on(first + 1, 6, 1))
    return fetched(plan.pk)


def told(cast: Cast, programme: Plan, which: str, at: datetime, **said: object) -> None:
    measure = Measure.objects.select_related("plan__kind", "plan__region").get(plan=programme, words=which)
    with act_as(cast.coordinator.actor) as by:
        report(by=by, measure=measure, said=Report(**said), at=at)  # type: ignore[arg-type]


def cells(programme: Plan, words: str) -> list[tuple[str, str] | None]:
    line = next(line for _part, lines in through(programme).parts for line in lines if line.measure.words == words)
    return [(then.state.value, then.value) if then else None for then, _year in line.cells]


def test_each_year_shows_what_stood_when_it_ended(cast: Cast, programme: Plan) -> None:
    first = programme.year
    told(cast, programme, "Tontteja myyty", on(first, 10, 1), state="going", value=Decimal(3))
    told(cast, programme, "Tontteja myyty", on(first + 1, 3, 1), words="Ei muutosta")
    told(cast, programme, "Tontteja myyty", on(first + 1, 11, 1), value=Decimal(12))
    told(cast, programme, "Tontteja myyty", on(first + 2, 1, 5), state="done", value=Decimal(20))
    told(cast, programme, "Rekrytoinnin tuki", on(first + 2, 1, 6), state="going")
    assert cells(programme, "Tontteja myyty") == [("going", "3"), ("going", "12"), ("done", "20")]
    assert cells(programme, "Rekrytoinnin tuki") == [None, ("planned", ""), ("going", "")]
    years = [(each.year, each.done, each.going, each.planned, each.of) for each in through(programme).years]
    assert years == [(first, 0, 1, 0, 1), (first + 1, 0, 1, 1, 2), (first + 2, 1, 1, 0, 2)], "the year to come has not begun"


def test_value_that_was_counted_by_itself_is_known_from_what_was_kept_of_the_plan(cast: Cast, programme: Plan) -> None:
    first = programme.year
    Measure.objects.filter(plan=programme, words="Tontteja myyty").update(value=Decimal(7), state="going")
    freeze(programme, SnapshotKind.REPORTED, on(first + 1, 12, 1))
    Measure.objects.filter(plan=programme, words="Tontteja myyty").update(value=Decimal(15))
    assert cells(programme, "Tontteja myyty") == [("planned", ""), ("going", "7"), ("going", "15")]


def test_years_begin_when_the_first_measure_stood_in_the_programme(cast: Cast, programme: Plan) -> None:
    Measure.objects.filter(plan=programme).update(created_at=on(programme.year + 1, 5, 1))
    assert [each.year for each in through(programme).years] == [programme.year + 1, programme.year + 2]
    Measure.objects.filter(plan=programme).delete()
    assert through(programme).parts == []


def test_programme_is_reached_through_its_page_and_beside_the_regions_others(
    cast: Cast, programme: Plan, draft: Plan, client_of: Callable[[Member], Client]
) -> None:
    told(cast, programme, "Tontteja myyty", on(programme.year, 10, 1), state="going", value=Decimal(3))
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{programme.pk}/vuosittain"
    assert url in browser.get(f"/suunnitelmat/{programme.pk}/").content.decode()
    side = browser.get("/suunnitelmat/vuodet?laji=strategy").content.decode()
    assert (url in side, "Koskimaan Kehitys Oy" in side, 'value="action"' in side) == (True, True, True)
    assert f"/suunnitelmat/{draft.pk}/vuosittain" not in browser.get(f"/suunnitelmat/{draft.pk}/").content.decode(), "a plan of one year has none"
    page = browser.get(url).content.decode()
    assert ("Tontteja myyty" in page, str(programme.year) in page, "Kesken" in page) == (True, True, True)
    assert client_of(cast.founder).get(url).status_code in (302, 403, 404)


def test_page_costs_the_same_however_many_measures(
    cast: Cast, programme: Plan, client_of: Callable[[Member], Client], sql_count: Callable[..., AbstractContextManager[object]]
) -> None:
    for year in range(3):
        told(cast, programme, "Tontteja myyty", on(programme.year + year, 1, 20), value=Decimal(year))
    with act_as(cast.coordinator.actor), sql_count(at_most=3):
        through(programme)
