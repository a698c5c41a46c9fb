"""What the public and the customer see: a region with a service, a person who gives it, and a case with its link."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries import matching
from luukku.catalogue.queries.matching import NeedMatch, Reason, ServiceHit
from luukku.core.actor import act_as
from luukku.desk.access.links import first_token
from luukku.desk.models import Case, Leg
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory


@pytest.fixture
def service(cast: Cast) -> Service:
    """One service of the region, given by the front organisation's adviser."""
    service = ServiceFactory.create(name_fi="Rahoitusneuvonta", summary_fi="Laskemme yhdessä, mistä raha tulee.")
    ServiceProvider.objects.create(
        service=service, organisation=cast.here.organisation, region=cast.here.region, person=cast.adviser.someone, is_primary=True
    )
    return service


@pytest.fixture
def matched(service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`matched(fits=False)`: what the matcher answers; its own quality is tested where it lives."""

    def answers(*, fits: bool = True) -> None:
        found = NeedMatch((ServiceHit(service.pk, service.code, 0.9, Reason("words", ("rahoitusta",))),), fits)
        monkeypatch.setattr("luukku.desk.queries.answers.match_need", lambda *_args, **_more: found)

    answers()
    return answers


@pytest.fixture
def sending(cast: Cast) -> dict[str, Any]:
    """What a person types into the send form."""
    return {
        "words": "Mistä saan rahoitusta kahvilan laitteisiin?",
        "name": "Kaisa Kahvila",
        "municipality": cast.here.municipality.code,
        "email": "kaisa@customer.example",
        "phone": "",
        "language": "fi",
    }


@pytest.fixture
def page(case: Case) -> str:
    """The address of the customer's page."""
    return f"/s/{first_token(case)}/"


@pytest.fixture
def taken(case: Case, leg: Leg, cast: Cast) -> Case:
    """The case, taken up by the adviser."""
    from luukku.desk.actions.handling import take_up

    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
    case.refresh_from_db()
    return case


@pytest.fixture
def settled(taken: Case, cast: Cast) -> Case:
    from luukku.desk.actions.ending import OutcomeForm, settle

    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=taken, outcomes=[OutcomeForm("advice")], words="Saitte rahoitussuunnitelman.")
    taken.refresh_from_db()
    return taken


@pytest.fixture(autouse=True)
def _fresh_model() -> Iterator[None]:
    yield
    matching.forget_model()
