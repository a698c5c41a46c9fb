"""What the database plans once: only statements about what everybody reads, and nothing but speed changes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from luukku.core.planned import planned
from luukku.network.access import actor_of_person
from luukku.network.models import Seat
from tests.cast import Cast, Member
from tests.harness.client import Client

_BEHIND_THE_WALL = """
select s.statement, c.relname from pg_prepared_statements s
join pg_class c on c.relrowsecurity and s.statement ~ ('\\m' || c.relname || '\\M')
"""


def _rows(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]


def _open_pages(client: Client, browser: Client) -> None:
    for _again in range(2):
        assert client.get("/koskimaa/tarve/", {"need": "haluan avata kahvilan"}).status_code == 200
        for page in ("/jono/", "/haku?q=saha"):
            assert browser.get(page).status_code == 200


def test_no_table_behind_the_wall_is_planned_once(client: Client, client_of: Callable[[Member], Client], cast: Cast) -> None:
    _open_pages(client, client_of(cast.adviser))
    kept = {words for (words,) in _rows("select statement from pg_prepared_statements")}
    assert any("network_seat" in words for words in kept)
    assert _rows(_BEHIND_THE_WALL) == []


def test_every_person_gets_her_own_rows_of_a_plan_made_for_another(cast: Cast) -> None:
    for _again in range(8):  # from the sixth on the plan is one for all values
        for member in (cast.adviser, cast.partner, cast.outsider):
            assert actor_of_person(member.someone.pk).person_id == member.someone.pk


def test_seat_that_has_ended_is_not_found_by_an_old_plan(cast: Cast) -> None:
    for _again in range(8):
        assert actor_of_person(cast.adviser.someone.pk).seats
    Seat.objects.filter(person=cast.adviser.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert not actor_of_person(cast.adviser.someone.pk).seats


@pytest.mark.django_db
@pytest.mark.parametrize("on", [True, False])
def test_it_is_planned_once_unless_the_installation_says_no(on: bool) -> None:
    with override_settings(LUUKKU_PLAN_ONCE=on):
        for _again in range(3):
            with planned() as cursor:
                cursor.execute("select %s::int + 31415", [5])
                assert cursor.fetchone() == (31420,)
    assert len(_rows("select statement from pg_prepared_statements where statement like '%31415%' and statement not like '%pg_prepared%'")) == on
