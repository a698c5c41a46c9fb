"""A need that has come in, and who may act on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.access import first_token, link_actor
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from tests.cast import Cast

WORDS = "Haluan avata kahvilan Koskimaalle. Mistä saan rahoitusta laitteisiin?"


@pytest.fixture
def need(cast: Cast) -> Callable[..., NeedForm]:
    def make(**fields: Any) -> NeedForm:
        given: dict[str, Any] = {
            "region": cast.here.region, "municipality": cast.here.municipality, "words": WORDS, "language": "fi",
            "name": "Kaisa Kahvila", "email": "kaisa@customer.example", "phone": "040 555 0199",
        }  # fmt: skip
        return NeedForm(**given | fields)

    return make


@pytest.fixture
def send(need: Callable[..., NeedForm]) -> Callable[..., Case]:
    """`send()`: the public form is sent."""

    def sending(at: datetime | None = None, **fields: Any) -> Case:
        with act_as(PUBLIC):
            return send_need(by=PUBLIC, need=need(**fields), at=at)

    return sending


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send()


@pytest.fixture
def leg(case: Case) -> Leg:
    return Leg.objects.get(case=case)


@pytest.fixture
def holder(case: Case) -> Actor:
    """Who holds the case's status link."""
    with act_as(PUBLIC):
        actor = link_actor(first_token(case))
    assert actor is not None
    return actor
