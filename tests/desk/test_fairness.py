"""The same care whoever asks: counted by language, municipality and segment; no group under five, nor one that could be reckoned."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed
from luukku.core.months import ended_months
from luukku.desk.actions.fair_counts import count_fairness
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, FairCount, Feedback, Leg
from luukku.desk.queries.fairness import fairness
from tests.cast import Cast, Member
from tests.desk.test_recounting import HELSINKI
from tests.harness.client import Client

LANGUAGES = ("fi", "sv", "en")


def _month_ago() -> datetime:
    day = ended_months(1).first + timedelta(days=7)
    return datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)


def _told(cast: Cast) -> dict[str, tuple[int, int, str]]:
    with act_as(cast.coordinator.actor) as actor:
        return {group.name: (group.kept.kept, group.kept.of, group.face_text) for each in fairness(actor, cast.here.region) for group in each.groups}


def test_year_is_counted_by_what_makes_customers_alike(send: Callable[..., Case], cast: Cast) -> None:
    at = _month_ago()
    for number in range(12):
        case = send(at=at, language="sv" if number < 6 else "fi", email=f"k{number}@customer.example")
        with act_as(cast.adviser.actor) as actor:
            take_up(by=actor, leg=Leg.objects.get(case=case), at=at + timedelta(hours=1) if number < 9 else at + timedelta(days=14))
        if number < 6:
            Feedback.objects.create(case=case, face=4 if number else 1, created_at=at + timedelta(days=1))
    assert count_fairness() == 3
    assert FairCount.objects.get(alike_by="municipality").kept == 9
    assert _told(cast) == {"ruotsi": (6, 6, "3.5"), "suomi": (3, 6, ""), "Koskimaan kunta": (9, 12, "3.5")}
    with act_as(cast.coordinator.actor) as actor:
        assert [each.spread for each in fairness(actor, cast.here.region)] == [50, None]


def test_small_groups_and_those_that_give_them_away_are_not_told(cast: Cast) -> None:
    with act_as_house("count"):
        for value, kept in (("fi", 20), ("sv", 7), ("en", 3)):
            FairCount.objects.create(region=cast.here.region, alike_by="language", value=value, kept=kept)
    assert set(_told(cast)) == {"suomi"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_who_knows_the_whole_reckons_no_group_under_five(cast: Cast, counts: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from desk_faircount")
    for value, kept in zip(LANGUAGES, counts, strict=True):
        FairCount.objects.create(region=cast.here.region, alike_by="language", value=value, kept=kept)
    with connection.cursor() as cursor:
        cursor.execute("select n from wall.desk_fair(%s)", [cast.here.region.pk])
        told = [n for (n,) in cursor.fetchall()]
    hidden = sum(counts) - sum(told)
    assert all(n >= 5 for n in told)
    assert not told or hidden == 0 or hidden >= 5  # of a whole that is small nothing is told anywhere


def test_page_and_table_show_them_to_who_sees_figures(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    FairCount.objects.create(region=cast.here.region, alike_by="language", value="sv", kept=8, broken=2, faces=6, face_sum=18)
    table = client_of(cast.coordinator).get("/luvut/tasapuolisuus.csv").content.decode()
    assert table.splitlines()[1].split(";") == ["Kieli", "ruotsi", "8", "10", "80", "3.0"]
    assert client_of(cast.adviser).get("/luvut/tasapuolisuus.csv").status_code == 403
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        fairness(actor, cast.here.region)
