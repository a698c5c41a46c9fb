"""What the desk's lists and figures cost the database does not grow with what lies behind them."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.desk.access.links import kiosk_actor, kiosk_token
from luukku.desk.actions.kiosks import answer_kiosk, set_up_kiosk
from luukku.desk.models import Case
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count

LEAST_FOR_A_FIGURE = 5


def a_tablet_answered(cast: Cast, place: str) -> None:
    with act_as(cast.desklead.actor) as lead:
        kiosk = set_up_kiosk(by=lead, desk=cast.here.desk, place=place)
    visitor = kiosk_actor(kiosk_token(kiosk))
    assert visitor is not None
    for face in (1, 2, 3, 4, 4):
        with act_as(visitor):
            answer_kiosk(by=visitor, kiosk=kiosk, face=face, key=uuid.uuid4())


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("coordinator", "/myohassa/"), ("coordinator", "/myohassa/taulukko.csv"), ("coordinator", "/luvut/"), ("coordinator", "/luvut/siirrot/"),
        ("desklead", "/palaute/"), ("adviser", "/palaute/"), ("desklead", "/tiskini/"),
    ],
)  # fmt: skip
def test_page_costs_the_same_whatever_it_shows(
    name: str, address: str, send: Callable[..., Case], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    def more(number: int) -> None:
        for ago in range(number):
            send(at=timezone.now() - timedelta(days=60 + ago), name=f"Asiakas {number}-{ago}")
        a_tablet_answered(cast, f"Aula {number}")

    browser = client_of(getattr(cast, name))
    more(LEAST_FOR_A_FIGURE)
    assert browser.get(address).status_code == 200  # names, absences and choices are remembered from here on
    with sql_count() as few:
        first = browser.get(address).content
    more(12)
    with sql_count(few.number):
        then = browser.get(address).content
    assert few.number <= 20  # the figures of a region are seven windows
    assert len(then) > len(first) or "luvut" in address  # more is shown, save where it is summed up
