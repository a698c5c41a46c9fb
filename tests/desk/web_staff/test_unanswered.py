"""A matter is not ended past a question that the customer has asked and nobody has answered, unless whoever ends it has seen it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.ui.times import moment_text
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.talking import write
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
NOW = timezone.now()
OLD, NEW, LATER = "Kävikö laskelma?", "Voinko muuttaa laskelmaa vielä?", "Ja mihin lähetän sen?"


@pytest.fixture
def answered(cast: Cast, case: Case, leg: Leg, holder: Actor) -> Case:
    """Her first question has its answer."""
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg, at=NOW - timedelta(hours=9))
    asks(holder, case, OLD, hours=8)
    with act_as(cast.adviser.actor) as by:
        write(by=by, case=case, body="Kävi.", at=NOW - timedelta(hours=7))
    return case


def asks(holder: Actor, case: Case, words: str, *, hours: int) -> None:
    with act_as(holder) as by:
        customer_writes(by=by, case=case, body=words, at=NOW - timedelta(hours=hours))


@pytest.mark.parametrize(("act", "words"), [("ratkaise", "words"), ("ei-meille", "guidance")])
def test_ending_with_an_open_question_says_which_and_since_when_and_can_be_done_knowingly(
    answered: Case, leg: Leg, holder: Actor, cast: Cast, client_of: ClientOf, act: str, words: str
) -> None:
    asks(holder, answered, NEW, hours=3)
    asks(holder, answered, LATER, hours=2)
    given = {"outcomes": ["advice"]} if act == "ratkaise" else {}
    browser, address = client_of(cast.adviser), f"/asia/{answered.number}/{leg.pk}/{act}"
    page = browser.get(address)
    shown = page.content.decode()
    assert NEW in shown
    assert LATER in shown
    assert OLD not in shown.partition("<aside")[0]
    assert moment_text(NOW - timedelta(hours=3)) in shown
    refused = browser.submit(page, {words: "Kiitos ja onnea.", **given}, form=0)
    assert refused.status_code == 422
    assert "Kiitos ja onnea." in refused.content.decode()
    answered.refresh_from_db()
    assert answered.state not in (CaseState.SETTLED, CaseState.NOT_FOR_US)
    assert browser.submit(refused, {words: "Voit muuttaa huomiseen asti.", "answered": "on", **given}, form=0).status_code == 302
    answered.refresh_from_db()
    assert answered.state in (CaseState.SETTLED, CaseState.NOT_FOR_US)


def test_question_that_came_while_the_page_was_open_is_shown_before_the_end(
    answered: Case, leg: Leg, holder: Actor, cast: Cast, client_of: ClientOf
) -> None:
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{answered.number}/{leg.pk}/ratkaise")
    assert 'name="answered"' not in page.content.decode()
    asks(holder, answered, NEW, hours=0)
    refused = browser.submit(page, {"words": "Kiitos ja onnea.", "outcomes": ["advice"]}, form=0)
    assert refused.status_code == 422
    assert NEW in refused.content.decode()


def test_customer_who_waits_without_having_written_is_told_of_too(answered: Case, leg: Leg, cast: Cast, client_of: ClientOf) -> None:
    Leg.objects.filter(pk=leg.pk).update(answer_awaited=True)
    shown = client_of(cast.adviser).get(f"/asia/{answered.number}/{leg.pk}/ratkaise").content.decode()
    assert "Asiakas odottaa vastausta" in shown
    assert OLD not in shown.partition("<aside")[0]
