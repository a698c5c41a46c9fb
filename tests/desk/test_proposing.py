"""What is proposed for a case is what the door answered to the customer."""

from collections.abc import Callable

import pytest

from luukku.catalogue.models import ServiceProvider
from luukku.catalogue.queries import matching
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.proposing import propose_services
from luukku.desk.models import Case, Leg, Proposal
from luukku.desk.queries.answers import answer
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client


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


def test_reason_names_the_other_service_in_the_language_of_whoever_reads(
    case: Case, leg: Leg, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    best = ServiceFactory.create(name_fi="Neuvonta", name_sv="Rådgivning")
    beside = ServiceFactory.create(name_fi="Toimitilat", name_sv="Lokaler")
    Proposal.objects.create(case=case, leg=leg, service=best, rank=1, score=0.9, why_kind="words", why_words=["sana"])
    Proposal.objects.create(case=case, leg=leg, service=beside, rank=2, score=0, why_kind="beside", why_words=["Neuvonta"])
    ServiceProvider.objects.create(service=beside, organisation=cast.partners, region=cast.here.region, is_primary=True)
    browser = client_of(cast.adviser)
    browser.cookies["luukku_language"] = "sv"
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
    for page in (f"/asia/{case.number}/", f"/asia/{case.number}/{leg.pk}/siirra/"):
        shown = browser.get(page).content.decode()
        assert "Behövs ofta tillsammans med ”Rådgivning”" in shown, page
        assert "”Neuvonta”" not in shown
