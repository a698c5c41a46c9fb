"""What is proposed for a case is what the door answered to the customer."""

from collections.abc import Callable

import pytest

from luukku.catalogue.queries import matching
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.desk.actions.proposing import propose_services
from luukku.desk.models import Case, Proposal
from luukku.desk.queries.answers import answer
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory


@pytest.fixture(autouse=True)
def _another_catalogue() -> None:
    """The matcher that this process holds knows the services of the test before by their keys."""
    matching.forget_model()


def test_adviser_and_customer_see_the_same_services_with_the_same_reasons(send: Callable[..., Case], cast: Cast) -> None:
    best, beside = ServiceFactory.create(code="founding-advice"), ServiceFactory.create(name_fi="Toimitilat")
    best.related.add(beside)
    words = "Haluan perustaa yrityksen ja tarvitsen neuvoa."
    case = send(words=words)
    with act_as(PUBLIC):
        shown = answer(words, "fi", cast.here.region).found
    with act_as_house("propose"):
        propose_services(case.pk)
    with act_as(cast.adviser.actor):
        proposed = list(Proposal.objects.filter(case=case).order_by("rank").values_list("service", flat=True))
    assert beside.pk in proposed
    assert proposed == [hit.service.pk for hit in shown]
