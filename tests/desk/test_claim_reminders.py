"""A claim without the customer's word: she is reminded once, ten days after the end, by her own way; afterwards nobody asks again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed
from luukku.core.models import Event, OutgoingMail
from luukku.desk.actions.claim_reminders import remind_of_claims
from luukku.desk.actions.claims import Said
from luukku.desk.actions.ending import OutcomeForm, reopen
from luukku.desk.models import Case, NewsCall
from tests.cast import Cast
from tests.desk.test_claims import LOAN, say, settled
from tests.harness.client import Client

KIND = "desk.claims_open"


def remind(days: int) -> int:
    with act_as_house("test") as house:
        return remind_of_claims(by=house, at=timezone.now() + timedelta(days=days))


def test_she_is_reminded_once_and_not_before_ten_days(case: Case, cast: Cast, run_jobs: Callable[..., int], client: Client) -> None:
    settled(case, cast, LOAN)
    assert remind(9) == 0
    assert (remind(11), remind(12), remind(20)) == (1, 0, 0)
    run_jobs()
    told = [sent for sent in outbox.outbox if "emme kysy uudelleen" in " ".join(sent.body.split())]
    assert len(told) == 1
    assert "20 000" not in told[0].body
    assert Event.objects.filter(action="case.claims_reminded").count() == 1
    page = told[0].body.split("pitaako-paikkansa")[0].split()[-1]
    assert client.get(f"{page}pitaako-paikkansa/".replace("http://testserver", "")).status_code in (200, 302)


@pytest.mark.parametrize("why", ["answered", "opened again", "nothing to confirm", "too late"])
def test_she_is_left_in_peace(case: Case, cast: Cast, why: str) -> None:
    (claim,) = settled(case, cast, OutcomeForm("advice") if why == "nothing to confirm" else LOAN)
    if why == "answered":
        say(case, Said(claim.pk, "confirmed"))
    if why == "opened again":
        with act_as(cast.adviser.actor) as actor:
            reopen(by=actor, case=case)
    assert remind(40 if why == "too late" else 11) == 0
    assert not OutgoingMail.objects.filter(kind=KIND).exists()


def test_who_wants_to_be_called_is_called(case: Case, cast: Cast) -> None:
    settled(case, cast, LOAN)
    assert case.customer is not None
    with act_as_house("test"):
        type(case.customer.contact).objects.filter(customer=case.customer).update(email="", email_key="", phone="040 555 1234")
    assert remind(11) == 1
    assert NewsCall.objects.filter(case=case, news="claims_open").exists()
    assert not OutgoingMail.objects.filter(kind=KIND).exists()


def test_house_alone_reminds(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as actor, pytest.raises(NotAllowed):
        remind_of_claims(by=actor)
